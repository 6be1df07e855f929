package org.oncotwin.api.simulation;

import java.util.Map;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * What a run gives at an output time; at the instant of an effect it is the state after the effect.
 *
 * @param time the output time
 * @param observables what would be measured
 * @param state the whole state
 */
public record Output(SimulationTime time, Map<Quantity, Double> observables, State state) {}
