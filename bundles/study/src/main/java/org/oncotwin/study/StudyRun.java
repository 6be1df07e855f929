package org.oncotwin.study;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final SimulationTime end;
    private boolean closeAsked;
    private boolean pauseAsked;
    private boolean ended;
    /** Answer to those who ask for a move that has not begun; {@code null} if nobody does. */
    private CompletableFuture<Optional<Duration>> asked;
    /** Answer to those who asked for the move that has begun; {@code null} if none has. */
    private CompletableFuture<Optional<Duration>> moving;
    // All below belongs to the thread of the run.
    private boolean atEnd;
    private boolean outputReached;
    private long stoppedAt;
    /** What is to be kept once the first step with other plugins is taken. */
    private Consumer<Duration> afterMove;

    /**
     * Follows a run.
     *
     * @param end where the study ends, at which it does not move any more: nothing would be computed by the other plugins
     */
    StudyRun(Keeper keeper, SimulationTime end) {
        this.keeper = keeper;
        this.end = end;
    }

    /** Asks the run to pause at its next safe point. */
    synchronized void askToPause() {
        pauseAsked = true;
    }

    /** Asks the run to stop because the site is closed. */
    synchronized void askToClose() {
        closeAsked = true;
    }

    /**
     * Asks the run to move at its next safe point; tells how long the study stood still, empty if it did not move. If a move has begun, it may have begun with older plugins, so
     * that another one follows.
     */
    synchronized CompletableFuture<Optional<Duration>> askToMove() {
        if (ended) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (asked == null) {
            asked = new CompletableFuture<>();
        }
        return asked;
    }

    /** What is to be done now, the most urgent first. What was asked and is not done now stays asked. */
    private synchronized Optional<Stop> takeUp() {
        if (closeAsked) {
            return Optional.of(Stop.CLOSE);
        }
        if (pauseAsked) {
            return Optional.of(Stop.PAUSE);
        }
        if (asked == null || atEnd) {
            return Optional.empty();
        }
        moving = asked;
        asked = null;
        return Optional.of(Stop.MOVE);
    }

    /** The run goes on with other plugins; when the first step is taken with them, that is kept, with how long the study stood still. */
    void goesOn(Consumer<Duration> keep) {
        afterMove = keep;
    }

    /** True from {@link #goesOn} to the first step. */
    boolean isMoving() {
        return afterMove != null;
    }

    /** The run goes on as it was. */
    void doesNotMove() {
        afterMove = null;
        answer(Optional.empty());
    }

    /** The run is over, and will never move. */
    synchronized void ends() {
        ended = true;
        answer(Optional.empty());
        if (asked != null) {
            asked.complete(Optional.empty());
        }
    }

    private synchronized void answer(Optional<Duration> pause) {
        if (moving != null) {
            moving.complete(pause);
            moving = null;
        }
    }

    @Override
    public void reached(SimulationTime time) {
        atEnd = !time.isBefore(end);
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
        Optional<Stop> reason = takeUp();
        if (reason.isPresent()) {
            stoppedAt = System.nanoTime();
            Checkpoint last = checkpoint.get();
            if (reason.get() != Stop.MOVE) {
                keeper.keep(last);
            }
            // Who moves goes on from the checkpoint in memory at once; an output just reached is kept at the next safe
            // point.
            throw new StoppedException(reason.get(), last);
        }
        if (outputReached) {
            outputReached = false;
            keeper.keep(checkpoint.get());
        }
    }
}
