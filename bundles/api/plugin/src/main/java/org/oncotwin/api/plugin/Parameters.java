package org.oncotwin.api.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values of a plugin's parameters in the units that the plugin declared, complete and within bounds. A value per tissue class has the key
 * {@code name.tissue}.
 *
 * @param values by name, or by name and tissue class
 */
public record Parameters(SortedMap<String, Double> values) {

    /** Makes the map immutable. */
    public Parameters {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /**
     * Checks given values against the descriptions and fills in the defaults.
     *
     * @param descriptions what the plugin takes
     * @param given values in the declared units, by name or {@code name.tissue}
     * @throws InvalidInputException naming the parameter if one is unknown, missing, not finite or out of bounds
     */
    public static Parameters resolve(List<ParameterDescription> descriptions, Map<String, Double> given) {
        SortedMap<String, Double> resolved = new TreeMap<>();
        List<String> known = new ArrayList<>();
        for (ParameterDescription d : descriptions) {
            known.add(d.name());
            boolean found = false;
            for (Map.Entry<String, Double> e : given.entrySet()) {
                if (e.getKey().equals(d.name()) || d.perTissue() && e.getKey().startsWith(d.name() + ".")) {
                    if (found && (e.getKey().equals(d.name()) || resolved.containsKey(d.name()))) {
                        throw new InvalidInputException(d.name(), "give one value or one per tissue class, not both");
                    }
                    resolved.put(e.getKey(), checked(d, e.getKey(), e.getValue()));
                    found = true;
                }
            }
            if (!found) {
                if (d.defaultValue().isEmpty()) {
                    throw new InvalidInputException(
                            d.name(), "missing; it has no default and must be given in " + d.unit());
                }
                resolved.put(d.name(), d.defaultValue().getAsDouble());
            }
        }
        for (String name : given.keySet()) {
            if (!resolved.containsKey(name)) {
                int dot = name.indexOf('.');
                if (dot > 0 && known.contains(name.substring(0, dot))) {
                    throw new InvalidInputException(
                            name, name.substring(0, dot) + " is one value, not one per tissue class");
                }
                throw new InvalidInputException(name, "unknown parameter; known are " + known);
            }
        }
        return new Parameters(resolved);
    }

    private static double checked(ParameterDescription d, String key, double value) {
        if (!Double.isFinite(value) || value < d.minimum() || value > d.maximum()) {
            throw new InvalidInputException(key, value + " " + d.unit() + " is not allowed; allowed is " + d.allowed());
        }
        return value;
    }

    /**
     * Value of a parameter.
     *
     * @throws InvalidInputException if it was given one value per tissue class
     */
    public double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new InvalidInputException(name, "one value is needed, not one per tissue class");
        }
        return value;
    }

    /** True if the parameter has a value for each of some tissue classes rather than one value. */
    public boolean isPerTissue(String name) {
        return !values.containsKey(name) && !tissues(name).isEmpty();
    }

    /** Tissue classes for which a parameter has a value of its own. */
    public SortedSet<String> tissues(String name) {
        SortedSet<String> tissues = new TreeSet<>();
        for (String key : values.keySet()) {
            if (key.startsWith(name + ".")) {
                tissues.add(key.substring(name.length() + 1));
            }
        }
        return tissues;
    }

    /**
     * Value of a parameter in a tissue class: its own, or the one value for all.
     *
     * @throws InvalidInputException if there are values per class but none for this one
     */
    public double value(String name, String tissue) {
        Double own = values.get(name + "." + tissue);
        if (own != null) {
            return own;
        }
        Double common = values.get(name);
        if (common == null) {
            throw new InvalidInputException(
                    name, "no value for tissue class '" + tissue + "'; there are values for " + tissues(name));
        }
        return common;
    }
}
