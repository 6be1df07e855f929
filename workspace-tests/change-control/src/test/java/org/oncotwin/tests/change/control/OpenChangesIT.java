package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.oncotwin.tests.change.control.verhulst.VerhulstGrowth;

/** Several changes that are open at a time, and those that something came between. */
@Tag("SR-1108")
@Tag("SR-1110")
final class OpenChangesIT {

    /** What was found with the plugins of before says nothing of the plugins of now. */
    @Test
    void aChangeVerifiedBeforeAnotherCameIntoUse() throws Exception {
        try (ControlledSite site = ControlledSite.madeWithSecond()) {
            site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
            site.propose("simon", site.second("1.1.0", ModelBundle.BETTER), "second-method");
            site.verify(1);
            site.verify(2);
            site.signAll(1);
            site.signAgain(2);
            assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
            assertThatThrownBy(() -> site.promote(2))
                    .isInstanceOf(ChangeRefusedException.class)
                    .hasMessageContaining("uses [verhulst 1.1.0, second 1.0.0] now")
                    .hasMessageContaining("was verified with [verhulst 1.0.0, second 1.0.0]; verify and sign it again");
            assertThat(site.verify(2).state()).isEqualTo(ChangeState.VERIFIED);
            assertThat(site.signAgain(2).missing()).isEmpty();
            assertThat(site.promote(2).state()).isEqualTo(ChangeState.ACCEPTED);
        }
    }

    /** Those sign whom the plan names, also those whose roles seldom do; nobody else does. */
    @Test
    void aPlanThatAsksForOtherSigners() throws Exception {
        try (ControlledSite site = ControlledSite.made(
                ControlledSite.plan(1000).replace("\"role\": \"regulatory\"", "\"role\": \"administrator\""))) {
            site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
            site.verify(1);
            assertThatThrownBy(() -> site.sign(1, "rita", Meaning.APPROVAL))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("rita may not sign change 1");
            site.sign(1, "root", Meaning.APPROVAL);
            assertThat(site.sign(1, "clara", Meaning.REVIEW).missing()).isEmpty();
            assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
        }
    }

    /** Bundles that go with a refused proposal are not those of a change that is verified just then. */
    @Test
    void aFailedChangeVerifiedAgainWhileBundlesGo() throws Exception {
        try (ControlledSite site = ControlledSite.at(Stage.INSTALLED)) {
            site.propose("1.2.0", ModelBundle.WORSE, "numerical-method");
            assertThat(site.verify(1).state()).isEqualTo(ChangeState.FAILED);
            AtomicBoolean swept = new AtomicBoolean();
            Change again = site.site()
                    .changes()
                    .verify(
                            site.person("rita").session(),
                            1,
                            ControlledSite.cohort(),
                            progress -> {
                                if (swept.compareAndSet(false, true)) {
                                    assertThatThrownBy(() -> site.propose(
                                                    "1.3.0", ModelBundle.OTHER_QUANTITY, "numerical-method"))
                                            .isInstanceOf(ChangeRefusedException.class);
                                }
                            },
                            Cancellation.NEVER);
            assertThat(again.state()).isEqualTo(ChangeState.FAILED);
            assertThat(again.message()).contains("NOT met");
        }
    }

    // ---- A database that is away for a while ----

    /** Once a change has come to a state, transactions of this thread fail until it is back. */
    private static final class AwayDatabase implements Database {

        private final Database database;
        private final Thread thread = Thread.currentThread();
        private Optional<ChangeState> awayAt = Optional.empty();
        private boolean away;
        private int depth;

        AwayDatabase(Database database) {
            this.database = database;
        }

        void awayAt(ChangeState state) {
            awayAt = Optional.of(state);
        }

        void back() {
            assertThat(away).isTrue();
            awayAt = Optional.empty();
            away = false;
        }

        @Override
        public <T> T transact(Work<T> work) {
            if (Thread.currentThread() != thread) {
                return database.transact(work);
            }
            if (away) {
                throw new StoreException("the database is away", new SQLException("gone"));
            }
            depth++;
            T done;
            try {
                done = database.transact(work);
            } finally {
                depth--;
            }
            away = depth == 0 && awayAt.isPresent() && isReached(awayAt.get());
            return done;
        }

        private boolean isReached(ChangeState state) {
            return database.transact(connection -> {
                try (PreparedStatement query =
                        connection.prepareStatement("select number from change_proposal where state = ?")) {
                    query.setString(1, state.name());
                    try (ResultSet row = query.executeQuery()) {
                        return row.next();
                    }
                }
            });
        }

        @Override
        public void afterCommit(Runnable action) {
            database.afterCommit(action);
        }

        @Override
        public void migrate(String module, List<Migration> migrations) {
            database.migrate(module, migrations);
        }
    }

    private static Change rollBack(ControlledSite site) {
        return site.site().changes().rollBack(site.person("rita").session(), 1, "a clinician asks for it");
    }

    /** A change that was left lying when the database went away is carried on, or taken back, once that is there again. */
    @ParameterizedTest
    @CsvSource({
        "PROMOTING, false, ACCEPTED",
        "PROMOTING, true, ROLLED_BACK",
        "WATCHING, false, ACCEPTED",
        "WATCHING, true, ROLLED_BACK",
        "ROLLING_BACK, false, ROLLED_BACK",
        "ROLLING_BACK, true, ROLLED_BACK"
    })
    void theDatabaseIsAwayForAWhile(ChangeState lying, boolean back, ChangeState end) throws Exception {
        AtomicReference<AwayDatabase> database = new AtomicReference<>();
        try (ControlledSite site = ControlledSite.closedAt(Stage.SIGNED)) {
            site.open(real -> {
                database.compareAndSet(null, new AwayDatabase(real));
                return database.get();
            });
            // All components are there.
            site.site().changes();
            if (lying == ChangeState.ROLLING_BACK) {
                site.promote(1);
            }
            database.get().awayAt(lying);
            assertThatThrownBy(() -> {
                        if (lying == ChangeState.ROLLING_BACK) {
                            rollBack(site);
                        } else {
                            site.promote(1);
                        }
                    })
                    .isInstanceOf(StoreException.class);
            database.get().back();
            assertThat(site.site().changes().get(1).state()).isEqualTo(lying);
            if (lying == ChangeState.ROLLING_BACK) {
                // What it goes back to is not swept away meanwhile.
                site.site()
                        .combinations()
                        .makeAvailable(site.site().changes().get(1).from());
                assertThatThrownBy(() -> site.propose("1.3.0", ModelBundle.OTHER_QUANTITY, "numerical-method"))
                        .isInstanceOf(ChangeRefusedException.class);
                assertThat(site.site().context().getBundles())
                        .anyMatch(bundle -> ModelBundle.NAME.equals(bundle.getSymbolicName())
                                && bundle.getVersion().toString().equals("1.0.0"));
            }
            assertThat((back ? rollBack(site) : site.promote(1)).state()).isEqualTo(end);
            assertThat(site.versionInUse()).isEqualTo(end == ChangeState.ACCEPTED ? "1.1.0" : "1.0.0");
            assertThat(site.site().audit().verify().faults()).isEmpty();
        }
    }

    // ---- Versions that fail ----

    private static Stream<Throwable> failures() {
        return Stream.of(
                new NoClassDefFoundError("gone/Missing"),
                new AssertionError("never so"),
                new StackOverflowError(),
                new IllegalStateException("zero \0, half \ud800 and a long text" + " and more".repeat(200_000)));
    }

    /** Whatever a version throws once it is in use, and whatever it says with it, it is taken back. */
    @ParameterizedTest
    @MethodSource("failures")
    void aVersionThatFailsOnceItIsInUse(Throwable failure) throws Exception {
        try (ControlledSite site = ControlledSite.at(Stage.INSTALLED)) {
            site.propose("1.1.0", ModelBundle.FRAGILE, "numerical-method");
            site.verify(1);
            site.signAll(1);
            System.getProperties().put(VerhulstGrowth.FAILURE, failure);
            Change back = site.promote(1);
            assertThat(back.state()).isEqualTo(ChangeState.ROLLED_BACK);
            assertThat(back.message()).startsWith("a post-condition cannot be checked: ");
            assertThat(site.versionInUse()).isEqualTo("1.0.0");
            assertThat(site.site().audit().verify().faults()).isEmpty();
        } finally {
            System.getProperties().remove(VerhulstGrowth.FAILURE);
        }
    }
}
