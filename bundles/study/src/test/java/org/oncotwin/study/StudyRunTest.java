package org.oncotwin.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.study.StudyRun.Stop;
import org.oncotwin.study.StudyRun.StoppedException;

/** What is asked of a run, in every order in which it can be. */
class StudyRunTest {

    private final List<Checkpoint> kept = new ArrayList<>();
    private final StudyRun run = new StudyRun(kept::add, SimulationTime.ofDays(9));

    private static Checkpoint checkpoint() {
        State state = new State(SimulationTime.ZERO, new java.util.TreeMap<>());
        return new Checkpoint(
                "", List.of(), List.of(), List.of(), List.of(), state, new Trajectory(List.of(), List.of()));
    }

    private void safePoint() throws IOException {
        run.safePoint(StudyRunTest::checkpoint);
    }

    private void assertStopped(Stop reason) {
        assertThatThrownBy(this::safePoint)
                .isInstanceOfSatisfying(StoppedException.class, stopped -> assertThat(stopped.reason())
                        .isEqualTo(reason));
    }

    @Test
    void stateIsKeptAfterOutputsOnly() throws IOException {
        safePoint();
        assertThat(kept).isEmpty();
        run.output(new Output(SimulationTime.ZERO, Map.of(), checkpoint().state()));
        safePoint();
        safePoint();
        assertThat(kept).hasSize(1);
    }

    @Test
    void pauseGoesBeforeMoveInWhicheverOrderTheyAreAsked() {
        CompletableFuture<Optional<Duration>> move = run.askToMove();
        run.askToPause();
        assertStopped(Stop.PAUSE);
        assertThat(move).isNotDone();
        run.ends();
        assertThat(move).isCompletedWithValue(Optional.empty());
        assertThat(kept).hasSize(1);
    }

    @Test
    void closeGoesBeforeEverything() {
        run.askToPause();
        run.askToMove();
        run.askToClose();
        assertStopped(Stop.CLOSE);
    }

    @Test
    void moveIsAnsweredAtTheFirstStepWithTheNewPlugins() throws IOException {
        CompletableFuture<Optional<Duration>> move = run.askToMove();
        assertThat(run.askToMove())
                .as("one move for two who ask before it begins")
                .isSameAs(move);
        assertStopped(Stop.MOVE);
        List<String> done = new ArrayList<>();
        run.goesOn(pause -> done.add("kept"));
        assertThat(run.isMoving()).isTrue();
        assertThat(move).isNotDone();
        run.reached(SimulationTime.ofDays(1));
        assertThat(done).containsExactly("kept");
        assertThat(move.join()).hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(run.isMoving()).isFalse();
        safePoint();
    }

    @Test
    void whoAsksWhileAMoveIsGoingOnGetsAMoveOfHisOwn() throws IOException {
        CompletableFuture<Optional<Duration>> first = run.askToMove();
        assertStopped(Stop.MOVE);
        CompletableFuture<Optional<Duration>> second = run.askToMove();
        assertThat(second).isNotSameAs(first);
        run.goesOn(pause -> {});
        run.reached(SimulationTime.ofDays(1));
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertStopped(Stop.MOVE);
        run.doesNotMove();
        assertThat(second).isCompletedWithValue(Optional.empty());
        safePoint();
    }

    @Test
    void pauseThatIsAskedDuringAMoveComesAfterIt() throws IOException {
        CompletableFuture<Optional<Duration>> move = run.askToMove();
        assertStopped(Stop.MOVE);
        run.askToPause();
        run.goesOn(pause -> {});
        run.reached(SimulationTime.ofDays(1));
        assertThat(move.join()).isPresent();
        assertStopped(Stop.PAUSE);
    }

    @Test
    void runThatIsOverNeverMoves() throws IOException {
        CompletableFuture<Optional<Duration>> move = run.askToMove();
        assertStopped(Stop.MOVE);
        run.goesOn(pause -> {});
        run.reached(SimulationTime.ofDays(1));
        assertThat(move.join()).isPresent();
        run.ends();
        assertThat(run.askToMove()).as("not the answer of the move before").isCompletedWithValue(Optional.empty());
    }

    @Test
    void runThatEndsDuringAMoveAnswersAll() {
        CompletableFuture<Optional<Duration>> first = run.askToMove();
        assertStopped(Stop.MOVE);
        CompletableFuture<Optional<Duration>> second = run.askToMove();
        run.ends();
        assertThat(first).isCompletedWithValue(Optional.empty());
        assertThat(second).isCompletedWithValue(Optional.empty());
    }

    @Test
    void nobodyMovesAtTheEndWhereNothingIsLeftToCompute() throws IOException {
        CompletableFuture<Optional<Duration>> move = run.askToMove();
        run.reached(SimulationTime.ofDays(9));
        safePoint();
        run.ends();
        assertThat(move).isCompletedWithValue(Optional.empty());
    }
}
