package org.oncotwin.audit;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the list of names in a folder safe from a crash. */
final class DurableFolder {

    private DurableFolder() {}

    /** An interrupt does not stop it, and is kept for the caller. */
    static void force(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return; // Windows writes folders through and does not open them as files.
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(folder)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException again) {
            return false;
        }
    }
}
