package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.plugin.InvalidInputException;

@Tag("SR-108")
class RunFoldersTest {
    private final RunFolders folders = new HiddenRunFolders();

    @TempDir
    Path place;

    @Test
    void nothingIsInPlaceBeforeTheCommitAndAllAfterIt() throws IOException {
        Path target = place.resolve("run");
        try (RunFolder run = folders.create(target, false)) {
            write(run, "fields/a.nii.gz", "content");
            assertThat(target).doesNotExist();
            run.commit();
            assertThat(target.resolve("fields/a.nii.gz")).hasContent("content");
        }
        assertThat(names(place)).containsExactly("run");
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        Path target = place.resolve("deep/er/run");
        assertThatThrownBy(() -> {
                    try (RunFolder run = folders.create(target, false)) {
                        write(run, "fields/a.nii.gz", "content");
                        throw new IOException("disk full");
                    }
                })
                .hasMessage("disk full");
        assertThat(names(place)).isEmpty();
    }

    @Test
    void anEmptyFolderIsFilledAndStaysEmptyIfTheRunFails() throws IOException {
        Path target = Files.createDirectory(place.resolve("run"));
        folders.create(target, false).close();
        assertThat(names(target)).isEmpty();

        try (RunFolder run = folders.create(target, false)) {
            write(run, "a", "content");
            run.commit();
        }
        assertThat(names(target)).containsExactly("a");
    }

    @Test
    void aFolderWithSomethingInItIsRefusedAndUntouched() throws IOException {
        Path target = Files.createDirectory(place.resolve("run"));
        Files.writeString(target.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> folders.create(target, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--out: the folder 'run' is not empty");
        assertThatThrownBy(() -> folders.check(target, true))
                .as("what is not a run is never overwritten")
                .hasMessageContaining("only a run is overwritten");
        assertThat(target.resolve("thesis.txt")).hasContent("years of work");
        assertThat(names(place)).containsExactly("run");
    }

    @Test
    void aRunIsReplacedWhenAskedAndKeptWhenTheNewOneFails() throws IOException {
        Path target = Files.createDirectory(place.resolve("run"));
        Files.writeString(target.resolve("result.json"), "old");
        Files.writeString(target.resolve("case.json"), "old");

        try (RunFolder run = folders.create(target, true)) {
            write(run, "result.json", "half");
        }
        assertThat(target.resolve("result.json")).hasContent("old");

        try (RunFolder run = folders.create(target, true)) {
            write(run, "result.json", "new");
            run.commit();
        }
        assertThat(names(place)).containsExactly("run");
        assertThat(names(target)).containsExactly("result.json");
        assertThat(target.resolve("result.json")).hasContent("new");
    }

    @Test
    void aFolderThatFillsWhileTheRunGoesOnIsNotOverwritten() throws IOException {
        Path target = place.resolve("run");
        try (RunFolder run = folders.create(target, false)) {
            write(run, "a", "content");
            Files.createDirectory(target);
            Files.writeString(target.resolve("theirs"), "other");
            assertThatThrownBy(run::commit).isInstanceOf(IOException.class);
        }
        assertThat(names(place)).containsExactly("run");
        assertThat(names(target)).containsExactly("theirs");
    }

    @Test
    void filesAndPathsThroughFilesAreRefused() throws IOException {
        Path file = Files.writeString(place.resolve("file"), "x");

        assertThatThrownBy(() -> folders.check(file, true)).hasMessageContaining("'file' is a file");
        assertThatThrownBy(() -> folders.check(file.resolve("run"), false)).hasMessageContaining("'file' is a file");
    }

    @Test
    void aLinkToAnEmptyFolderStaysALink() throws IOException {
        Path real = Files.createDirectory(place.resolve("real"));
        Path link = Files.createSymbolicLink(place.resolve("link"), real);
        try (RunFolder run = folders.create(link, false)) {
            write(run, "a", "content");
            run.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(real.resolve("a")).hasContent("content");
    }

    @Test
    void pathsThatLeaveTheFolderAreRefused() throws IOException {
        try (RunFolder run = folders.create(place.resolve("run"), false)) {
            for (String path : List.of("../x", "a/../../x", "/x", "", ".", "a/./b", "a\\b")) {
                assertThatThrownBy(() -> run.create(path)).as(path).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(names(place)).isEmpty();
    }

    private static void write(RunFolder run, String path, String content) throws IOException {
        try (OutputStream out = run.create(path)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
