package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadTeamTest {

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("oncotwin-grid-solver"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyMemberDoesEveryRoundOnce(int size) {
        AtomicIntegerArray done = new AtomicIntegerArray(size);
        try (ThreadTeam team = new ThreadTeam(size)) {
            assertThat(team.size()).isEqualTo(size);
            for (int round = 1; round <= 2000; round++) {
                team.all(done::incrementAndGet);
                for (int member = 0; member < size; member++) {
                    assertThat(done.get(member)).isEqualTo(round);
                }
            }
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void memberZeroIsTheCaller() {
        Thread caller = Thread.currentThread();
        AtomicIntegerArray asCaller = new AtomicIntegerArray(3);
        try (ThreadTeam team = new ThreadTeam(3)) {
            team.all(member -> asCaller.set(member, Thread.currentThread() == caller ? 1 : 0));
        }
        assertThat(List.of(asCaller.get(0), asCaller.get(1), asCaller.get(2))).containsExactly(1, 0, 0);
    }

    /** Whichever member fails, and with an error as with an exception; the others finish their part, and work goes on afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theFailureOfAMemberIsThrownAndTheTeamWorksOn(int failing) {
        try (ThreadTeam team = new ThreadTeam(3)) {
            for (Throwable failure : List.of(new IllegalStateException("exception"), new AssertionError("error"))) {
                AtomicLong others = new AtomicLong();
                assertThatThrownBy(() -> team.all(member -> {
                            if (member == failing) {
                                fail(failure);
                            }
                            others.incrementAndGet();
                        }))
                        .isSameAs(failure);
                assertThat(others.get()).isEqualTo(2);
                AtomicLong sum = new AtomicLong();
                team.all(member -> sum.addAndGet(member + 1));
                assertThat(sum.get()).isEqualTo(6);
            }
        }
        assertThat(threads()).isEmpty();
    }

    private static void fail(Throwable failure) {
        if (failure instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void ofSeveralFailuresOneIsThrownAndNoneIsKept() {
        try (ThreadTeam team = new ThreadTeam(4)) {
            assertThatThrownBy(() -> team.all(member -> {
                        throw new IllegalStateException("member " + member);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("member [0-3]");
            AtomicLong rounds = new AtomicLong();
            team.all(member -> rounds.incrementAndGet());
            assertThat(rounds.get()).isEqualTo(4);
        }
    }

    @Test
    void threadsAreDaemonsThatEndWithTheTeam() {
        ThreadTeam team = new ThreadTeam(3);
        List<Thread> started = threads();
        assertThat(started).hasSize(2).allMatch(Thread::isDaemon);
        team.close();
        assertThat(started).noneMatch(Thread::isAlive);
    }

    /** The interrupt of a caller neither breaks a round off nor gets lost. */
    @Test
    void anInterruptIsKept() {
        AtomicLong sum = new AtomicLong();
        try (ThreadTeam team = new ThreadTeam(2)) {
            Thread.currentThread().interrupt();
            team.all(member -> sum.addAndGet(member + 1));
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sum.get()).isEqualTo(3);
        assertThat(threads()).isEmpty();
    }
}
