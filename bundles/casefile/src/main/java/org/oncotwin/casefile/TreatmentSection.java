package org.oncotwin.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SimulationTime;

/** Reads one of {@code treatments}. */
final class TreatmentSection {
    private final PluginCatalogue catalogue;
    private final AnatomySection anatomy;
    private final InputFiles files;
    private final CaseDrugs drugs;
    private final Measures measures;

    TreatmentSection(
            PluginCatalogue catalogue, AnatomySection anatomy, InputFiles files, CaseDrugs drugs, Measures measures) {
        this.catalogue = catalogue;
        this.anatomy = anatomy;
        this.files = files;
        this.drugs = drugs;
        this.measures = measures;
    }

    /** The course; absent if there is a problem with it. */
    Optional<CourseChoice> read(CaseObject object, SimulationTime start) {
        Optional<PluginSection<TreatmentModalityDescription>> chosen = PluginSection.read(
                object, "modality", "treatment", catalogue.treatmentModalities(), TreatmentModalityDescription::plugin);
        OptionalDouble startDay = startDay(object, start);
        if (chosen.isEmpty()) {
            // What else may be there depends on the modality.
            return Optional.empty();
        }
        TreatmentModalityDescription modality = chosen.get().entry().description();
        SortedMap<String, Double> numbers = new TreeMap<>();
        SortedMap<String, String> choices = new TreeMap<>();
        SortedMap<String, Field> images = new TreeMap<>();
        for (InputDescription input : modality.inputs()) {
            read(object, input, numbers, choices, images);
        }
        SortedMap<String, Double> parameters =
                new ParameterSection(modality.plugin().parameters(), anatomy, measures).read(object);
        object.refuseOthers();
        if (startDay.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CourseChoice(
                chosen.get().choice(),
                SimulationTime.ofDays(startDay.getAsDouble()),
                new Inputs(numbers, choices, images),
                parameters));
    }

    /** The day on which a treatment starts; absent, with a problem noted, if it is none. */
    static OptionalDouble startDay(CaseObject object, SimulationTime start) {
        String wanted = "the day on which it starts, a number of days since day 0, not before the start on day "
                + CaseTimes.plain(start.days()) + " nor after day " + CaseTimes.plain(SimulationTime.LARGEST_DAY);
        if (object.required("start_day", wanted).isEmpty()) {
            return OptionalDouble.empty();
        }
        return object.number("start_day", start.days(), SimulationTime.LARGEST_DAY, wanted);
    }

    private void read(
            CaseObject object,
            InputDescription input,
            SortedMap<String, Double> numbers,
            SortedMap<String, String> choices,
            SortedMap<String, Field> images) {
        String key = input.name();
        Optional<JsonNode> given = object.value(key);
        if (given.isEmpty()) {
            if (input.required()) {
                object.problem(key, "missing; needed is " + wanted(input));
            } else {
                input.defaultText().ifPresent(text -> byDefault(object, input, text, numbers, choices));
            }
            return;
        }
        switch (input.kind()) {
            case COUNT ->
                object.whole(key, (long) Math.ceil(input.minimum()), (long) Math.floor(input.maximum()), wanted(input))
                        .ifPresent(count -> numbers.put(key, (double) count));
            case NUMBER ->
                object.number(key, input.minimum(), input.maximum(), wanted(input))
                        .ifPresent(number -> numbers.put(key, number));
            case QUANTITY -> {
                OptionalDouble value = measures.read(object, key, given.get(), input.unit());
                if (value.isPresent()
                        && (value.getAsDouble() < input.minimum() || value.getAsDouble() > input.maximum())) {
                    object.problem(
                            key,
                            value.getAsDouble() + " " + input.unit() + " is not allowed; needed is " + wanted(input));
                } else {
                    value.ifPresent(v -> numbers.put(key, v));
                }
            }
            case CHOICE ->
                object.text(key, wanted(input)).ifPresent(word -> {
                    if (input.choices().contains(word)) {
                        choices.put(key, word);
                    } else {
                        object.problem(
                                key,
                                "'" + Words.shown(word) + "' is not allowed; " + Words.known(word, input.choices()));
                    }
                });
            case DRUG -> drugs.named(object, key).ifPresent(drug -> choices.put(key, drug));
            case WORD ->
                object.text(key, wanted(input)).ifPresent(word -> {
                    if (DrugFile.ID.matcher(word).matches()) {
                        choices.put(key, word);
                    } else {
                        object.problem(key, "'" + Words.shown(word) + "' is not allowed; needed is " + wanted(input));
                    }
                });
            case IMAGE -> image(object, input).ifPresent(field -> images.put(key, field));
            default -> throw new IllegalStateException("input " + key + " of unknown kind " + input.kind());
        }
    }

    private Optional<Field> image(CaseObject object, InputDescription input) {
        if (anatomy.isAbsent()) {
            object.problem(input.name(), "an image needs a case with anatomy, on whose grid it must lie");
            return Optional.empty();
        }
        return files.field(object, input.name(), input.minimum(), input.maximum(), input.unit())
                .flatMap(field -> anatomy.onAnatomy(object, input.name(), field));
    }

    /** Puts a default in as if it stood in the case. */
    private void byDefault(
            CaseObject object,
            InputDescription input,
            String text,
            SortedMap<String, Double> numbers,
            SortedMap<String, String> choices) {
        switch (input.kind()) {
            case CHOICE, WORD -> choices.put(input.name(), text);
            case QUANTITY, COUNT, NUMBER ->
                measures.text(object.path(input.name()), text, input.unit())
                        .ifPresent(value -> numbers.put(input.name(), value));
            default -> throw new IllegalStateException("input " + input.name() + ": an image has no default");
        }
    }

    private static String wanted(InputDescription input) {
        String range = Double.isInfinite(input.maximum())
                ? CaseTimes.plain(input.minimum()) + " or more"
                : CaseTimes.plain(input.minimum()) + " to " + CaseTimes.plain(input.maximum());
        return switch (input.kind()) {
            case COUNT -> "a whole number, " + range;
            case NUMBER -> "a number, " + range;
            case QUANTITY ->
                "text with a number and a unit that converts to " + input.unit() + ", " + range + " " + input.unit();
            case CHOICE -> "one of " + String.join(", ", input.choices());
            case DRUG -> "the name of a drug of the library or of the case's own drugs";
            case WORD -> "lower-case words joined by hyphens";
            case IMAGE -> "the path of an image, relative to the case file";
        };
    }
}
