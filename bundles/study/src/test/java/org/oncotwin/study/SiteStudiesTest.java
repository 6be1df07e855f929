package org.oncotwin.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.change.Studies.Moved;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.SimulationTime;

/** Studies with the real engine, whose steps are under the control of the test. */
@Timeout(120)
class SiteStudiesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    /** Hash of version 1.1.0. */
    private static final String NEWER = "1101101101101101101101101101101101101101101101101101101101101101";

    private static final String CASE = """
            { "case": "case of Mrs Lovelace", "seed": 1, "patient": { "id": "ONCO-SECRET" },
              "initial": { "day": 0, "volume": "2 cm3" },
              "growth": { "model": "stepped", "parameters": { "proliferation": "0.1 /d" } },
              "horizon": "6 d", "output": "1 d" }
            """;

    @TempDir
    Path folder;

    private final SteppedModel model = new SteppedModel();
    private final SteppedModel newer = new SteppedModel();
    private SiteForTests site;
    private SiteStudies studies;
    private PluginIdentity old;
    private Path caseFile;

    /** A connection to an empty database. */
    Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:");
    }

    @BeforeEach
    void open() throws Exception {
        site = new SiteForTests(folder.resolve("site"), database());
        old = site.plugins.add("1.0.0", model);
        site.combination("brain", old);
        caseFile = Files.writeString(folder.resolve("case.json"), CASE);
        studies = site.open();
    }

    @AfterEach
    void close() throws Exception {
        studies.close();
        assertThat(site.events())
                .as("no path and nothing about the patient in the audit trail")
                .allSatisfy(event -> assertThat(event.toString())
                        .doesNotContain(folder.toString())
                        .doesNotContain("Lovelace")
                        .doesNotContain("ONCO-SECRET"));
        site.close();
    }

    private Study start(UpgradePolicy policy) throws IOException {
        return studies.start(SiteForTests.SESSION, "brain", caseFile, policy);
    }

    private Study done(long number) throws InterruptedException {
        return studies.await(number, LONG);
    }

    private PluginIdentity upgrade() {
        PluginIdentity fresh = site.plugins.add("1.1.0", newer);
        site.combination("brain", fresh);
        return fresh;
    }

    /** Holds a step at a day until it is told to go on. */
    private static final class Hold {
        private final CountDownLatch there = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        Hold(SteppedModel model, double day) {
            model.beforeStep = now -> {
                if (now == day) {
                    there.countDown();
                    await(go);
                }
            };
        }

        void await() {
            await(there);
        }

        void release() {
            go.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Somebody who asks for something that takes until the next safe point. */
    private static final class Asked<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Thread thread;

        Asked(Supplier<T> question) {
            thread = new Thread(() -> {
                try {
                    answer.complete(question.get());
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            thread.start();
            // Until the question is put, and its asker waits for the answer.
            while (thread.getState() != Thread.State.WAITING
                    && thread.getState() != Thread.State.TIMED_WAITING
                    && thread.isAlive()) {
                Thread.onSpinWait();
            }
        }

        T answer() throws Exception {
            return answer.get(30, TimeUnit.SECONDS);
        }
    }

    /** The result of a study that nobody disturbs. */
    private String undisturbed() throws Exception {
        try (SiteForTests other = new SiteForTests(folder.resolve("undisturbed"), database())) {
            PluginIdentity plugin = other.plugins.add("1.0.0", new SteppedModel());
            other.combination("brain", plugin);
            SiteStudies calm = other.open();
            Study study = calm.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.PIN);
            Study finished = calm.await(study.number(), LONG);
            assertThat(finished.state()).isEqualTo(StudyState.FINISHED);
            return finished.result().orElseThrow();
        }
    }

    private Asked<Study> pause(long number) {
        return new Asked<>(() -> studies.pause(SiteForTests.SESSION, number, "lunch"));
    }

    private Asked<List<Moved>> move() {
        return new Asked<>(() -> studies.move("brain"));
    }

    // ---- Start ----

    @Test
    void studyRunsToItsEndAndKeepsItsResult() throws Exception {
        Study study = start(UpgradePolicy.PIN);
        assertThat(study.number()).isEqualTo(1);
        assertThat(study.plugins()).containsExactly(old);
        Study finished = done(1);
        assertThat(finished.state()).isEqualTo(StudyState.FINISHED);
        assertThat(finished.reached()).isEqualTo(finished.end()).isEqualTo(SimulationTime.ofDays(6));
        assertThat(site.contains(finished.result().orElseThrow())).isTrue();
        assertThat(folder.resolve("site/studies/1/run/result.json")).exists();
        assertThat(folder.resolve("site/studies/1/checkpoint")).doesNotExist();
        assertThat(site.actions()).containsExactly("study.start", "study.finish");
        AuditEvent begun = site.events().get(0);
        assertThat(begun.after()).matches("brain revision 1; SHA-256 of what it runs on [0-9a-f]{64}");
        assertThat(begun).isEqualTo(new AuditEvent("ada", "study.start", "study 1", "", begun.after(), ""));
        assertThat(start(UpgradePolicy.PIN).number()).isEqualTo(2);
        done(2);
        assertThat(studies.all()).hasSize(2);
    }

    @Test
    void whatCannotRunIsRefusedAtOnce() throws Exception {
        assertThatThrownBy(
                        () -> studies.start(SiteForTests.session(Role.INSPECTOR), "brain", caseFile, UpgradePolicy.PIN))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> studies.start(SiteForTests.SESSION, "liver", caseFile, UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class);
        site.plugins.add("1.1.0", newer);
        Files.writeString(caseFile, CASE.replace("\"stepped\"", "\"stepped\", \"version\": \"[1.1,2)\""));
        assertThatThrownBy(() -> start(UpgradePolicy.PIN))
                .as("a plugin that is there but not in the combination")
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there are 1.0.0");
        assertThat(studies.all()).isEmpty();
        assertThat(site.events()).isEmpty();
        assertThatThrownBy(() -> studies.get(7)).hasMessage("study: there is no study 7");
    }

    @Test
    void studyIsNotStartedOnACombinationThatWasChangedWhileItWasLookedAt() throws Exception {
        site.onceACombinationWasRead(this::upgrade);
        assertThatThrownBy(() -> start(UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("combination: brain was changed while the study was looked at; start the study again");
        assertThat(studies.all()).isEmpty();
        assertThat(site.events()).isEmpty();
        assertThat(start(UpgradePolicy.PIN).plugins())
                .extracting(PluginIdentity::version)
                .containsExactly("1.1.0");
        done(1);
    }

    @Test
    void aStudyOfATwinRunsTheVersionThatItWasStartedFrom() throws Exception {
        TwinReference first = new TwinReference("ONCO-2026-001", 1);
        site.twins.put(first, twin(first, CASE));
        String expected = undisturbed();
        Study study = studies.start(SiteForTests.SESSION, "brain", first, UpgradePolicy.PIN);
        assertThat(study.twin()).contains(first);
        assertThat(study.name()).isEqualTo("case of Mrs Lovelace");
        assertThat(done(1).result()).contains(expected);
        assertThat(site.events().get(0).after()).startsWith("brain revision 1, twin ONCO-2026-001 version 1; ");
        studies.close();
        studies = site.open();
        assertThat(studies.get(1).twin()).as("after opening the site again").contains(first);
        assertThat(studies.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.PIN)
                        .twin())
                .isEmpty();
        done(2);
    }

    @Test
    void aTwinThatCannotRunIsRefusedAtOnce() throws Exception {
        TwinReference other = new TwinReference("ONCO-2026-001", 2);
        site.twins.put(other, twin(other, CASE.replace("stepped", "unknown")));
        assertThatThrownBy(() -> studies.start(SiteForTests.SESSION, "brain", other, UpgradePolicy.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("growth.model");
        TwinReference none = new TwinReference("ONCO-2026-001", 3);
        assertThatThrownBy(() -> studies.start(SiteForTests.SESSION, "brain", none, UpgradePolicy.PIN))
                .hasMessage("version: no ONCO-2026-001 version 3");
        assertThatThrownBy(() -> studies.start(SiteForTests.session(Role.INSPECTOR), "brain", other, UpgradePolicy.PIN))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(studies.all()).isEmpty();
    }

    private TwinVersion twin(TwinReference reference, String text) throws IOException {
        String document = site.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new TwinVersion(reference, Instant.EPOCH, "ada", "why", document, Map.of(), List.of());
    }

    @Test
    void outputsAreAcknowledgedWithTheirStateInTheFolder() throws Exception {
        Hold hold = new Hold(model, 3);
        start(UpgradePolicy.PIN);
        hold.await();
        assertThat(studies.get(1).reached()).isEqualTo(SimulationTime.ofDays(3));
        try (var in = Files.newInputStream(folder.resolve("site/studies/1/checkpoint"))) {
            assertThat(site.plugins.format().read(in).state().time()).isEqualTo(SimulationTime.ofDays(3));
        }
        assertThat(studies.await(1, Duration.ofMillis(1)).state()).isEqualTo(StudyState.RUNNING);
        hold.release();
        done(1);
    }

    // ---- Pause and resume ----

    @Tag("SR-1501")
    @Test
    void pausedStudyGoesOnToTheSameBits() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        Asked<Study> pause = pause(1);
        hold.release();
        Study paused = pause.answer();
        assertThat(paused.state()).isEqualTo(StudyState.PAUSED);
        assertThat(paused.reached()).isEqualTo(SimulationTime.ofDays(3));
        assertThatThrownBy(() -> studies.pause(SiteForTests.SESSION, 1, "again"))
                .hasMessage("study: 1 is PAUSED and cannot be paused");
        studies.close();
        studies = site.open();
        assertThat(studies.get(1).state()).as("paused over a restart").isEqualTo(StudyState.PAUSED);
        studies.resume(SiteForTests.SESSION, 1, "back");
        Study finished = done(1);
        assertThat(finished.result()).contains(undisturbed());
        assertThat(model.steps).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(site.actions())
                .containsExactly("study.start", "study.pause", "study.pause", "study.resume", "study.finish");
        assertThat(site.events().get(1).reason()).isEqualTo("lunch");
        assertThatThrownBy(() -> studies.resume(SiteForTests.SESSION, 1, "again"))
                .hasMessage("study: 1 is FINISHED; only a paused study can be resumed");
    }

    private void pausedOnDay3() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        Asked<Study> pause = pause(1);
        hold.release();
        assertThat(pause.answer().reached()).isEqualTo(SimulationTime.ofDays(3));
    }

    /** A row counts only as long as it says what the trail said of it. */
    @Tag("SR-1501")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update study_plugin set version = '1.1.0', sha256 = '" + NEWER + "'",
                "update study_run set document = '" + NEWER + "'",
                "update study_run set inputs = '{\"mri.nii\":\"" + NEWER + "\"}'",
                "update study_run set twin = 'ONCO-2026-001', twin_version = 1",
                "update study_run set policy = 'MIGRATE'",
                "update study_run set combination = 'liver'",
                "update study_run set ends = 864000000",
                "insert into study_move values (1, 0, 86400000)"
            })
    void pausedStudyWhoseRowWasAlteredDoesNotGoOn(String attack) throws Exception {
        pausedOnDay3();
        assertThat(site.plugins.add("1.1.0", newer).sha256()).isEqualTo(NEWER);
        site.transact(connection -> connection.createStatement().executeUpdate(attack));
        assertThatThrownBy(() -> studies.resume(SiteForTests.SESSION, 1, "back"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("study: 1 in the database is not the one of the audit trail");
        assertThat(studies.get(1).state()).isEqualTo(StudyState.PAUSED);
        site.transact(
                connection -> connection.createStatement().executeUpdate("update study_run set state = 'RUNNING'"));
        studies.close();
        studies = site.open();
        Study paused = done(1);
        assertThat(paused.state()).as("when the site is opened").isEqualTo(StudyState.PAUSED);
        assertThat(paused.message()).startsWith("study: 1 in the database is not the one of the audit trail");
        assertThat(newer.steps).isEmpty();
        assertThat(model.steps).containsExactly(0.0, 1.0, 2.0);
    }

    @Tag("SR-1501")
    @Test
    void studyWhoseAcknowledgedStateIsGoneOrOlderIsPaused() throws Exception {
        pausedOnDay3();
        Path checkpoint = folder.resolve("site/studies/1/checkpoint");
        byte[] kept = Files.readAllBytes(checkpoint);
        Files.delete(checkpoint);
        studies.resume(SiteForTests.SESSION, 1, "back");
        assertThat(done(1).state()).isEqualTo(StudyState.PAUSED);
        assertThat(done(1).message())
                .isEqualTo("study: 1 was acknowledged up to " + done(1).reached()
                        + ", but its state of then is not there any more; restore the folder 'studies' of the site"
                        + " from a backup");
        Files.write(checkpoint, kept);
        SimulationTime later = SimulationTime.ofDays(5);
        site.transact(connection ->
                connection.createStatement().executeUpdate("update study_run set reached = " + later.milliseconds()));
        studies.resume(SiteForTests.SESSION, 1, "back");
        assertThat(done(1).message()).contains("its state of then is one of ");
        site.transact(connection -> connection.createStatement().executeUpdate("update study_run set reached = 0"));
        studies.resume(SiteForTests.SESSION, 1, "restored");
        assertThat(done(1).result()).contains(undisturbed());
    }

    @Test
    void studyThatIsResumedAgainAndAgainIsNeverLost() throws Exception {
        // The run before ends while the next one begins.
        for (double day = 0; day < 5; day++) {
            Hold hold = new Hold(model, day);
            if (day == 0) {
                start(UpgradePolicy.PIN);
            } else {
                studies.resume(SiteForTests.SESSION, 1, "");
            }
            hold.await();
            Asked<Study> pause = pause(1);
            hold.release();
            assertThat(pause.answer().state()).isEqualTo(StudyState.PAUSED);
        }
        studies.resume(SiteForTests.SESSION, 1, "");
        assertThat(done(1).result()).contains(undisturbed());
    }

    // ---- Move ----

    @Tag("SR-1503")
    @Test
    void studyThatMigratesMovesAtASafePointAndThePinnedOneStays() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        PluginIdentity fresh = upgrade();
        Asked<List<Moved>> move = move();
        hold.release();
        List<Moved> moved = move.answer();
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0).study().plugins()).containsExactly(fresh);
        assertThat(moved.get(0).pause()).isPositive();
        Study finished = done(1);
        assertThat(finished.state()).isEqualTo(StudyState.FINISHED);
        assertThat(finished.plugins()).containsExactly(fresh);
        assertThat(model.steps).containsExactly(0.0, 1.0, 2.0);
        assertThat(newer.steps).containsExactly(3.0, 4.0, 5.0);
        AuditEvent event = site.events().get(1);
        assertThat(event.action()).isEqualTo("study.move");
        assertThat(event.before()).isEmpty();
        assertThat(event.after())
                .startsWith("on day 3.0 from stepped 1.0.0 " + old.sha256() + " to stepped 1.1.0 " + fresh.sha256()
                        + "; moves so far: 1,");
        assertThat(finished.moves())
                .containsExactly(new StudyMove(SimulationTime.ofDays(3), List.of(old), List.of(fresh)));
    }

    @Tag("SR-1502")
    @Test
    void pinnedStudyEndsOnTheVersionThatItBeganWithAlsoOverARestart() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        upgrade();
        assertThat(studies.move("brain")).isEmpty();
        Asked<Object> closing = closing();
        hold.release();
        closing.answer();
        studies = site.open();
        Study finished = done(1);
        assertThat(finished.plugins()).containsExactly(old);
        assertThat(finished.result()).contains(undisturbed());
        assertThat(newer.steps).isEmpty();
    }

    private Asked<Object> closing() {
        return new Asked<>(() -> {
            try {
                studies.close();
                return "closed";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void moveThatChangesNothingIsNoMove() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        Asked<List<Moved>> move = move();
        hold.release();
        assertThat(move.answer()).isEmpty();
        assertThat(done(1).result()).contains(undisturbed());
        assertThat(site.actions()).doesNotContain("study.move", "study.stay");
    }

    @Tag("SR-1503")
    @Test
    void studyWhoseStateTheNewVersionRefusesStaysAndSaysSo() throws Exception {
        newer.migration = saved -> {
            throw new InvalidInputException("", "it kept no phase of the cell cycle");
        };
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        upgrade();
        Asked<List<Moved>> move = move();
        hold.release();
        assertThat(move.answer()).isEmpty();
        Study finished = done(1);
        assertThat(finished.plugins()).containsExactly(old);
        assertThat(finished.result()).contains(undisturbed());
        AuditEvent stay = site.events().get(1);
        assertThat(stay.action()).isEqualTo("study.stay");
        assertThat(stay.reason()).contains("it kept no phase of the cell cycle").doesNotContain("--resume");
    }

    @Tag("SR-1503")
    @Test
    void studyWhoseFirstStepFailsWithTheNewVersionStays() throws Exception {
        newer.beforeStep = day -> {
            throw new ArithmeticException("division of nothing");
        };
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        upgrade();
        Asked<List<Moved>> move = move();
        hold.release();
        assertThat(move.answer()).isEmpty();
        assertThat(done(1).result()).contains(undisturbed());
        assertThat(site.actions()).containsExactly("study.start", "study.stay", "study.finish");
    }

    @Test
    void pausedStudyThatMigratesMovesWhenItIsResumed() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        Asked<Study> pause = pause(1);
        hold.release();
        pause.answer();
        PluginIdentity fresh = upgrade();
        assertThat(studies.move("brain")).isEmpty();
        studies.resume(SiteForTests.SESSION, 1, "");
        assertThat(done(1).plugins()).containsExactly(fresh);
        assertThat(newer.steps).containsExactly(4.0, 5.0);
    }

    @Test
    void moveOfAStudyThatIsDoneIsNone() throws Exception {
        start(UpgradePolicy.MIGRATE);
        done(1);
        upgrade();
        assertThat(studies.move("brain")).isEmpty();
        assertThat(studies.get(1).plugins()).containsExactly(old);
    }

    /** Opened anew, so that the bound counts. */
    private void waitForMovesNoLongerThan(int seconds) throws Exception {
        studies.close();
        site.mostSecondsForMove = seconds;
        studies = site.open();
    }

    @Test
    void studyThatReachesNoSafePointInTimeStaysAndSaysSo() throws Exception {
        waitForMovesNoLongerThan(1);
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        upgrade();
        assertThat(move().answer()).isEmpty();
        assertThat(studies.get(1).state()).isEqualTo(StudyState.RUNNING);
        assertThat(studies.get(1).message()).isEqualTo("did not move: it reached no safe point within 1 s");
        AuditEvent stay = site.events().get(1);
        assertThat(stay.action()).isEqualTo("study.stay");
        assertThat(stay.reason()).isEqualTo("it reached no safe point within 1 s");
        hold.release();
        Study finished = done(1);
        assertThat(finished.plugins()).containsExactly(old);
        assertThat(finished.result()).contains(undisturbed());
        assertThat(newer.steps).isEmpty();
        assertThat(site.actions()).containsExactly("study.start", "study.stay", "study.finish");
    }

    @Test
    void studyThatStayedMovesWhenTheSiteIsOpenedAgain() throws Exception {
        waitForMovesNoLongerThan(1);
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        PluginIdentity fresh = upgrade();
        assertThat(move().answer()).isEmpty();
        Asked<Object> closing = closing();
        hold.release();
        closing.answer();
        studies = site.open();
        Study finished = done(1);
        assertThat(finished.plugins()).containsExactly(fresh);
        assertThat(finished.message()).isEmpty();
    }

    @Test
    void studyWhoseFirstStepWithTheNewVersionHangsGoesBackToTheOneBefore() throws Exception {
        waitForMovesNoLongerThan(5);
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        newer.untilCancelled = true;
        upgrade();
        Asked<List<Moved>> move = move();
        hold.release();
        assertThat(move.answer()).isEmpty();
        Study finished = done(1);
        assertThat(finished.plugins()).containsExactly(old);
        assertThat(finished.result()).contains(undisturbed());
        assertThat(site.events().get(1).action()).isEqualTo("study.stay");
        assertThat(site.events().get(1).reason()).isEqualTo("the new version took no step within 5 s");
    }

    @Test
    void pauseAndMoveAndCloseAtOnceDoNotHang() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        upgrade();
        Asked<List<Moved>> move = move();
        Asked<Study> pause = pause(1);
        Asked<Object> closing = closing();
        hold.release();
        assertThat(move.answer()).isEmpty();
        assertThat(pause.answer().state()).isIn(StudyState.RUNNING, StudyState.PAUSED);
        closing.answer();
        studies = site.open();
        if (studies.get(1).state() == StudyState.PAUSED) {
            studies.resume(SiteForTests.SESSION, 1, "");
        }
        assertThat(done(1).state()).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void pauseThatIsAskedAfterAMoveIsNotLost() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.MIGRATE);
        hold.await();
        upgrade();
        Asked<List<Moved>> move = move();
        Asked<Study> pause = pause(1);
        hold.release();
        assertThat(pause.answer().state()).isEqualTo(StudyState.PAUSED);
        assertThat(move.answer()).isEmpty();
    }

    // ---- What goes wrong ----

    @Tag("SR-1504")
    @Test
    void studyWhosePluginIsWithdrawnIsPausedAndGoesOnWhenItIsBack() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        site.plugins.remove(old);
        hold.release();
        Study paused = done(1);
        assertThat(paused.state()).isEqualTo(StudyState.PAUSED);
        assertThat(paused.message()).contains("stepped 1.0.0 was stopped while the run used it");
        site.unavailable.add(old);
        studies.resume(SiteForTests.SESSION, 1, "");
        assertThat(done(1).message()).contains("is no plugin that this site knows");
        site.unavailable.clear();
        site.plugins.add(old, model);
        studies.resume(SiteForTests.SESSION, 1, "");
        assertThat(done(1).result()).contains(undisturbed());
    }

    @Tag("SR-1504")
    @Test
    void studyWhoseModelFailsIsFailed() throws Exception {
        model.beforeStep = day -> {
            if (day == 2) {
                throw new ArithmeticException("division of nothing");
            }
        };
        start(UpgradePolicy.PIN);
        Study failed = done(1);
        assertThat(failed.state()).isEqualTo(StudyState.FAILED);
        assertThat(failed.message()).contains("day 2.0").contains("division of nothing");
        assertThat(failed.reached()).isEqualTo(SimulationTime.ofDays(2));
        assertThat(site.events().get(1).action()).isEqualTo("study.fail");
        assertThatThrownBy(() -> studies.resume(SiteForTests.SESSION, 1, ""))
                .hasMessageContaining("is FAILED; only a paused study can be resumed");
    }

    @Tag("SR-1504")
    @ParameterizedTest
    @MethodSource("messages")
    void messageThatNoDatabaseTakesIsKeptAsFarAsItCanBe(String message, String kept) throws Exception {
        model.beforeStep = day -> {
            throw new InvalidInputException("", message);
        };
        start(UpgradePolicy.PIN);
        Study failed = done(1);
        assertThat(failed.state()).isEqualTo(StudyState.FAILED);
        assertThat(failed.message()).contains(kept).hasSizeLessThanOrEqualTo(2000);
        assertThat(site.events().get(1).reason()).isEqualTo(failed.message());
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("nothing \0 at all", "nothing \ufffd at all"),
                Arguments.of("half \ud83d", "half \ufffd"),
                Arguments.of("whole \ud83d\ude00", "whole \ud83d\ude00"),
                Arguments.of("x".repeat(1_000_001), "xxx"));
    }

    @Test
    void assertionOfAModelFailsItsStudy() throws Exception {
        model.beforeStep = day -> {
            throw new AssertionError("the volume is negative");
        };
        start(UpgradePolicy.PIN);
        assertThat(done(1).state()).isEqualTo(StudyState.FAILED);
        assertThat(done(1).message()).contains("the volume is negative");
    }

    @Tag("SR-1504")
    @Test
    void studyWhoseEndCouldNotBeKeptCanBeResumed() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        assertThatThrownBy(() -> studies.resume(SiteForTests.SESSION, 1, "it runs"))
                .hasMessage("study: 1 is RUNNING; only a paused study can be resumed");
        site.faults.failFrom(1, new StoreException("the database is away"));
        hold.release();
        assertThat(done(1).state()).as("nobody could say that it stopped").isEqualTo(StudyState.RUNNING);
        site.faults.never();
        studies.resume(SiteForTests.SESSION, 1, "the database is back");
        assertThat(done(1).result()).contains(undisturbed());
    }

    @Test
    void modelThatLacksAClassFailsItsStudy() throws Exception {
        model.beforeStep = day -> {
            throw new NoClassDefFoundError("org/example/Missing");
        };
        start(UpgradePolicy.PIN);
        assertThat(done(1).state()).isEqualTo(StudyState.FAILED);
    }

    @Tag("SR-1504")
    @Test
    void siteThatCannotKeepAnythingPausesTheStudyWhichGoesOnFromWhatWasAcknowledged() throws Exception {
        Hold hold = new Hold(model, 2);
        start(UpgradePolicy.PIN);
        hold.await();
        site.faults.failAt(1, new StoreException("no space left in " + folder.resolve("site")));
        hold.release();
        Study paused = done(1);
        assertThat(paused.state()).isEqualTo(StudyState.PAUSED);
        assertThat(paused.message()).isEqualTo("no space left in the site");
        assertThat(paused.reached()).isEqualTo(SimulationTime.ofDays(2));
        site.faults.never();
        studies.resume(SiteForTests.SESSION, 1, "there is room again");
        assertThat(done(1).result()).contains(undisturbed());
    }

    /** Wherever the process ends, what was acknowledged is there, is not computed again, and leads to the same bits. */
    @Tag("SR-1501")
    @Test
    void crashAtEveryPointLosesNothingThatWasAcknowledged() throws Exception {
        String expected = undisturbed();
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        int crashes = 0;
        try {
            for (int point = 1; point < 1000; point++) {
                SteppedModel stepped = new SteppedModel();
                try (SiteForTests crashing = new SiteForTests(folder.resolve("crash-" + point), database())) {
                    PluginIdentity plugin = crashing.plugins.add("1.0.0", stepped);
                    crashing.combination("brain", plugin);
                    crashing.faults.crashAt(point);
                    SiteStudies before = crashing.open();
                    before.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.PIN);
                    Study left = before.await(1, LONG);
                    boolean crashed = crashing.faults.struck();
                    crashing.faults.never();
                    int steps = stepped.steps.size();
                    SiteStudies after = crashing.open();
                    Study finished = after.await(1, LONG);
                    assertThat(finished.state()).as("point %d", point).isEqualTo(StudyState.FINISHED);
                    assertThat(finished.result()).as("point %d", point).contains(expected);
                    assertThat(stepped.steps.subList(steps, stepped.steps.size()))
                            .as("point %d", point)
                            .allSatisfy(day -> assertThat(day)
                                    .isGreaterThanOrEqualTo(left.reached().days()));
                    assertThat(crashing.actions()).as("point %d", point).containsExactly("study.start", "study.finish");
                    if (!crashed) {
                        break;
                    }
                    crashes++;
                    // The thread tells of its end after the study is seen to run no more.
                    assertThat(uncaught.poll(30, TimeUnit.SECONDS)).isInstanceOf(Faults.Crash.class);
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(crashes).isGreaterThan(40);
    }

    /** H2 makes indexes for references by itself, PostgreSQL none. */
    @ParameterizedTest
    @ValueSource(strings = {"study_run", "study_plugin", "study_move_plugin"})
    void tableThatGrowsHasAnIndex(String table) throws Exception {
        List<String> indexes = site.transact(connection -> {
            DatabaseMetaData data = connection.getMetaData();
            String stored = data.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
            List<String> names = new ArrayList<>();
            try (ResultSet row = data.getIndexInfo(null, null, stored, false, true)) {
                while (row.next()) {
                    names.add(String.valueOf(row.getString("INDEX_NAME")).toLowerCase(Locale.ROOT));
                }
            }
            return names;
        });
        assertThat(indexes).anyMatch(name -> name.startsWith(table + "_by_"));
    }
}
