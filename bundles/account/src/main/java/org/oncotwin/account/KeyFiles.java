package org.oncotwin.account;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.oncotwin.api.store.StoreException;

/** Keys in files of the site folder that only its owner can read. */
final class KeyFiles {

    private KeyFiles() {}

    /**
     * The key in a file; made at the first time.
     *
     * @param needed what there is that only this key fits, or nothing if there is none yet
     * @throws StoreException if the key is missing and there is something that only this key fits: a new one would make all of that worthless
     */
    static byte[] readOrMake(Path folder, String name, Optional<String> needed, Supplier<byte[]> maker) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                if (needed.isPresent()) {
                    throw new StoreException("the site has " + needed.get() + ", but their key " + name
                            + " is missing in its folder; restore it from a backup");
                }
                write(folder, file, maker.get());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StoreException("the key " + name + " of the site cannot be read or made", e);
        }
    }

    private static void write(Path folder, Path file, byte[] key) throws IOException {
        Path part = Files.createTempFile(folder, "key", ".part");
        if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        }
        try (FileChannel channel = FileChannel.open(part, EnumSet.of(StandardOpenOption.WRITE))) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /** Makes the list of names in a folder safe; Windows writes folders through and does not open them as files. */
    private static void force(Path folder) throws IOException {
        if (File.separatorChar != '\\') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
