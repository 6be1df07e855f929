package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.oncotwin.casefile.Regimen;

/** What a regimen is, for people and programs. */
final class RegimenCard {

    private RegimenCard() {}

    private static String heading(Regimen regimen) {
        return regimen.id() + " - " + regimen.title()
                + (regimen.synonyms().isEmpty() ? "" : " (also " + String.join(", ", regimen.synonyms()) + ")");
    }

    /** For a list. */
    static List<String> summary(Regimen regimen) {
        return List.of(heading(regimen), "  " + regimen.use(), "  source: " + regimen.source());
    }

    /** Everything. */
    static List<String> lines(Regimen regimen) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(regimen));
        lines.add("For: " + regimen.use());
        lines.add("Cycles: " + regimen.cycles()
                + (regimen.usualCycles().isPresent()
                        ? "; " + regimen.usualCycles().getAsInt() + " where a case gives no number"
                        : "; a case gives their number"));
        lines.add("Courses:");
        for (Regimen.Course course : regimen.courses()) {
            lines.add("  " + course.modality()
                    + course.drug().map(drug -> " " + drug).orElse("") + ", "
                    + (course.startDays() == 0 ? "from the start" : "from " + time(course.startDays()) + " on")
                    + cycles(course) + ":");
            lines.add("    "
                    + course.inputs().entrySet().stream()
                            .map(input ->
                                    input.getKey() + " " + input.getValue().shown())
                            .collect(Collectors.joining(", ")));
        }
        lines.add("Source: " + regimen.source());
        regimen.limitations().forEach(limitation -> lines.add("Limitation: " + limitation));
        return lines;
    }

    private static String time(double days) {
        return days < 1 ? Text.plain(days * 24) + " h" : Text.plain(days) + " d";
    }

    private static String cycles(Regimen.Course course) {
        if (!course.isCyclic()) {
            return "";
        }
        if (course.lastCycle().isEmpty()) {
            return course.firstCycle() == 1 ? "" : ", from cycle " + course.firstCycle();
        }
        int last = course.lastCycle().getAsInt();
        return last == course.firstCycle() ? ", cycle " + last : ", cycles " + course.firstCycle() + " to " + last;
    }

    /** As the regimen's file has it. */
    static ObjectNode details(Regimen regimen) {
        ObjectNode node = JsonOutput.object().put("regimen", regimen.id()).put("title", regimen.title());
        ArrayNode synonyms = node.putArray("synonyms");
        regimen.synonyms().forEach(synonyms::add);
        node.put("use", regimen.use()).put("source", regimen.source());
        ArrayNode limitations = node.putArray("limitations");
        regimen.limitations().forEach(limitations::add);
        ObjectNode cycles =
                node.putObject("cycles").put("what", regimen.cycles()).put("length", regimen.cycleDays() + " d");
        regimen.usualCycles().ifPresent(usual -> cycles.put("usual", usual));
        ArrayNode courses = node.putArray("courses");
        for (Regimen.Course course : regimen.courses()) {
            ObjectNode one = courses.addObject().put("modality", course.modality());
            course.drug().ifPresent(drug -> one.put("drug", drug));
            one.put("start", course.startDays() + " d");
            if (course.isCyclic()) {
                one.put("first_cycle", course.firstCycle());
                course.lastCycle().ifPresent(last -> one.put("last_cycle", last));
            }
            ObjectNode inputs = one.putObject("inputs");
            course.inputs().forEach((name, given) -> put(inputs, name, given));
        }
        return node;
    }

    private static void put(ObjectNode inputs, String name, Regimen.Given given) {
        if (given instanceof Regimen.Text text) {
            inputs.put(name, text.text());
        } else if (given instanceof Regimen.Amount amount) {
            inputs.set(name, JsonOutput.number(amount.value()));
        } else if (given instanceof Regimen.PerCycle cyclic) {
            inputs.putObject(name).put("per_cycle", cyclic.count());
        } else {
            throw new IllegalStateException(name + ": " + given);
        }
    }
}
