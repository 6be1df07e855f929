package org.oncotwin.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Changes of files that are safe from a crash when they return. */
final class DurableFiles {

    private DurableFiles() {}

    /** Gives a file that is itself safe another name in one step, replacing what had it. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(to.getParent());
    }

    /** Makes the content of a file safe, or the list of names in a folder. An interrupt does not stop it, and is kept for the caller. */
    static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && File.separatorChar == '\\') {
            return; // Windows writes folders through and does not open them as files.
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(path, folder)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(Path path, boolean folder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException again) {
            return false;
        }
    }
}
