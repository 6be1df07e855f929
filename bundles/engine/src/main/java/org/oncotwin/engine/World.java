package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * A run with certain values of its parameters, of which states are computed one interval after the other.
 *
 * @param request the run
 * @param dynamics what happens
 * @param growthSolvers solvers of the growth model, which note its steps
 */
record World(SimulationRequest request, Dynamics dynamics, SteppingSolvers growthSolvers) {

    Participants participants() {
        return dynamics.participants();
    }

    /**
     * Instants between which the run advances without a break, from its start on.
     *
     * @param stops instants at which it must stop beside its breakpoints
     * @param last where to end; one of the stops
     */
    List<SimulationTime> timeline(NavigableSet<SimulationTime> stops, SimulationTime last) {
        NavigableSet<SimulationTime> all = new TreeSet<>(stops);
        all.addAll(dynamics.breakpoints());
        all.addAll(request.outputs());
        all.add(request.end());
        List<SimulationTime> instants = new ArrayList<>(List.of(request.start()));
        SimulationTime time = request.start();
        while (time.isBefore(last)) {
            time = dynamics.nearer(time, all.higher(time));
            instants.add(time);
        }
        return instants;
    }

    /** Advances, taking given steps again as far as they go. */
    State advance(State state, Interval interval, List<Effects> effects, List<StepSequence> steps) {
        growthSolvers.begin(steps);
        return dynamics.advance(state, interval, effects);
    }
}
