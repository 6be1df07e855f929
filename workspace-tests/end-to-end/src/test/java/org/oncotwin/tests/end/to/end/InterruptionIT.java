package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped in the middle leaves no half folder, and goes on from its checkpoint as if nothing had been. */
@Tag("SR-108")
class InterruptionIT {
    private static final OncoTwin ONCOTWIN = OncoTwin.ofThisJava();

    /** Early enough that most of the run is still to come. */
    private static final Predicate<String> A_FIFTH = line -> line.contains("(20 %)");

    @TempDir
    Path folder;

    /** Steps much smaller than needed make a run of seconds on a small grid. */
    @BeforeEach
    void writeALongCase() throws Exception {
        GliomaCase.write(folder, GliomaCase.with("\"version\": ", "\"max_step\": \"0.01 d\", \"version\": "));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Tag("SR-207")
    @Test
    void controlCWritesTheCheckpointAndResumeGivesTheBitsOfARunWithoutABreak() throws Exception {
        List<String> before = names();
        RunningCommand running = ONCOTWIN.start(
                folder, "run", "case.json", "--out", "broken", "--checkpoint", "run.checkpoint", "--threads", "1");
        running.awaitLine(A_FIFTH);
        running.interrupt();
        OncoTwin.Outcome stopped = running.end();

        stopped.failsWith(130);
        assertThat(stopped.err()).contains("wrote the checkpoint of day ", " to run.checkpoint", "cancelled");
        assertThat(names()).containsAll(before).contains("run.checkpoint").hasSize(before.size() + 1);

        ONCOTWIN.run(folder, "run", "case.json", "--out", "resumed", "--resume", "run.checkpoint", "--threads", "2")
                .succeeds();
        ONCOTWIN.run(folder, "run", "case.json", "--out", "whole", "--threads", "1")
                .succeeds();
        Result resumed = Result.in(folder.resolve("resumed"));
        Result whole = Result.in(folder.resolve("whole"));
        assertThat(resumed.bits()).usingRecursiveComparison().isEqualTo(whole.bits());
        assertThat(resumed.stateHash()).isEqualTo(whole.stateHash());
        assertThat(resumed.requestHash()).isEqualTo(whole.requestHash());
        assertThat(folder.resolve("resumed/report.html")).isNotEmptyFile();

        Files.writeString(folder.resolve("case.json"), GliomaCase.with("\"age\": 62", "\"age\": 63"));
        OncoTwin.Outcome other =
                ONCOTWIN.run(folder, "run", "case.json", "--out", "other", "--resume", "run.checkpoint");
        other.failsWith(2);
        assertThat(other.problems()).singleElement().asString().contains("--resume", "made by another case");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Tag("SR-803")
    @Test
    void controlCWithoutACheckpointLeavesNothing() throws Exception {
        List<String> before = names();
        RunningCommand running = ONCOTWIN.start(folder, "run", "case.json", "--out", "a/b/broken", "--fields");
        running.awaitLine(A_FIFTH);
        running.interrupt();

        running.end().failsWith(130);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void aKilledRunLeavesNoRunFolderAndIsNotInTheWayOfTheNext() throws Exception {
        List<String> before = names();
        RunningCommand running = ONCOTWIN.start(folder, "run", "case.json", "--out", "killed", "--fields");
        running.awaitLine(A_FIFTH);
        running.kill();

        assertThat(folder.resolve("killed")).doesNotExist();
        assertThat(names())
                .filteredOn(name -> !before.contains(name))
                .allMatch(name -> name.startsWith(".killed.") && name.endsWith(".part"));
        Files.writeString(folder.resolve("case.json"), GliomaCase.EXAMPLE);
        ONCOTWIN.run(folder, "run", "case.json", "--out", "killed").succeeds();
        assertThat(Result.in(folder.resolve("killed")).times()).hasSize(27);
    }
}
