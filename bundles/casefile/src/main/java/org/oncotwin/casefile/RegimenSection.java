package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.twin.SimulationTime;

/** Reads one of {@code treatments} that names a regimen: puts its courses in place, and reads them as if they were listed by hand. */
final class RegimenSection {

    private final NamedFiles<Regimen> regimens;
    private final TreatmentSection treatments;
    private final InputFiles files;
    private final Problems problems;

    RegimenSection(
            List<RegimenLibrary> libraries,
            TreatmentSection treatments,
            InputFiles files,
            Measures measures,
            Problems problems) {
        this.regimens = new NamedFiles<>(
                new NamedFiles.Kind<>("regimen", new RegimenFile(measures)::read, Regimen::id, Regimen::synonyms),
                libraries.stream().map(RegimenLibrary::files).toList(),
                files,
                problems);
        this.treatments = treatments;
        this.files = files;
        this.problems = problems;
    }

    /** Reads {@code regimens}, the case's own regimen files. */
    void readOwn(CaseObject root) {
        regimens.readOwn(root);
    }

    /** The courses for which a regimen stands; fewer if there are problems. */
    List<CourseChoice> read(CaseObject entry, SimulationTime start) {
        Optional<Regimen> named = regimens.named(entry, "regimen");
        OptionalDouble startDay = TreatmentSection.startDay(entry, start);
        OptionalLong given = entry.whole(
                "cycles", 0, RegimenFile.MOST_CYCLES, "a whole number of cycles, 0 to " + RegimenFile.MOST_CYCLES);
        Optional<CaseObject> additions =
                entry.object("courses", "an object with what the regimen leaves open, by drug or modality");
        entry.refuseOthers();
        if (named.isEmpty()) {
            return List.of();
        }
        Regimen regimen = named.get();
        OptionalInt cycles = given.isPresent() ? OptionalInt.of((int) given.getAsLong()) : regimen.usualCycles();
        if (cycles.isEmpty() && !entry.has("cycles")) {
            entry.problem("cycles", "missing; needed is a whole number: " + regimen.cycles());
        }
        Map<String, ObjectNode> added = additions(additions, regimen);
        regimen.limitations().forEach(sentence -> files.warn("regimen " + regimen.id(), sentence));
        List<CourseChoice> courses = new ArrayList<>();
        for (int i = 0; i < regimen.courses().size(); i++) {
            // Without a start day or a number of cycles the rest is read all the same, so that all problems are said at
            // once.
            int repeats = regimen.courses().get(i).cyclesOf(cycles.orElse(RegimenFile.MOST_CYCLES));
            if (repeats > 0) {
                CaseObject course = course(
                        entry,
                        regimen,
                        i,
                        startDay.orElse(start.days()),
                        cycles.isEmpty() ? 1 : repeats,
                        added.getOrDefault(regimen.courses().get(i).key(), JsonNodeFactory.instance.objectNode()));
                treatments.read(course, start).ifPresent(courses::add);
            }
        }
        return startDay.isEmpty() || cycles.isEmpty() ? List.of() : courses;
    }

    /** What the case adds, by drug or modality. */
    private static Map<String, ObjectNode> additions(Optional<CaseObject> additions, Regimen regimen) {
        Map<String, ObjectNode> added = new TreeMap<>();
        additions.ifPresent(all -> {
            for (String key : regimen.keys()) {
                all.object(key, "an object with parameters and what else the treatment takes")
                        .ifPresent(one -> added.put(key, one.copy()));
            }
            all.refuseOthers("no course of " + regimen.id());
        });
        return added;
    }

    /** A course in the form of a case. */
    private CaseObject course(
            CaseObject entry, Regimen regimen, int index, double startDay, int repeats, ObjectNode added) {
        Regimen.Course course = regimen.courses().get(index);
        String ofCase = CaseObject.join(entry.path("courses"), course.key());
        String ofRegimen = regimens.place(regimen) + ".courses[" + index + "]";
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Map<String, String> places = new TreeMap<>();
        node.put("modality", course.modality());
        places.put("modality", ofRegimen + ".modality");
        course.drug().ifPresent(drug -> {
            node.put("drug", drug);
            places.put("drug", ofRegimen + ".drug");
        });
        node.put("start_day", startDay + course.startDays() + (course.firstCycle() - 1) * regimen.cycleDays());
        places.put("start_day", entry.path("start_day"));
        course.inputs().forEach((name, given) -> {
            put(node, name, given, repeats);
            places.put(name, ofRegimen + ".inputs." + name);
        });
        added.properties().forEach(one -> {
            if (node.has(one.getKey())) {
                problems.add(
                        CaseObject.join(ofCase, one.getKey()),
                        "is not allowed here, the regimen " + regimen.id() + " gives it ("
                                + Words.shown(node.get(one.getKey()).asText())
                                + "); for another value list the courses themselves");
            } else {
                node.set(one.getKey(), one.getValue());
            }
        });
        return new CaseObject(node, ofCase, places, problems);
    }

    private static void put(ObjectNode node, String name, Regimen.Given given, int repeats) {
        if (given instanceof Regimen.Text text) {
            node.put(name, text.text());
        } else if (given instanceof Regimen.Amount amount) {
            node.put(name, amount.value());
        } else if (given instanceof Regimen.PerCycle cyclic) {
            node.put(name, (long) cyclic.count() * repeats);
        } else {
            throw new IllegalStateException(name + ": " + given);
        }
    }
}
