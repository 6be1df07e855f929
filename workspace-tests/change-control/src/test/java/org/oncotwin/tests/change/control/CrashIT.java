package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.oncotwin.tests.change.control.CrashingDatabase.CrashError;

/** The process ends after each transaction of each step: the site that is opened again carries on, or the step is taken again. */
@Tag("SR-1111")
final class CrashIT {

    /** Threads of the process that is gone tell of it otherwise. */
    @BeforeAll
    static void deathIsSilent() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof CrashError)) {
                failure.printStackTrace();
            }
        });
    }

    @AfterAll
    static void othersAreHeard() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    private static final int DAYS = 60;

    /** Something to be done to a site. */
    private interface Step {
        void take(ControlledSite site) throws Exception;
    }

    /**
     * Takes a step on copies of a site, with a crash before its first transaction, after its first, and so on, until it comes through.
     *
     * @param before done before crashes are counted
     * @param after what must be so when the site is opened again, and brings the step to its end
     */
    private static void everywhere(Stage stage, Step before, Step step, Step after) throws Exception {
        boolean crashed = true;
        int place = 0;
        for (; crashed; place++) {
            try (Gates gates = Gates.set(1);
                    ControlledSite site = ControlledSite.closedAt(stage)) {
                AtomicReference<CrashingDatabase> database = new AtomicReference<>();
                site.open(real -> {
                    database.compareAndSet(null, new CrashingDatabase(real));
                    return database.get();
                });
                // All components are there.
                site.site().changes();
                before.take(site);
                AtomicBoolean done = new AtomicBoolean();
                Thread stepper = new Thread(() -> {
                    while (!done.get()) {
                        gates.step(1);
                        Waiting.aMoment();
                    }
                });
                stepper.start();
                database.get().crashAfter(place);
                try {
                    step.take(site);
                } catch (CrashError expected) {
                    assertThat(database.get().isGone()).isTrue();
                } finally {
                    done.set(true);
                    stepper.join();
                }
                crashed = database.get().isGone();
                gates.open();
                site.reopen();
                assertThat(site.site().changes().all())
                        .extracting(Change::state)
                        .as("after a crash at transaction %d", place)
                        .doesNotContain(ChangeState.PROMOTING, ChangeState.WATCHING, ChangeState.ROLLING_BACK);
                after.take(site);
                for (Study study : site.site().studies().all()) {
                    Study end = site.site().studies().await(study.number(), java.time.Duration.ofMinutes(2));
                    assertThat(end.state()).as(end.message()).isEqualTo(StudyState.FINISHED);
                }
                assertThat(site.site().audit().verify().faults()).isEmpty();
                assertThat(site.site().signatures().verify()).isEmpty();
            }
        }
        assertThat(place).as("there were transactions").isGreaterThan(2);
    }

    private static void nothing(ControlledSite site) {
        assertThat(site.versionInUse()).isNotEmpty();
    }

    private static void study(ControlledSite site) throws Exception {
        site.study("study", 1, DAYS, UpgradePolicy.MIGRATE);
    }

    @Test
    void whileAChangeIsProposed() throws Exception {
        Step propose = site -> site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
        everywhere(Stage.INSTALLED, CrashIT::nothing, propose, site -> {
            if (site.site().changes().all().isEmpty()) {
                propose.take(site);
            }
            assertThat(site.site().changes().all()).singleElement().satisfies(change -> assertThat(change.state())
                    .isEqualTo(ChangeState.PROPOSED));
        });
    }

    @Test
    void whileAChangeIsVerified() throws Exception {
        everywhere(Stage.PROPOSED, CrashIT::nothing, site -> site.verify(1), site -> {
            if (site.site().changes().get(1).state() == ChangeState.PROPOSED) {
                site.verify(1);
            }
            assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.VERIFIED);
        });
    }

    @Test
    void whileAChangeIsSigned() throws Exception {
        everywhere(Stage.VERIFIED, CrashIT::nothing, site -> site.sign(1, "rita", Meaning.APPROVAL), site -> {
            if (site.site().changes().get(1).signatures().isEmpty()) {
                site.person("rita").forgetCode();
                site.sign(1, "rita", Meaning.APPROVAL);
            }
            assertThat(site.site().changes().get(1).signatures()).hasSize(1);
        });
    }

    @Test
    void whileAChangeIsPutInPlace() throws Exception {
        everywhere(Stage.SIGNED, CrashIT::study, site -> site.promote(1), site -> {
            if (site.site().changes().get(1).state() == ChangeState.VERIFIED) {
                site.promote(1);
            }
            assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.ACCEPTED);
            assertThat(site.versionInUse()).isEqualTo("1.1.0");
        });
    }

    /** The process ends within the move of a study: before and after what it had reached is kept, and before and after its move is. */
    @Test
    void whileAStudyMoves() throws Exception {
        int moved = 0;
        int transactions = 6;
        for (int place = 0; place < transactions; place++) {
            try (Gates gates = Gates.set(1);
                    ControlledSite site = ControlledSite.closedAt(Stage.SIGNED)) {
                AtomicReference<CrashingDatabase> database = new AtomicReference<>();
                site.open(real -> {
                    database.compareAndSet(null, new CrashingDatabase(real));
                    return database.get();
                });
                site.site().changes();
                // Long enough to be moved still where the crash comes before the change is in place.
                site.study("study", 1, 1000, UpgradePolicy.MIGRATE);
                gates.let(1, 5);
                Waiting.until(
                        "its 5th output",
                        () -> site.site().studies().get(1).reached().days() >= 4);
                database.get().crashAfterOfStudies(place);
                AtomicBoolean done = new AtomicBoolean();
                Thread stepper = new Thread(() -> {
                    while (!done.get()) {
                        gates.step(1);
                        Waiting.aMoment();
                    }
                });
                stepper.start();
                try {
                    site.promote(1);
                } catch (CrashError expected) {
                    assertThat(database.get().isGone()).isTrue();
                } finally {
                    done.set(true);
                    stepper.join();
                }
                gates.open();
                if (!database.get().isGone()) {
                    // All that the move wrote was kept before; the study ends here.
                    Waiting.until("it is gone", database.get()::isGone);
                }
                site.reopen();
                if (site.site().changes().get(1).state() == ChangeState.VERIFIED) {
                    site.promote(1);
                }
                assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.ACCEPTED);
                Study end = site.site().studies().await(1, java.time.Duration.ofMinutes(2));
                assertThat(end.state()).as(end.message()).isEqualTo(StudyState.FINISHED);
                assertThat(end.plugins()).singleElement().hasToString("verhulst 1.1.0");
                assertThat(site.audited("study.move")).as("crash %d", place).hasSize(1);
                moved++;
                assertThat(site.audited("study.fail")).isEmpty();
                assertThat(site.audited("study.stay")).isEmpty();
                assertThat(site.site().audit().verify().faults()).isEmpty();
            }
        }
        assertThat(moved).isEqualTo(transactions);
    }

    @Test
    void whileAChangeIsTakenBack() throws Exception {
        Step back = site -> site.site().changes().rollBack(site.person("rita").session(), 1, "a clinician asks for it");
        everywhere(
                Stage.SIGNED,
                site -> {
                    site.promote(1);
                    study(site);
                },
                back,
                site -> {
                    if (site.site().changes().get(1).state() == ChangeState.ACCEPTED) {
                        back.take(site);
                    }
                    assertThat(site.site().changes().get(1).state()).isEqualTo(ChangeState.ROLLED_BACK);
                    assertThat(site.versionInUse()).isEqualTo("1.0.0");
                });
    }

    @Tag("SR-1110")
    @Test
    void whileAChangeDisappointsAndIsTakenBackByItself() throws Exception {
        everywhere(
                Stage.INSTALLED,
                site -> {
                    site.propose("1.4.0", ModelBundle.BIASED, "numerical-method");
                    site.verify(1);
                    site.signAll(1);
                    study(site);
                },
                site -> site.promote(1),
                site -> {
                    if (site.site().changes().get(1).state() == ChangeState.VERIFIED) {
                        site.promote(1);
                    }
                    assertThat(List.of(site.site().changes().get(1).state())).containsExactly(ChangeState.ROLLED_BACK);
                    assertThat(site.versionInUse()).isEqualTo("1.0.0");
                });
    }
}
