package org.oncotwin.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.Result;

/**
 * A study that is run once more as it ran: on the plugins with which it began up to the safe point at which it left them, there its state is migrated as it was then, and so on. Pauses are
 * left out, for they change no bits.
 */
final class Repetition {

    /** The case of a study as the plugins that it sees understand it. */
    @FunctionalInterface
    interface Source {
        Case of(StudyRow row) throws IOException;
    }

    private final SimulationEngine engine;
    private final Source source;
    private final ReplayProgress progress;
    private final RunOptions options;

    Repetition(SimulationEngine engine, Source source, ReplayProgress progress, Cancellation cancellation) {
        this.engine = engine;
        this.source = source;
        this.progress = progress;
        this.options = new RunOptions(1, cancellation);
    }

    /** All plugins that a study saw from its start to its end. */
    static List<PluginIdentity> plugins(StudyRow row) {
        List<PluginIdentity> all = new ArrayList<>(row.study().plugins());
        row.study().moves().stream()
                .flatMap(move -> move.from().stream())
                .filter(plugin -> !all.contains(plugin))
                .forEach(all::add);
        return all;
    }

    /** Runs it. */
    Result of(StudyRow row) throws IOException {
        List<StudyMove> moves = row.study().moves();
        List<PluginIdentity> plugins = StudyMoves.undone(row.study().plugins(), moves);
        Optional<Checkpoint> from = Optional.empty();
        for (StudyMove move : moves) {
            from = Optional.of(upTo(move.at(), row.on(plugins, ""), from));
            plugins = StudyMoves.done(plugins, move);
        }
        StudyRow last = row.on(plugins, "");
        Case read = source.of(last);
        try (Simulation simulation = engine.prepare(read.request(), last::sees)) {
            return Result.of(read, run(simulation, from, new Follower(read.request(), Optional.empty())), Map.of());
        }
    }

    private Checkpoint upTo(SimulationTime stop, StudyRow row, Optional<Checkpoint> from) throws IOException {
        Case read = source.of(row);
        try (Simulation simulation = engine.prepare(read.request(), row::sees)) {
            run(simulation, from, new Follower(read.request(), Optional.of(stop)));
        } catch (ReachedException reached) {
            return reached.checkpoint();
        }
        throw new InvalidInputException(
                "study",
                row.study().number() + " has no safe point on " + stop
                        + ", on which it is said to have moved to other plugins; restore the database");
    }

    private RunResult run(Simulation simulation, Optional<Checkpoint> from, Follower follower) throws IOException {
        return from.isPresent() ? simulation.resume(from.get(), options, follower) : simulation.run(options, follower);
    }

    /** Ends a run where the study left its plugins. */
    private static final class ReachedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Checkpoint checkpoint;

        ReachedException(Checkpoint checkpoint) {
            super("the safe point is reached", null, false, false);
            this.checkpoint = checkpoint;
        }

        Checkpoint checkpoint() {
            return checkpoint;
        }
    }

    /** Tells how far it is, and stops at a safe point. */
    private final class Follower implements RunListener {

        private final SimulationRequest request;
        private final Optional<SimulationTime> stop;
        private SimulationTime now;

        Follower(SimulationRequest request, Optional<SimulationTime> stop) {
            this.request = request;
            this.stop = stop;
            this.now = request.start();
        }

        @Override
        public void reached(SimulationTime time) {
            now = time;
            progress.reached(request.start(), time, request.end());
        }

        @Override
        public void safePoint(Supplier<Checkpoint> checkpoint) {
            if (stop.isPresent() && stop.get().equals(now)) {
                throw new ReachedException(checkpoint.get());
            }
        }
    }
}
