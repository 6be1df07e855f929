package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model beside growth and treatments that a case wants.
 *
 * @param model which
 * @param parameters given values in the units that the model declares; the rest are defaults
 */
public record ModelChoice(PluginChoice model, SortedMap<String, Double> parameters) {

    /** Makes the map immutable. */
    public ModelChoice {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }
}
