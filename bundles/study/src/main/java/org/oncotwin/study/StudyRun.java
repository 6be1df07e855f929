package org.oncotwin.study;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.twin.SimulationTime;

/** Follows a study that runs: keeps its state at every output and stops it at a safe point when asked to. */
final class StudyRun implements RunListener {

    /** Why a study shall stop. */
    enum Stop {
        /** Somebody pauses it. */
        PAUSE,
        /** It moves to other plugins. */
        MOVE,
        /** The site is closed. */
        CLOSE
    }

    /** Ends a run at a safe point, from which it can go on. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Stop reason;
        private final transient Checkpoint checkpoint;

        StoppedException(Stop reason, Checkpoint checkpoint) {
            super("stopped at a safe point", null, false, false);
            this.reason = reason;
            this.checkpoint = checkpoint;
        }

        Stop reason() {
            return reason;
        }

        Checkpoint checkpoint() {
            return checkpoint;
        }
    }

    /** Keeps a state that was reached. */
    @FunctionalInterface
    interface Keeper {
        void keep(Checkpoint checkpoint) throws IOException;
    }

    private final Keeper keeper;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private CompletableFuture<Optional<Duration>> move = CompletableFuture.completedFuture(Optional.empty());
    private boolean ended;
    private boolean outputReached;
    private long stoppedAt;
    /** What is to be kept once the first step with other plugins is taken. */
    private Consumer<Duration> afterMove;

    StudyRun(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Asks the run to stop at its next safe point; closing goes before everything else. */
    void ask(Stop reason) {
        stop.updateAndGet(asked -> asked == null || reason == Stop.CLOSE ? reason : asked);
    }

    /** Asks the run to move at its next safe point; tells how long the study stood still, empty if it did not move. */
    synchronized CompletableFuture<Optional<Duration>> askToMove() {
        if (!ended && move.isDone()) {
            move = new CompletableFuture<>();
        }
        ask(Stop.MOVE);
        return move;
    }

    /** The run goes on with other plugins; when the first step is taken with them, that is kept, with how long the study stood still. */
    void goesOn(Consumer<Duration> keep) {
        stop.compareAndSet(Stop.MOVE, null);
        afterMove = keep;
    }

    /** True from {@link #goesOn} to the first step. */
    boolean isMoving() {
        return afterMove != null;
    }

    /** The run goes on as it was. */
    void doesNotMove() {
        afterMove = null;
        stop.compareAndSet(Stop.MOVE, null);
        answer(Optional.empty());
    }

    /** The run is over, and will never move. */
    synchronized void ends() {
        ended = true;
        move.complete(Optional.empty());
    }

    private synchronized void answer(Optional<Duration> pause) {
        move.complete(pause);
    }

    @Override
    public void reached(SimulationTime time) {
        if (afterMove != null) {
            Duration pause = Duration.ofNanos(System.nanoTime() - stoppedAt);
            afterMove.accept(pause);
            afterMove = null;
            answer(Optional.of(pause));
        }
    }

    @Override
    public void output(Output output) {
        outputReached = true;
    }

    @Override
    public void safePoint(Supplier<Checkpoint> checkpoint) throws IOException {
        Stop reason = stop.get();
        if (reason != null) {
            stoppedAt = System.nanoTime();
            Checkpoint last = checkpoint.get();
            if (reason != Stop.MOVE) {
                keeper.keep(last);
            }
            // Who moves goes on from the checkpoint in memory at once; an output just reached is kept at the next safe point.
            throw new StoppedException(reason, last);
        }
        if (outputReached) {
            outputReached = false;
            keeper.keep(checkpoint.get());
        }
    }
}
