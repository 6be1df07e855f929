package org.oncotwin.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/**
 * Takes a state through time: advances everyone to the next breakpoint or output, then applies what happens at that instant. All courses at one instant act on the
 * state just before it, their effects combine by the rule of each port, and the growth model responds once; so the order of courses cannot matter. Output at the instant of an
 * effect is the state after it.
 */
final class RunLoop {

    private final SimulationRequest request;
    private final Participants participants;
    private final List<Lease<?>> leases;
    private final Cancellation cancellation;
    private final Set<SimulationTime> outputs;

    RunLoop(SimulationRequest request, Participants participants, List<Lease<?>> leases, Cancellation cancellation) {
        this.request = request;
        this.participants = participants;
        this.leases = List.copyOf(leases);
        this.cancellation = cancellation;
        this.outputs = Set.copyOf(request.outputs());
    }

    /** What a run leaves. */
    record Outcome(State state, Trajectory trajectory) {}

    /** What a run has recorded so far, and who is told. */
    static final class Recording {
        private final String requestHash;
        private final Origin origin;
        private final RunListener listener;
        private final List<SimulationTime> times = new ArrayList<>();
        private final Map<Quantity, List<Double>> values = new LinkedHashMap<>();
        private Supplier<Checkpoint> last;

        Recording(String requestHash, Origin origin, RunListener listener) {
            this.requestHash = requestHash;
            this.origin = origin;
            this.listener = listener;
        }

        private void restore(Trajectory trajectory) {
            times.addAll(trajectory.times());
            trajectory.series().forEach(s -> values.put(s.quantity(), new ArrayList<>(s.values())));
        }

        private void add(Output output) throws IOException {
            boolean first = times.isEmpty();
            times.add(output.time());
            output.observables().forEach((quantity, value) -> {
                List<Double> series =
                        first ? values.computeIfAbsent(quantity, q -> new ArrayList<>()) : values.get(quantity);
                if (series == null || series.size() != times.size() - 1) {
                    throw new SimulationException("the growth model observes " + quantity.name() + " at "
                            + output.time() + " but not at every output");
                }
                series.add(value);
            });
            listener.output(output);
        }

        private void safePoint(State state) throws IOException {
            // Outputs are only ever added, so a checkpoint can be made later from the first ones: most are never asked
            // for.
            int count = times.size();
            List<PluginIdentity> plugins = origin.current();
            List<PluginIdentity> earlier = origin.earlier();
            List<SolverUse> solvers = origin.solvers();
            last = () ->
                    new Checkpoint(requestHash, plugins, earlier, solvers, origin.history(), state, trajectory(count));
            listener.safePoint(last);
        }

        Checkpoint lastSafePoint() {
            return last == null ? null : last.get();
        }

        private Trajectory trajectory(int outputs) {
            List<Series> series = values.entrySet().stream()
                    .map(e -> new Series(e.getKey(), e.getValue().subList(0, outputs)))
                    .sorted(Comparator.comparing(s -> s.quantity().name()))
                    .toList();
            return new Trajectory(times.subList(0, outputs), series);
        }
    }

    Outcome run(Recording recording) throws IOException {
        State state = start();
        record(state, recording);
        return advance(state, recording);
    }

    Outcome resume(State state, Trajectory trajectory, Recording recording) throws IOException {
        recording.restore(trajectory);
        participants.growthCheck().state(state.time(), state.ownedBy(participants.growthLabel()));
        participants.courses().forEach(c -> c.check().state(state.time(), state.ownedBy(c.label())));
        return advance(state, recording);
    }

    /** The state at the start, after what happens at that instant. */
    State start() {
        SimulationTime time = request.start();
        State state = State.at(time);
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
        for (Participants.Planned planned : participants.courses()) {
            components.addAll(planned.check().state(time, planned.course().initial(time)));
        }
        state = state.with(components);
        return events(time, time).contains(time) ? act(state) : state;
    }

    /** Where in the case the state at the start stands: a plugin names the quantity, the case only the last word of it. */
    private static InvalidInputException located(InvalidInputException e) {
        if (e.field().startsWith("initial") || e.field().startsWith("anatomy")) {
            return e;
        }
        String word = e.field().substring(e.field().lastIndexOf('.') + 1);
        return new InvalidInputException(word, e.problem()).within("initial");
    }

    /** Throws if a leased plugin was stopped, with the last safe point. */
    void refuseWithdrawn(Recording recording) {
        for (Lease<?> lease : leases) {
            if (lease.isWithdrawn()) {
                throw new PluginWithdrawnException(lease.identity(), recording.lastSafePoint());
            }
        }
    }

    private Outcome advance(State from, Recording recording) throws IOException {
        State state = from;
        NavigableSet<SimulationTime> breakpoints = events(request.start(), request.end());
        NavigableSet<SimulationTime> stops = new TreeSet<>(breakpoints);
        stops.addAll(request.outputs());
        stops.add(request.end());
        while (state.time().isBefore(request.end())) {
            refuseWithdrawn(recording);
            cancellation.check();
            SimulationTime stop = stops.higher(state.time());
            state = advance(state, new Interval(state.time(), nearer(state.time(), stop)));
            if (breakpoints.contains(state.time())) {
                state = act(state);
            }
            recording.listener.reached(state.time());
            if (stops.contains(state.time())) {
                record(state, recording);
            }
        }
        refuseWithdrawn(recording);
        return new Outcome(state, recording.trajectory(recording.times.size()));
    }

    private void record(State state, Recording recording) throws IOException {
        if (outputs.contains(state.time())) {
            recording.add(new Output(state.time(), observe(state), state));
        }
        recording.safePoint(state);
    }

    private Map<Quantity, Double> observe(State state) {
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

    /** The stop, or the farthest instant before it at which courses that depend on the growth state allow effects to be kept. */
    private SimulationTime nearer(SimulationTime from, SimulationTime stop) {
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

    private NavigableSet<SimulationTime> events(SimulationTime from, SimulationTime to) {
        NavigableSet<SimulationTime> events = new TreeSet<>();
        Interval whole = new Interval(request.start(), request.end());
        for (Participants.Planned planned : participants.courses()) {
            events.addAll(guarded(planned.label(), from, () -> planned.course().breakpoints(whole)));
        }
        return events.subSet(from, true, to, true);
    }

    private State act(State before) {
        SimulationTime now = before.time();
        Interval whole = new Interval(request.start(), request.end());
        List<Effects> effects = new ArrayList<>();
        List<StateComponent> components = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            Course course = planned.course();
            if (course.breakpoints(whole).contains(now)) {
                Effects instant = guarded(planned.label(), now, () -> course.instantEffects(before));
                effects.add(planned.check().effects(now, EffectPort.Timing.INSTANT, instant));
                components.addAll(planned.check().state(now, guarded(planned.label(), now, () -> course.act(before))));
            }
        }
        Effects combined = Effects.combine(effects);
        if (!combined.isEmpty()) {
            components.addAll(growthState(now, () -> participants.growth().respond(before, combined)));
        }
        return before.with(components);
    }

    private State advance(State state, Interval interval) {
        SimulationTime now = state.time();
        List<Effects> effects = new ArrayList<>();
        List<StateComponent> components = new ArrayList<>();
        for (Participants.Planned planned : participants.courses()) {
            Course course = planned.course();
            Effects continuous = guarded(planned.label(), now, () -> course.effects(state, interval));
            effects.add(planned.check().effects(now, EffectPort.Timing.CONTINUOUS, continuous));
            components.addAll(planned.check()
                    .state(interval.end(), guarded(planned.label(), now, () -> course.advance(state, interval))));
        }
        Effects combined = Effects.combine(effects);
        components.addAll(growthState(
                interval.end(),
                () -> guarded(participants.growthLabel(), now, () -> participants
                        .growth()
                        .advance(state, interval, combined))));
        return state.at(interval.end(), components);
    }

    private List<StateComponent> growthState(SimulationTime time, Supplier<List<StateComponent>> call) {
        return participants.growthCheck().state(time, guarded(participants.growthLabel(), time, call));
    }

    /** Says which participant failed and when; a fault in one plugin is an error of this run and of nothing else. */
    private static <T> T guarded(String label, SimulationTime time, Supplier<T> call) {
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
