package org.oncotwin.api.simulation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.twin.SimulationTime;

/**
 * A treatment course of a case.
 *
 * @param modality which
 * @param start when it starts
 * @param inputs values of the inputs that the modality describes
 * @param parameters given values in the units that the modality declares; the rest are defaults
 */
public record CourseChoice(
        PluginChoice modality, SimulationTime start, Inputs inputs, SortedMap<String, Double> parameters) {

    /** Makes the map immutable. */
    public CourseChoice {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** A course of any version of a modality. */
    public static CourseChoice of(
            String modality, SimulationTime start, Inputs inputs, Map<String, Double> parameters) {
        return new CourseChoice(PluginChoice.of(modality), start, inputs, new TreeMap<>(parameters));
    }
}
