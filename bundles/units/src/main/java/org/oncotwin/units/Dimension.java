package org.oncotwin.units;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a unit measures: powers of base units. A unit that only a procedure defines counts as a base unit of its own.
 *
 * @param exponents exponent, not 0, by code of the base unit
 */
record Dimension(SortedMap<String, Integer> exponents) {

    static final Dimension NUMBER = new Dimension(new TreeMap<>());

    /** Words for people; a dimension that is not here is described by its base units. */
    private static final Map<Dimension, String> WORDS = Map.ofEntries(
            Map.entry(NUMBER, "a pure number"),
            Map.entry(of("m", 1), "a length"),
            Map.entry(of("m", 2), "an area"),
            Map.entry(of("m", 3), "a volume"),
            Map.entry(of("m", -3), "a number of things per volume"),
            Map.entry(of("s", 1), "a time"),
            Map.entry(of("s", -1), "a rate (per time)"),
            Map.entry(of("m", 2).times(of("s", -1)), "a diffusion coefficient (area per time)"),
            Map.entry(of("m", 1).times(of("s", -1)), "a speed"),
            Map.entry(of("m", 3).times(of("s", -1)), "a flow (volume per time)"),
            Map.entry(of("g", 1), "a mass"),
            Map.entry(of("g", 1).times(of("m", -3)), "a mass per volume"),
            Map.entry(of("m", 2).times(of("s", -2)), "a radiation dose (energy per mass)"),
            Map.entry(of("m", -2).times(of("s", 2)), "a coefficient per radiation dose"),
            Map.entry(of("K", 1), "a temperature"));

    Dimension {
        exponents = Collections.unmodifiableSortedMap(new TreeMap<>(exponents));
    }

    static Dimension of(String base, int exponent) {
        return new Dimension(new TreeMap<>(exponent == 0 ? Map.of() : Map.of(base, exponent)));
    }

    Dimension times(Dimension other) {
        SortedMap<String, Integer> sum = new TreeMap<>(exponents);
        other.exponents.forEach((base, exponent) -> sum.merge(base, exponent, (a, b) -> a + b == 0 ? null : a + b));
        return new Dimension(sum);
    }

    Dimension power(int exponent) {
        SortedMap<String, Integer> product = new TreeMap<>();
        if (exponent != 0) {
            exponents.forEach((base, e) -> product.put(base, e * exponent));
        }
        return new Dimension(product);
    }

    String describe() {
        String words = WORDS.get(this);
        return words != null
                ? words
                : "a quantity in "
                        + exponents.entrySet().stream()
                                .map(e -> e.getKey() + (e.getValue() == 1 ? "" : e.getValue()))
                                .collect(Collectors.joining("."));
    }
}
