package org.oncotwin.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

/** Reads what the command line of {@code scene export} says in words. */
final class SceneOptions {
    private final UnitConverter units;

    SceneOptions(UnitConverter units) {
        this.units = units;
    }

    /** True if a text is a number with a unit that converts to another. */
    boolean isQuantity(String text, String unit) {
        try {
            return units.isConvertible(units.parse(text).unit(), unit);
        } catch (UnitException none) {
            return false;
        }
    }

    /**
     * A number with a unit.
     *
     * @param field the option, for the message
     * @throws InvalidInputException if it is none, or not from {@code minimum} to {@code maximum}
     */
    double quantity(String field, String text, String unit, double minimum, double maximum) {
        double value;
        try {
            value = units.convert(units.parse(text), unit);
        } catch (UnitException wrong) {
            throw new InvalidInputException(field, wrong.getMessage() + "; needed is a number in " + unit);
        }
        if (!(value >= minimum && value <= maximum)) {
            throw new InvalidInputException(
                    field,
                    "'" + text + "' is not allowed; allowed is " + Text.plain(minimum, unit) + " to "
                            + Text.plain(maximum, unit));
        }
        return value;
    }

    /** {@code NAME=VALUE} pairs, in the order given. */
    static Map<String, String> pairs(String field, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int at = text.indexOf('=');
            if (at < 1 || at == text.length() - 1) {
                throw new InvalidInputException(field, "'" + text + "' is not allowed; write NAME=VALUE");
            }
            if (pairs.put(text.substring(0, at), text.substring(at + 1)) != null) {
                throw new InvalidInputException(field, "'" + text.substring(0, at) + "' is given twice");
            }
        }
        return pairs;
    }

    /**
     * Values of the options of an exporter.
     *
     * @param options {@code EXPORTER.OPTION} and its value, of all exporters
     */
    Inputs of(InstalledSceneExporter exporter, Map<String, String> options) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        SortedMap<String, String> words = new TreeMap<>();
        for (InputDescription option : exporter.description().options()) {
            String key = exporter.id() + "." + option.name();
            String text = options.getOrDefault(key, option.defaultText().orElseThrow());
            String field = "--set " + key;
            switch (option.kind()) {
                case QUANTITY ->
                    numbers.put(
                            option.name(), quantity(field, text, option.unit(), option.minimum(), option.maximum()));
                case COUNT, NUMBER -> numbers.put(option.name(), number(field, text, option));
                case CHOICE -> {
                    if (!option.choices().contains(text)) {
                        throw new InvalidInputException(
                                field, "'" + text + "' is not allowed; allowed is one of " + option.choices());
                    }
                    words.put(option.name(), text);
                }
                case WORD -> {
                    if (!text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                        throw new InvalidInputException(
                                field, "'" + text + "' is not allowed; allowed are lower-case words joined by hyphens");
                    }
                    words.put(option.name(), text);
                }
                // Descriptions of exporters have no others.
                case IMAGE, DRUG -> throw new IllegalStateException(option.name());
                default -> throw new IllegalStateException(option.kind().name());
            }
        }
        return Inputs.of(numbers, words);
    }

    private double number(String field, String text, InputDescription option) {
        double value = quantity(field, text, "1", option.minimum(), option.maximum());
        if (option.kind() == InputDescription.Kind.COUNT && value != Math.rint(value)) {
            throw new InvalidInputException(field, "'" + text + "' is not allowed; allowed is a whole number");
        }
        return value;
    }

    /** An option that no exporter has is a mistake of whoever wrote it. */
    static void refuseUnknown(Map<String, String> options, List<InstalledSceneExporter> exporters) {
        List<String> known = exporters.stream()
                .flatMap(exporter ->
                        exporter.description().options().stream().map(option -> exporter.id() + "." + option.name()))
                .toList();
        options.keySet().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new InvalidInputException("--set", "no option '" + key + "'; there are " + known);
                });
    }
}
