package org.oncotwin.api.plugin;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Field;

/**
 * Values of a plugin's inputs, converted to the declared units and checked against their descriptions.
 *
 * @param numbers quantities, counts and numbers by name
 * @param choices words by name
 * @param images images by name
 */
public record Inputs(
        SortedMap<String, Double> numbers, SortedMap<String, String> choices, SortedMap<String, Field> images) {

    /** Makes the maps immutable. */
    public Inputs {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        choices = Collections.unmodifiableSortedMap(new TreeMap<>(choices));
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    /** Numbers and words, without images. */
    public static Inputs of(Map<String, Double> numbers, Map<String, String> choices) {
        return new Inputs(new TreeMap<>(numbers), new TreeMap<>(choices), new TreeMap<>());
    }

    /**
     * A quantity in its declared unit, or a number.
     *
     * @throws InvalidInputException if it is missing
     */
    public double number(String name) {
        Double value = numbers.get(name);
        if (value == null) {
            throw new InvalidInputException(name, "missing");
        }
        return value;
    }

    /**
     * A whole number.
     *
     * @throws InvalidInputException if it is missing
     */
    public int count(String name) {
        return (int) number(name);
    }

    /**
     * A word.
     *
     * @throws InvalidInputException if it is missing
     */
    public String choice(String name) {
        String word = choices.get(name);
        if (word == null) {
            throw new InvalidInputException(name, "missing");
        }
        return word;
    }

    /** An image, if given. */
    public Optional<Field> image(String name) {
        return Optional.ofNullable(images.get(name));
    }
}
