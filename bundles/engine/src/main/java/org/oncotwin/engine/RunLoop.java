package org.oncotwin.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/**
 * Takes a state through time: advances everyone to the next breakpoint or output, then applies what happens at that instant. Output at the instant of an effect is the state after it.
 */
final class RunLoop {

    private final SimulationRequest request;
    private final Participants participants;
    private final Dynamics dynamics;
    private final List<Lease<?>> leases;
    private final Cancellation cancellation;
    private final Set<SimulationTime> outputs;

    RunLoop(SimulationRequest request, Participants participants, List<Lease<?>> leases, Cancellation cancellation) {
        this.request = request;
        this.participants = participants;
        this.dynamics = new Dynamics(request, participants);
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
        State state = dynamics.initial();
        return dynamics.breakpoints().contains(state.time()) ? dynamics.act(state) : state;
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
        NavigableSet<SimulationTime> breakpoints = dynamics.breakpoints();
        NavigableSet<SimulationTime> stops = new TreeSet<>(breakpoints);
        stops.addAll(request.outputs());
        stops.add(request.end());
        while (state.time().isBefore(request.end())) {
            refuseWithdrawn(recording);
            cancellation.check();
            SimulationTime stop = stops.higher(state.time());
            state = dynamics.advance(state, new Interval(state.time(), dynamics.nearer(state.time(), stop)));
            if (breakpoints.contains(state.time())) {
                state = dynamics.act(state);
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
            recording.add(new Output(state.time(), dynamics.observe(state), state));
        }
        recording.safePoint(state);
    }
}
