package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.twin.Observation;

/**
 * The growth model of a case.
 *
 * @param model which
 * @param parameters given values in the units that the model declares; the rest are defaults
 * @param initial what was seen at the start
 * @param solver the solver to use; empty leaves the choice to service ranking
 * @param largestStep longest time step in days, if wanted
 */
public record GrowthChoice(
        PluginChoice model,
        SortedMap<String, Double> parameters,
        List<Observation> initial,
        Optional<PluginChoice> solver,
        OptionalDouble largestStep) {

    /** Makes the collections immutable. */
    public GrowthChoice {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        initial = List.copyOf(initial);
    }

    /** A model with parameters and observations, the rest left open. */
    public static GrowthChoice of(String model, Map<String, Double> parameters, List<Observation> initial) {
        return new GrowthChoice(
                PluginChoice.of(model), new TreeMap<>(parameters), initial, Optional.empty(), OptionalDouble.empty());
    }

    /** The same model started from other observations. */
    public GrowthChoice withInitial(List<Observation> observations) {
        return new GrowthChoice(model, parameters, observations, solver, largestStep);
    }
}
