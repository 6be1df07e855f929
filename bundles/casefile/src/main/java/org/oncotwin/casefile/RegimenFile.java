package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a regimen file: what is given when, with its source. What a treatment takes is checked when a case names the regimen, by the description of that treatment. */
final class RegimenFile {

    /** Most cycles of a regimen: those of a week for longer than treatments last. */
    static final int MOST_CYCLES = 1_000;

    private static final int MOST = 1_000;
    private static final int MOST_COURSES = 100;
    private static final int LONGEST_DAYS = 3_650;

    private final Measures measures;

    RegimenFile(Measures measures) {
        this.measures = measures;
    }

    /** The regimen; absent if there is a problem with the file. */
    Optional<Regimen> read(CaseObject file, Problems problems) {
        int before = problems.count();
        Optional<String> id = DrugFile.id(file, "regimen");
        Optional<String> title = file.requiredText("title", "the name of the regimen for people");
        List<String> synonyms = file.texts("synonyms", MOST, "a list of other names");
        Optional<String> use = file.requiredText("use", "for whom it is");
        Optional<String> source = file.requiredText("source", "the label or paper that states it, and where");
        List<String> limitations = file.texts("limitations", MOST, "a list of sentences");
        Optional<CaseObject> cycles = file.requiredObject("cycles", "an object with the length of a cycle");
        Optional<String> words = cycles.flatMap(c -> c.requiredText("what", "what a cycle is, in words"));
        OptionalDouble length = cycles.map(c -> days(c, "length", true)).orElse(OptionalDouble.empty());
        OptionalInt usual = cycles.map(c -> count(c, "usual", 1)).orElse(OptionalInt.empty());
        cycles.ifPresent(CaseObject::refuseOthers);
        List<CaseObject> objects = file.objects("courses", MOST_COURSES, "a list of courses");
        if (objects.isEmpty()) {
            file.problem("courses", "missing; needed is at least one course");
        }
        List<Regimen.Course> courses = new ArrayList<>();
        objects.forEach(object -> course(object).ifPresent(courses::add));
        file.refuseOthers();
        return problems.count() > before
                ? Optional.empty()
                : Optional.of(new Regimen(
                        id.orElseThrow(),
                        title.orElseThrow(),
                        synonyms,
                        use.orElseThrow(),
                        source.orElseThrow(),
                        limitations,
                        words.orElseThrow(),
                        length.orElseThrow(),
                        usual,
                        courses));
    }

    private Optional<Regimen.Course> course(CaseObject object) {
        Optional<String> modality = DrugFile.id(object, "modality");
        Optional<String> drug = object.has("drug") ? DrugFile.id(object, "drug") : Optional.empty();
        OptionalDouble start = object.has("start") ? days(object, "start", false) : OptionalDouble.of(0);
        OptionalInt first = count(object, "first_cycle", 1);
        OptionalInt last = count(object, "last_cycle", first.orElse(1));
        SortedMap<String, Regimen.Given> inputs = new TreeMap<>();
        object.requiredObject("inputs", "an object with what the treatment takes, by name")
                .ifPresent(all -> all.entries()
                        .forEach((name, value) -> given(all, name, value).ifPresent(given -> inputs.put(name, given))));
        object.refuseOthers();
        for (String own : List.of("modality", "version", "start_day", "drug", "parameters")) {
            if (inputs.containsKey(own)) {
                object.problem("inputs." + own, "is not allowed here; allowed are the doses and their calendar");
            }
        }
        if (modality.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        Regimen.Course course =
                new Regimen.Course(modality.get(), drug, start.getAsDouble(), first.orElse(1), last, inputs);
        for (String key : List.of("first_cycle", "last_cycle")) {
            if (object.has(key) && !course.isCyclic()) {
                object.problem(key, "is not allowed for a course that has nothing per_cycle; it is given once");
            }
        }
        return Optional.of(course);
    }

    private static Optional<Regimen.Given> given(CaseObject inputs, String name, JsonNode value) {
        String wanted = "text, a number, or an object with per_cycle";
        if (value.isTextual()) {
            return inputs.text(name, wanted).map(Regimen.Text::new);
        }
        if (value.isNumber()) {
            OptionalDouble number = inputs.number(name, -1e15, 1e15, "a number, -1e15 to 1e15");
            return number.isPresent() ? Optional.of(new Regimen.Amount(number.getAsDouble())) : Optional.empty();
        }
        Optional<CaseObject> cyclic = inputs.object(name, wanted);
        Optional<Regimen.Given> given = cyclic.flatMap(object -> {
            if (object.required("per_cycle", "a whole number").isEmpty()) {
                return Optional.empty();
            }
            OptionalInt count = count(object, "per_cycle", 1);
            return count.isPresent() ? Optional.of(new Regimen.PerCycle(count.getAsInt())) : Optional.empty();
        });
        cyclic.ifPresent(CaseObject::refuseOthers);
        return given;
    }

    private static OptionalInt count(CaseObject object, String key, int least) {
        OptionalLong count = object.whole(key, least, MOST_CYCLES, "a whole number, " + least + " to " + MOST_CYCLES);
        return count.isPresent() ? OptionalInt.of((int) count.getAsLong()) : OptionalInt.empty();
    }

    private OptionalDouble days(CaseObject object, String key, boolean positive) {
        String wanted = "text with a time, " + (positive ? "above 0" : "0") + " to " + LONGEST_DAYS + " d";
        OptionalDouble days = object.required(key, wanted)
                .map(node -> measures.read(object, key, node, "d"))
                .orElse(OptionalDouble.empty());
        if (days.isPresent()
                && !(days.getAsDouble() >= (positive ? Double.MIN_VALUE : 0) && days.getAsDouble() <= LONGEST_DAYS)) {
            object.problem(key, CaseTimes.plain(days.getAsDouble()) + " d is not allowed; needed is " + wanted);
            return OptionalDouble.empty();
        }
        return days;
    }
}
