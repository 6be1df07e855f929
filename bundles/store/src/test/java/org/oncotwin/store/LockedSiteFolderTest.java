package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.store.StoreException;

@Tag("SR-1404")
class LockedSiteFolderTest {

    @TempDir
    Path parent;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void makesAFolderForItsOwnerAlone() throws IOException {
        Path folder = parent.resolve("a/b");
        LockedSiteFolder site = new LockedSiteFolder(folder);
        assertThat(permissions(site.path())).isEqualTo("rwx------");
        site.close();
        Path made = Files.createDirectory(
                parent.resolve("made"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        new LockedSiteFolder(made).close();
        assertThat(permissions(made)).isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesAFolderInUseThatOthersMayEnter() throws IOException {
        new LockedSiteFolder(parent.resolve("site")).close();
        Files.setPosixFilePermissions(parent.resolve("site"), PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(() -> new LockedSiteFolder(parent.resolve("site")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("r-x")
                .hasMessageContaining("chmod 700");
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> new LockedSiteFolder(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void isOpenOnceInAProcess() throws IOException {
        LockedSiteFolder first = new LockedSiteFolder(parent.resolve("site"));
        assertThatThrownBy(() -> new LockedSiteFolder(parent.resolve("site")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        first.close();
        new LockedSiteFolder(parent.resolve("site")).close();
    }

    @Test
    void isOpenInOneProcessAtATimeAndFreeWhenThatWasKilled() throws Exception {
        Path folder = parent.resolve("site");
        try (ChildJava first = ChildJava.start(OpenAndWait.class, folder.toString())) {
            String process = first.line();
            assertThatThrownBy(() -> new LockedSiteFolder(folder))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the site folder is open in process " + process
                            + ": only one process can open it at a time");
            first.kill();
        }
        new LockedSiteFolder(folder).close();
    }

    /** Opens a folder, says its process, and keeps it open until it is killed. */
    public static final class OpenAndWait {

        private OpenAndWait() {}

        public static void main(String[] arguments) throws IOException {
            new LockedSiteFolder(Path.of(arguments[0]));
            System.out.println(ProcessHandle.current().pid());
            System.in.read();
        }
    }
}
