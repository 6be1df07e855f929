package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/**
 * What happens to a state: at the start, at an instant and over an interval. All courses at one instant act on the state just before it, their effects combine by the rule of each
 * port, and the growth model responds once; so the order of courses cannot matter.
 */
final class Dynamics {

    private final SimulationRequest request;
    private final Participants participants;

    Dynamics(SimulationRequest request, Participants participants) {
        this.request = request;
        this.participants = participants;
    }

    Participants participants() {
        return participants;
    }

    /** The state at the start, before what happens at that instant. */
    State initial() {
        SimulationTime time = request.start();
        List<StateComponent> components = new ArrayList<>();
        try {
            components.addAll(participants
                    .growthCheck()
                    .state(
                            time,
                            participants.growth().initial(time, request.growth().initial())));
        } catch (InvalidInputException e) {
            throw located(e);
        }
        components.addAll(initialOfCourses());
        return State.at(time).with(components);
    }

    /** What courses own at the start. */
    List<StateComponent> initialOfCourses() {
        List<StateComponent> components = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            components.addAll(
                    planned.check().state(request.start(), planned.course().initial(request.start())));
        }
        return components;
    }

    /** Where in the case the state at the start stands: a plugin names the quantity, the case only the last word of it. */
    private static InvalidInputException located(InvalidInputException e) {
        if (e.field().startsWith("initial") || e.field().startsWith("anatomy")) {
            return e;
        }
        String word = e.field().substring(e.field().lastIndexOf('.') + 1);
        return new InvalidInputException(word, e.problem()).within("initial");
    }

    /** When something happens at an instant, from the start to the end of the run. */
    NavigableSet<SimulationTime> breakpoints() {
        NavigableSet<SimulationTime> all = new TreeSet<>();
        for (Participants.Planned planned : participants.courses()) {
            all.addAll(guarded(
                    planned.label(), request.start(), () -> planned.course().breakpoints(whole())));
        }
        return all.subSet(request.start(), true, request.end(), true);
    }

    private Interval whole() {
        return new Interval(request.start(), request.end());
    }

    /** The stop, or the farthest instant before it at which courses that depend on the growth state allow effects to be kept. */
    SimulationTime nearer(SimulationTime from, SimulationTime stop) {
        if (participants.longestInterval().isEmpty()) {
            return stop;
        }
        double days = participants.longestInterval().getAsDouble();
        long longest = Math.max(1, (long) (days * SimulationTime.MILLISECONDS_PER_DAY));
        // Equal parts up to the stop, so that a rest of a millisecond never becomes an interval of its own.
        long distance = stop.milliseconds() - from.milliseconds();
        long parts = (distance + longest - 1) / longest;
        return from.plusMilliseconds(distance / parts);
    }

    /** What each course does at an instant, in the order of the courses; nothing where the instant is no breakpoint of it. */
    List<Effects> instantEffects(State before) {
        SimulationTime now = before.time();
        List<Effects> effects = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            Effects instant = isBreakpoint(planned, now)
                    ? guarded(planned.label(), now, () -> planned.course().instantEffects(before))
                    : Effects.none();
            effects.add(planned.check().effects(now, EffectPort.Timing.INSTANT, instant));
        }
        return effects;
    }

    private boolean isBreakpoint(Participants.Planned planned, SimulationTime now) {
        return planned.course().breakpoints(whole()).contains(now);
    }

    /** What courses own just after a breakpoint. */
    List<StateComponent> actOfCourses(State before) {
        SimulationTime now = before.time();
        List<StateComponent> components = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            if (isBreakpoint(planned, now)) {
                components.addAll(planned.check().state(now, guarded(planned.label(), now, () -> planned.course()
                        .act(before))));
            }
        }
        return components;
    }

    /** The state just after a breakpoint. */
    State act(State before) {
        return act(before, instantEffects(before));
    }

    /** The state just after a breakpoint, given what each course does there. */
    State act(State before, List<Effects> effects) {
        List<StateComponent> components = actOfCourses(before);
        Effects combined = Effects.combine(effects);
        if (!combined.isEmpty()) {
            components.addAll(
                    growthState(before.time(), () -> participants.growth().respond(before, combined)));
        }
        return before.with(components);
    }

    /** What each course does over an interval without breakpoints inside, in the order of the courses. */
    List<Effects> effects(State state, Interval interval) {
        SimulationTime now = state.time();
        List<Effects> effects = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            Effects continuous =
                    guarded(planned.label(), now, () -> planned.course().effects(state, interval));
            effects.add(planned.check().effects(now, EffectPort.Timing.CONTINUOUS, continuous));
        }
        return effects;
    }

    /** What courses own at the end of an interval without breakpoints inside. */
    List<StateComponent> advanceOfCourses(State state, Interval interval) {
        List<StateComponent> components = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            components.addAll(
                    planned.check().state(interval.end(), guarded(planned.label(), state.time(), () -> planned.course()
                            .advance(state, interval))));
        }
        return components;
    }

    /** The state at the end of an interval without breakpoints inside. */
    State advance(State state, Interval interval) {
        return advance(state, interval, effects(state, interval));
    }

    /** The state at the end of an interval, given what each course does over it. */
    State advance(State state, Interval interval, List<Effects> effects) {
        List<StateComponent> components = advanceOfCourses(state, interval);
        Effects combined = Effects.combine(effects);
        components.addAll(growthState(
                interval.end(),
                () -> guarded(participants.growthLabel(), state.time(), () -> participants
                        .growth()
                        .advance(state, interval, combined))));
        return state.at(interval.end(), components);
    }

    /** What would be measured, sorted by name; finite. */
    Map<Quantity, Double> observe(State state) {
        Map<Quantity, Double> sorted = new TreeMap<>(Comparator.comparing(Quantity::name));
        sorted.putAll(guarded(participants.growthLabel(), state.time(), () -> participants
                .growth()
                .observe(state)));
        sorted.forEach((quantity, value) -> {
            if (!Double.isFinite(value)) {
                throw new SimulationException(quantity.name() + " is " + value + " at " + state.time());
            }
        });
        return sorted;
    }

    private List<StateComponent> growthState(SimulationTime time, Supplier<List<StateComponent>> call) {
        return participants.growthCheck().state(time, guarded(participants.growthLabel(), time, call));
    }

    /** Says which participant failed and when; a fault in one plugin is an error of this run and of nothing else. */
    static <T> T guarded(String label, SimulationTime time, Supplier<T> call) {
        try {
            return call.get();
        } catch (CancellationException | SimulationException e) {
            throw e;
        } catch (SolverException | InvalidInputException e) {
            throw new SimulationException(label + " could not go on from " + time + ": " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            throw new SimulationException(label + " failed at " + time + ": " + e, e);
        }
    }
}
