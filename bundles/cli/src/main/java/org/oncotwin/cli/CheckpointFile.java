package org.oncotwin.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CheckpointFormat;

/**
 * A file with a checkpoint.
 *
 * @param option the option that names it
 * @param path where it is or shall be
 * @param format how it is written
 */
record CheckpointFile(String option, Path path, CheckpointFormat format) {
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Finds out before the run whether the file could be written after it. */
    void checkWritable() {
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(option, "'" + name() + "' is a folder; a file is needed");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException(option, "the folder of '" + name() + "' does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidInputException(option, "the folder of '" + name() + "' cannot be written to");
        }
    }

    Checkpoint read() {
        if (!Files.isRegularFile(path)) {
            throw new InvalidInputException(option, "'" + name() + "' is not a file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return format.read(in);
        } catch (IOException damaged) {
            throw new InvalidInputException(option, "'" + name() + "' cannot be used: " + damaged.getMessage());
        }
    }

    /** Writes the file whole or not at all. */
    void write(Checkpoint checkpoint) throws IOException {
        Path hidden = path.toAbsolutePath().resolveSibling("." + name() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(hidden))) {
                format.write(checkpoint, out);
            }
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(hidden);
        }
    }
}
