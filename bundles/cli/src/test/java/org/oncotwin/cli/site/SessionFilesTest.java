package org.oncotwin.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.plugin.InvalidInputException;

@Tag("SR-1204")
class SessionFilesTest {
    @TempDir
    Path folder;

    private Path home;
    private SessionFiles files;

    @BeforeEach
    void makeFiles() throws Exception {
        home = Files.createDirectory(folder.resolve("home"));
        files = SessionFiles.of(Map.of(), home);
    }

    private List<Path> kept() throws Exception {
        try (Stream<Path> list = Files.list(home.resolve(".local/state/oncotwin"))) {
            return list.toList();
        }
    }

    @Test
    void aTokenIsKeptForItsOwnerAlone() throws Exception {
        assertThat(files.read(folder.resolve("site"))).isEmpty();
        files.write(folder.resolve("site"), "token-1");
        assertThat(files.read(folder.resolve("site"))).contains("token-1");
        assertThat(kept()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().get(0))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".local/state/oncotwin"))))
                .isEqualTo("rwx------");
        files.delete(folder.resolve("site"));
        assertThat(files.read(folder.resolve("site"))).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void eachSiteHasItsOwnHoweverItIsNamed() throws Exception {
        Path one = Files.createDirectories(folder.resolve("one/site"));
        Path two = Files.createDirectories(folder.resolve("two/site"));
        files.write(one, "first");
        files.write(two, "second");
        assertThat(files.read(folder.resolve("two/../one/site"))).contains("first");
        Files.createSymbolicLink(folder.resolve("link"), two);
        assertThat(files.read(folder.resolve("link"))).contains("second");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        files.write(folder, "token");
        Files.setPosixFilePermissions(kept().get(0), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> files.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("others may read");
    }

    @Test
    void theFolderForStateIsTheOneOfTheEnvironmentIfItIsAbsolute() throws Exception {
        Path state = folder.resolve("state");
        SessionFiles.of(Map.of("XDG_STATE_HOME", state.toString()), home).write(folder, "token");
        assertThat(state.resolve("oncotwin")).isNotEmptyDirectory();
        SessionFiles.of(Map.of("XDG_STATE_HOME", "relative"), home).write(folder, "token");
        assertThat(kept()).hasSize(1);
    }
}
