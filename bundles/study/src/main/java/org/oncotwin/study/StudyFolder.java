package org.oncotwin.study;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;

/** The folder of a study: its last checkpoint, replaced at once, and in the end its run folder. */
final class StudyFolder {

    private final Path folder;
    private final CheckpointFormat format;

    StudyFolder(Path site, long number, CheckpointFormat format) {
        this.folder = site.resolve("studies").resolve(Long.toString(number));
        this.format = format;
    }

    /** Where the run folder goes. */
    Path run() {
        return folder.resolve("run");
    }

    private Path file() {
        return folder.resolve("checkpoint");
    }

    /** Replaces the checkpoint; it is safe from a crash when this returns. */
    void keep(Checkpoint checkpoint) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("checkpoint.part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            format.write(checkpoint, out);
            out.flush();
            channel.force(true);
        }
        Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(folder);
    }

    /** The rename itself must survive a crash, where a folder can be forced at all. */
    private static void force(Path folder) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** The last checkpoint, if there is one. */
    Optional<Checkpoint> checkpoint() throws IOException {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file()), 1 << 16)) {
            return Optional.of(format.read(in));
        }
    }

    /** The checkpoint of a study that is done is of no use. */
    void forget() throws IOException {
        Files.deleteIfExists(file());
    }
}
