package org.oncotwin.api.plugin;

import java.util.List;
import java.util.Optional;

/**
 * A thing other than a parameter that the case gives to a plugin: the number of fractions, the dose, a choice of days, an image.
 *
 * @param name key in the case file
 * @param kind form of the value
 * @param unit UCUM code of the unit in which the plugin receives a {@link Kind#QUANTITY}; {@code "1"} otherwise. An image is taken to be in this unit
 * @param required true if the case must give it
 * @param defaultText value when the case gives none, as it would stand in the case; empty for none
 * @param minimum smallest allowed number
 * @param maximum largest allowed number
 * @param choices allowed words of a {@link Kind#CHOICE}
 * @param description one sentence for people
 */
public record InputDescription(
        String name,
        Kind kind,
        String unit,
        boolean required,
        Optional<String> defaultText,
        double minimum,
        double maximum,
        List<String> choices,
        String description) {

    /** Form of a value. */
    public enum Kind {
        /** A number with a unit, {@code "2 Gy"}. */
        QUANTITY,
        /** A whole number. */
        COUNT,
        /** A number without a unit. */
        NUMBER,
        /** One of some words. */
        CHOICE,
        /** The path of an image on the grid of the anatomy. */
        IMAGE,
        /** The name of a drug of the library or of the case's own drug files. The plugin gets the id of the drug as a word. */
        DRUG,
        /** Lower-case words joined by hyphens. */
        WORD
    }

    /** Makes the list immutable. */
    public InputDescription {
        choices = List.copyOf(choices);
    }

    /** A number with a unit that the case must give. */
    public static InputDescription quantity(
            String name, String unit, double minimum, double maximum, String description) {
        return new InputDescription(
                name, Kind.QUANTITY, unit, true, Optional.empty(), minimum, maximum, List.of(), description);
    }

    /** A whole number that the case must give. */
    public static InputDescription count(String name, int minimum, int maximum, String description) {
        return new InputDescription(
                name, Kind.COUNT, "1", true, Optional.empty(), minimum, maximum, List.of(), description);
    }

    /** A number without a unit that the case must give. */
    public static InputDescription number(String name, double minimum, double maximum, String description) {
        return new InputDescription(
                name, Kind.NUMBER, "1", true, Optional.empty(), minimum, maximum, List.of(), description);
    }

    /** One of some words, the first by default. */
    public static InputDescription choice(String name, List<String> choices, String description) {
        return new InputDescription(
                name, Kind.CHOICE, "1", false, Optional.of(choices.get(0)), 0, 0, choices, description);
    }

    /** An image that the case may give, in a unit. */
    public static InputDescription image(String name, String unit, double minimum, double maximum, String description) {
        return new InputDescription(
                name, Kind.IMAGE, unit, false, Optional.empty(), minimum, maximum, List.of(), description);
    }

    /** A drug that the case must name. */
    public static InputDescription drug(String name, String description) {
        return new InputDescription(name, Kind.DRUG, "1", true, Optional.empty(), 0, 0, List.of(), description);
    }

    /** Lower-case words joined by hyphens, with a default. */
    public static InputDescription word(String name, String defaultWord, String description) {
        return new InputDescription(
                name, Kind.WORD, "1", false, Optional.of(defaultWord), 0, 0, List.of(), description);
    }

    /** This input with a default. */
    public InputDescription withDefault(String text) {
        return new InputDescription(name, kind, unit, false, Optional.of(text), minimum, maximum, choices, description);
    }
}
