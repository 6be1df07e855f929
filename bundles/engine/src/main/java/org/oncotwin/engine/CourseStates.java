package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** What the courses of a run own over its timeline, computed without the growth model; they must not read it. Costs next to nothing beside growth on a grid. */
final class CourseStates {

    private final List<SimulationTime> instants;
    private final List<Optional<PackedState>> before = new ArrayList<>();
    private final List<Optional<PackedState>> after = new ArrayList<>();

    private CourseStates(List<SimulationTime> instants) {
        this.instants = instants;
    }

    /**
     * Computes them.
     *
     * @param instants the timeline
     * @throws org.oncotwin.api.simulation.SimulationException if a course fails, as it will if it looks for the state of the growth model
     */
    static CourseStates of(World world, List<SimulationTime> instants) {
        CourseStates states = new CourseStates(instants);
        Dynamics dynamics = world.dynamics();
        NavigableSet<SimulationTime> breakpoints = dynamics.breakpoints();
        State state = State.at(instants.get(0)).with(dynamics.initialOfCourses());
        for (int i = 0; i < instants.size(); i++) {
            Optional<PackedState> before = packed(state);
            states.before.add(before);
            if (breakpoints.contains(state.time())) {
                // What it does to the tumour is not wanted here, but must be computable.
                dynamics.instantEffects(state);
                state = state.with(dynamics.actOfCourses(state));
            }
            states.after.add(breakpoints.contains(state.time()) ? packed(state) : before);
            if (i + 1 < instants.size()) {
                Interval interval = new Interval(state.time(), instants.get(i + 1));
                dynamics.effects(state, interval);
                state = state.at(interval.end(), dynamics.advanceOfCourses(state, interval));
            }
        }
        return states;
    }

    /** Nothing, if courses own nothing. */
    private static Optional<PackedState> packed(State state) {
        return state.components().isEmpty() ? Optional.empty() : Optional.of(PackedState.of(state));
    }

    /** Just before an instant of the timeline. */
    State before(int instant) {
        return unpacked(before.get(instant), instant);
    }

    /** Just after an instant of the timeline. */
    State after(int instant) {
        return unpacked(after.get(instant), instant);
    }

    private State unpacked(Optional<PackedState> state, int instant) {
        return state.map(PackedState::unpack).orElseGet(() -> State.at(instants.get(instant)));
    }

    /** Memory that they take, about. */
    long bytes() {
        return Stream.concat(before.stream(), after.stream())
                .flatMap(Optional::stream)
                .distinct()
                .mapToLong(PackedState::bytes)
                .sum();
    }
}
