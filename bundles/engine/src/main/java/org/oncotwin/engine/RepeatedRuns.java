package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Function;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * Values of an objective with parameters changed. Grid solvers take the time steps of the first run again wherever intervals are the same, so that the objective is a smooth function of the
 * parameters; what else adapts itself, such as steps of solvers of ordinary differential equations, adds an error of the size of its tolerance over the step of the parameter.
 */
final class RepeatedRuns {

    private final Function<Map<ParameterName, Double>, World> worlds;
    private final ObjectiveTerms objective;
    private final Map<Interval, List<StepSequence>> steps;
    private final Cancellation cancellation;
    private double advancedDays;

    /**
     * Runs to come.
     *
     * @param worlds makes a run with parameters replaced
     * @param steps steps of the first run by interval; filled by {@link #first}
     */
    RepeatedRuns(
            Function<Map<ParameterName, Double>, World> worlds,
            ObjectiveTerms objective,
            Map<Interval, List<StepSequence>> steps,
            Cancellation cancellation) {
        this.worlds = worlds;
        this.objective = objective;
        this.steps = steps;
        this.cancellation = cancellation;
    }

    /** The objective of the run as it is, of which the steps are kept. */
    double first(World world) {
        return value(world, true);
    }

    /** Derivative of the objective with respect to a parameter. */
    double derivative(ParameterName parameter, Stencil stencil) {
        double sum = 0;
        double first = 0;
        for (int n = 0; n < stencil.points().length; n++) {
            World world = worlds.apply(Map.of(parameter, stencil.points()[n]));
            double value = value(world, false);
            first = n == 0 ? value : first;
            // The weights add up to 0: against the first value, a parameter that does nothing gives 0 and no rounding.
            sum += stencil.weights()[n] * (value - first);
        }
        return sum;
    }

    /** Days over which states were advanced. */
    double advancedDays() {
        return advancedDays;
    }

    private double value(World world, boolean keep) {
        NavigableSet<SimulationTime> breakpoints = world.dynamics().breakpoints();
        SimulationTime last = objective.times().last();
        List<SimulationTime> instants = new ArrayList<>(world.timeline(objective.times(), last));
        State state = world.dynamics().initial();
        double value = 0;
        for (int instant = 0; instant < instants.size(); instant++) {
            cancellation.check();
            if (breakpoints.contains(state.time())) {
                state = world.dynamics().act(state);
            }
            value += objective.value(world, state);
            if (instant + 1 < instants.size()) {
                Interval interval = new Interval(state.time(), instants.get(instant + 1));
                List<Effects> effects = world.dynamics().effects(state, interval);
                state = world.advance(state, interval, effects, steps.getOrDefault(interval, List.of()));
                advancedDays += interval.days();
                if (keep) {
                    steps.put(interval, world.growthSolvers().taken());
                }
            }
        }
        return value;
    }
}
