package org.oncotwin.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.StateComponent;

/** A study that is finished is run again as it ran, to the bit, whatever its combination uses by then. */
@Timeout(120)
class StudyReplayTest {

    private static final ReplayProgress SILENT = (start, now, end) -> {};
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

    @BeforeEach
    void open() throws Exception {
        site = new SiteForTests(folder.resolve("site"), DriverManager.getConnection("jdbc:h2:mem:"));
        old = site.plugins.add("1.0.0", model);
        site.shelf.put(old, model);
        site.combination("brain", old);
        caseFile = Files.writeString(folder.resolve("case.json"), CASE);
        studies = site.open();
        // A version that computes something else, and whose state is not the one of the version before.
        newer.migration = saved -> saved.stream().map(StudyReplayTest::larger).toList();
    }

    private static StateComponent larger(StateComponent component) {
        ScalarComponent scalar = (ScalarComponent) component;
        return new ScalarComponent(scalar.quantity(), scalar.owner(), scalar.schemaVersion(), 1.25 * scalar.value());
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

    private PluginIdentity upgrade() {
        PluginIdentity fresh = site.plugins.add("1.1.0", newer);
        site.shelf.put(fresh, newer);
        site.combination("brain", fresh);
        return fresh;
    }

    /** The version before goes, as it does once nothing needs it. */
    private void sweepOld() {
        site.plugins.remove(old);
    }

    private Study finished(UpgradePolicy policy) throws Exception {
        studies.start(SiteForTests.SESSION, "brain", caseFile, policy);
        return done();
    }

    private Study done() throws InterruptedException {
        Study study = studies.await(1, Duration.ofSeconds(30));
        assertThat(study.state()).as(study.message()).isEqualTo(StudyState.FINISHED);
        return study;
    }

    /** Does something within the step that begins on a day. */
    private static void on(SteppedModel model, double day, Runnable action) {
        model.beforeStep = now -> {
            if (now == day) {
                action.run();
            }
        };
    }

    private StudyReplay replay() throws IOException {
        return studies.replay(SiteForTests.SESSION, 1, SILENT, Cancellation.NEVER);
    }

    private AuditEvent last() {
        return site.events().get(site.events().size() - 1);
    }

    /** Everything of the site by path, with its content. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(file + ": " + Files.readString(file));
            }
            return all;
        }
    }

    // ---- Pinned ----

    @Test
    void studyIsReplayedOnTheVersionThatItRanOnWhichGoesAgainAfterwards() throws Exception {
        Study study = finished(UpgradePolicy.PIN);
        upgrade();
        sweepOld();
        List<String> before = files();
        List<SimulationTime> seen = new ArrayList<>();
        StudyReplay replay = studies.replay(
                SiteForTests.SESSION,
                1,
                (start, now, end) -> {
                    assertThat(start).isEqualTo(SimulationTime.ZERO);
                    assertThat(end).isEqualTo(SimulationTime.ofDays(6));
                    assertThat(site.plugins.has(old)).isTrue();
                    assertThat(studies.needed()).containsExactly(old);
                    seen.add(now);
                },
                Cancellation.NEVER);
        assertThat(replay.differences()).isEmpty();
        assertThat(replay.origins()).isEmpty();
        assertThat(replay.isIdentical()).isTrue();
        assertThat(seen).hasSize(6).isSorted();
        assertThat(model.steps).hasSize(12);
        assertThat(newer.steps).isEmpty();
        assertThat(site.plugins.has(old))
                .as("it was there for the replay alone")
                .isFalse();
        assertThat(studies.needed()).isEmpty();
        assertThat(files()).as("nothing is written").isEqualTo(before);
        assertThat(studies.get(1)).isEqualTo(study);
        assertThat(last())
                .isEqualTo(new AuditEvent(
                        "ada", "study.replay", "study 1", study.result().orElseThrow(), "identical bit for bit", ""));
    }

    @Test
    void whatIsInUseStaysAfterAReplay() throws Exception {
        finished(UpgradePolicy.PIN);
        assertThat(replay().isIdentical()).isTrue();
        assertThat(site.plugins.has(old)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ChangeState.class)
    void whatAnOpenChangeNeedsStaysAfterAReplay(ChangeState state) throws Exception {
        finished(UpgradePolicy.PIN);
        PluginIdentity fresh = upgrade();
        sweepOld();
        site.changes.add(new Change(
                1, "brain", old, fresh, "correction", "", "", state, "", Optional.empty(), List.of(), List.of()));
        assertThat(replay().isIdentical()).isTrue();
        assertThat(site.plugins.has(old)).isEqualTo(state != ChangeState.ACCEPTED && state != ChangeState.ROLLED_BACK);
        site.changes.clear();
        assertThat(replay().isIdentical()).isTrue();
        assertThat(site.plugins.has(old)).as("once the change is settled").isFalse();
    }

    @Test
    void inspectorsMayReplayToo() throws Exception {
        finished(UpgradePolicy.PIN);
        assertThat(studies.replay(SiteForTests.session(Role.INSPECTOR), 1, SILENT, Cancellation.NEVER)
                        .isIdentical())
                .isTrue();
    }

    @Test
    void aModelThatComputesSomethingElseIsFound() throws Exception {
        finished(UpgradePolicy.PIN);
        SteppedModel impostor = new SteppedModel();
        site.plugins.remove(old);
        site.plugins.add(old, impostor);
        site.shelf.put(old, impostor);
        caseFileParameter("0.1 /d", "0.2 /d");
        StudyReplay replay = replay();
        assertThat(replay.isIdentical()).isFalse();
        assertThat(replay.differences()).anySatisfy(difference -> assertThat(difference)
                .startsWith("tumour.volume: 6 of 7 values differ, first on day 1.0"));
        assertThat(last().after()).startsWith("differs: ");
    }

    /** Alters the kept case, as nothing but an attack can. */
    private void caseFileParameter(String there, String instead) throws IOException {
        for (Path file :
                Files.list(folder.resolve("site")).filter(Files::isRegularFile).toList()) {
            String text = Files.readString(file);
            if (text.startsWith("{ \"case\"")) {
                Files.writeString(file, text.replace(there, instead));
            }
        }
    }

    // ---- Moved ----

    @Test
    void studyThatMovedIsReplayedOnEachVersionUpToTheDayOfItsMove() throws Exception {
        CompletableFuture<Object> moved = new CompletableFuture<>();
        on(model, 2, () -> {
            upgrade();
            asked(() -> moved.complete(studies.move("brain")));
        });
        studies.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.MIGRATE);
        Study study = done();
        moved.get(30, TimeUnit.SECONDS);
        assertThat(study.moves()).hasSize(1);
        double day = study.moves().get(0).at().days();
        assertThat(day).isEqualTo(3);
        model.beforeStep = now -> {};
        sweepOld();
        model.steps.clear();
        newer.steps.clear();
        assertThat(replay().differences()).isEmpty();
        assertThat(model.steps).containsExactly(0.0, 1.0, 2.0);
        assertThat(newer.steps).containsExactly(3.0, 4.0, 5.0);
        assertThat(site.plugins.has(old)).isFalse();
        assertThat(last().after()).isEqualTo("identical bit for bit");
    }

    /** Asks for something that takes until the next safe point; returns once it is asked. */
    private static Thread asked(Runnable question) {
        Thread asking = new Thread(question);
        asking.setDaemon(true);
        asking.start();
        while (asking.isAlive()
                && asking.getState() != Thread.State.WAITING
                && asking.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return asking;
    }

    @Test
    void studyThatWasPausedAndMovedWhenItWentOnIsReplayed() throws Exception {
        CompletableFuture<Study> paused = new CompletableFuture<>();
        on(model, 2, () -> {
            asked(() -> paused.complete(studies.pause(SiteForTests.SESSION, 1, "lunch")));
        });
        studies.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.MIGRATE);
        assertThat(paused.get(30, TimeUnit.SECONDS).state()).isEqualTo(StudyState.PAUSED);
        PluginIdentity fresh = upgrade();
        studies.resume(SiteForTests.SESSION, 1, "");
        Study study = done();
        assertThat(study.moves())
                .containsExactly(new StudyMove(SimulationTime.ofDays(4), List.of(old), List.of(fresh)));
        model.beforeStep = now -> {};
        assertThat(replay().differences()).isEmpty();
    }

    @Test
    void moveThatWasNotKeptBeforeACrashIsWhereTheStudyWentOn() throws Exception {
        List<StudyMove> moves =
                List.of(move(1, "1.0.0", "1.1.0"), move(3, "1.1.0", "1.2.0"), move(4, "1.2.0", "1.3.0"));
        List<PluginIdentity> now = List.of(plugin("1.3.0"));
        assertThat(StudyMoves.undone(now, moves)).containsExactly(plugin("1.0.0"));
        assertThat(StudyMoves.from(day(4), moves, now)).isEqualTo(moves);
        assertThat(StudyMoves.from(day(2), moves, now))
                .containsExactly(move(1, "1.0.0", "1.1.0"), move(2, "1.1.0", "1.3.0"));
        assertThat(StudyMoves.from(Optional.empty(), moves, now)).isEmpty();
        List<StudyMove> there = List.of(move(1, "1.0.0", "1.1.0"), move(2, "1.1.0", "1.0.0"));
        assertThat(StudyMoves.from(day(0), there, List.of(plugin("1.0.0")))).isEmpty();
    }

    private static Optional<SimulationTime> day(double day) {
        return Optional.of(SimulationTime.ofDays(day));
    }

    private PluginIdentity plugin(String version) {
        return new PluginIdentity(old.kind(), old.id(), version, old.bundle(), version);
    }

    private StudyMove move(double day, String from, String to) {
        return new StudyMove(SimulationTime.ofDays(day), List.of(plugin(from)), List.of(plugin(to)));
    }

    /** Wherever the process ends around a move, the record says where the study really went over. */
    @Test
    void studyThatCrashedAtAnyPointAroundAMoveIsReplayed() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
        int replays = 0;
        try {
            for (int point = 1; point < 200; point += 3) {
                SteppedModel first = new SteppedModel();
                SteppedModel second = new SteppedModel();
                second.migration = newer.migration;
                try (SiteForTests crashing = new SiteForTests(
                        folder.resolve("crash-" + point), DriverManager.getConnection("jdbc:h2:mem:"))) {
                    PluginIdentity one = crashing.plugins.add("1.0.0", first);
                    crashing.combination("brain", one);
                    SiteStudies before = crashing.open();
                    on(first, 2, () -> {
                        PluginIdentity two = crashing.plugins.add("1.1.0", second);
                        crashing.combination("brain", two);
                        asked(() -> before.move("brain"));
                    });
                    crashing.faults.crashAt(point);
                    before.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.MIGRATE);
                    before.await(1, Duration.ofSeconds(30));
                    boolean crashed = crashing.faults.struck();
                    crashing.faults.never();
                    first.beforeStep = now -> {};
                    SiteStudies after = crashing.open();
                    Study end = after.await(1, Duration.ofSeconds(30));
                    assertThat(end.state())
                            .as("point %d: %s", point, end.message())
                            .isEqualTo(StudyState.FINISHED);
                    assertThat(after.replay(SiteForTests.SESSION, 1, SILENT, Cancellation.NEVER)
                                    .differences())
                            .as("point %d, moves %s", point, end.moves())
                            .isEmpty();
                    replays++;
                    if (!crashed) {
                        break;
                    }
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(replays).isGreaterThan(10);
    }

    // ---- What is refused, and what was altered ----

    @Test
    void onlyWhatIsFinishedIsReplayed() throws Exception {
        model.beforeStep = day -> {
            throw new ArithmeticException("division of nothing");
        };
        studies.start(SiteForTests.SESSION, "brain", caseFile, UpgradePolicy.PIN);
        studies.await(1, Duration.ofSeconds(30));
        assertThatThrownBy(this::replay)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("study: 1 is FAILED; only a finished study has a result to replay");
    }

    @Test
    void alteredRunFolderIsFoundThoughTheResultIsThere() throws Exception {
        finished(UpgradePolicy.PIN);
        Path result = folder.resolve("site/studies/1/run/result.json");
        Files.writeString(result, Files.readString(result).replaceFirst("2\\.0", "3.0"));
        StudyReplay replay = replay();
        assertThat(replay.differences())
                .singleElement()
                .asString()
                .startsWith("result.json in the run folder was altered");
        assertThat(replay.isIdentical()).isFalse();
        assertThat(last().after()).isEqualTo("differs: 1 differences");
    }

    @Test
    void resultThatIsGoneFromTheContentsIsReadFromTheRunFolder() throws Exception {
        String hash = finished(UpgradePolicy.PIN).result().orElseThrow();
        Files.delete(folder.resolve("site").resolve(hash));
        assertThat(replay().differences()).containsExactly("the kept result: content " + hash + " is not there");
        Files.delete(folder.resolve("site/studies/1/run/result.json"));
        assertThatThrownBy(this::replay)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no result any more: content " + hash)
                .hasMessageContaining("from a backup");
        assertThat(last().after()).isEqualTo("could not be carried out");
    }

    @Test
    void rowsThatAreNotThoseOfTheTrailAreFound() throws Exception {
        finished(UpgradePolicy.PIN);
        site.transact(connection ->
                connection.createStatement().executeUpdate("update study_run set result = '" + "0".repeat(64) + "'"));
        assertThat(replay().differences()).singleElement().asString().contains("is not the one of the audit trail");
        site.transact(connection ->
                connection.createStatement().executeUpdate("insert into study_move values (1, 0, 86400000)"));
        assertThatThrownBy(this::replay)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 in the database is not the one of the audit trail");
    }

    @Test
    void versionThatCannotBeHadIsNamedWithWhatToDo() throws Exception {
        finished(UpgradePolicy.PIN);
        sweepOld();
        site.unavailable.add(old);
        assertThatThrownBy(this::replay)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("stepped 1.0.0: cannot be had any more")
                .hasMessageContaining("from a backup");
        assertThat(studies.needed()).isEmpty();
    }

    @Test
    void caseThatIsGoneIsSaid() throws Exception {
        finished(UpgradePolicy.PIN);
        for (Path file :
                Files.list(folder.resolve("site")).filter(Files::isRegularFile).toList()) {
            if (Files.readString(file).startsWith("{ \"case\"")) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(this::replay)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its case or a file of it cannot be had any more")
                .hasMessageContaining("from a backup");
    }

    @Test
    void replayCanBeCancelled() throws Exception {
        finished(UpgradePolicy.PIN);
        model.steps.clear();
        assertThatThrownBy(() -> studies.replay(SiteForTests.SESSION, 1, SILENT, () -> model.steps.size() >= 2))
                .isInstanceOf(CancellationException.class);
        assertThat(model.steps).hasSize(2);
        assertThat(last().after()).isEqualTo("cancelled");
        assertThat(studies.needed()).isEmpty();
    }
}
