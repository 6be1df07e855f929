package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** What the courses of a run own over its timeline, computed without the growth model; they must not read it. Costs next to nothing beside growth on a grid. */
final class CourseStates {

    private final List<PackedState> before = new ArrayList<>();
    private final List<PackedState> after = new ArrayList<>();

    private CourseStates() {}

    /**
     * Computes them.
     *
     * @param instants the timeline
     * @throws org.oncotwin.api.simulation.SimulationException if a course fails, as it will if it looks for the state of the growth model
     */
    static CourseStates of(World world, List<SimulationTime> instants) {
        CourseStates states = new CourseStates();
        Dynamics dynamics = world.dynamics();
        NavigableSet<SimulationTime> breakpoints = dynamics.breakpoints();
        State state = State.at(instants.get(0)).with(dynamics.initialOfCourses());
        for (int i = 0; i < instants.size(); i++) {
            states.before.add(PackedState.of(state));
            if (breakpoints.contains(state.time())) {
                // What it does to the tumour is not wanted here, but must be computable.
                dynamics.instantEffects(state);
                state = state.with(dynamics.actOfCourses(state));
            }
            states.after.add(PackedState.of(state));
            if (i + 1 < instants.size()) {
                Interval interval = new Interval(state.time(), instants.get(i + 1));
                dynamics.effects(state, interval);
                state = state.at(interval.end(), dynamics.advanceOfCourses(state, interval));
            }
        }
        return states;
    }

    /** Just before an instant of the timeline. */
    State before(int instant) {
        return before.get(instant).unpack();
    }

    /** Just after an instant of the timeline. */
    State after(int instant) {
        return after.get(instant).unpack();
    }

    /** Memory that they take, about. */
    long bytes() {
        return before.stream().mapToLong(PackedState::bytes).sum()
                + after.stream().mapToLong(PackedState::bytes).sum();
    }
}
