package org.oncotwin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The folder of the site, which only its owner may enter and only one process opens at a time. The operating system frees the lock when the process ends, however it ends. */
@Designate(ocd = Config.class)
@Component(immediate = true, configurationPid = Config.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LockedSiteFolder implements SiteFolder {

    private static final String LOCK = "lock";

    /** Far behind the text: where locks are mandatory, others can still read who has it. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;

    /**
     * Opens the folder.
     *
     * @throws StoreException if it cannot be made, others may enter it, or another process has it open
     */
    @Activate
    public LockedSiteFolder(Config config) {
        this(folder(config.folder()));
    }

    LockedSiteFolder(Path folder) {
        try {
            make(folder);
            path = folder.toRealPath();
            lock = lock(path.resolve(LOCK));
        } catch (IOException failure) {
            throw new StoreException("the site folder cannot be opened: " + failure.getMessage(), failure);
        }
    }

    private static Path folder(String text) {
        if (text == null || text.isBlank()) {
            throw new StoreException("folder of the site is empty, allowed is an absolute path");
        }
        Path folder = Path.of(text);
        if (!folder.isAbsolute()) {
            throw new StoreException("folder of the site is '" + text + "', allowed is an absolute path");
        }
        return folder.normalize();
    }

    private static void make(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (posix) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER));
            } else {
                Files.createDirectory(folder);
            }
            if (parent != null) {
                DurableFiles.force(parent);
            }
        } else if (!Files.isDirectory(folder)) {
            throw new StoreException("the site folder is not a folder");
        } else if (posix) {
            closeToOthers(folder);
        }
    }

    /** A new folder that somebody made in the usual way is closed to others; one that has been in use that way is a matter for its owner. */
    private static void closeToOthers(Path folder) throws IOException {
        Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
        open.removeAll(OWNER);
        if (open.isEmpty()) {
            return;
        }
        try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
            if (contents.iterator().hasNext()) {
                throw new StoreException("the site folder may be entered by others ("
                        + PosixFilePermissions.toString(open) + "), allowed is its owner alone: chmod 700");
            }
        }
        Files.setPosixFilePermissions(folder, OWNER);
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock(LOCKED_BYTE, 1, false);
            if (taken == null) {
                throw new StoreException("the site folder is open in process " + holder(channel)
                        + ": only one process can open it at a time");
            }
            byte[] process = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(process), 0);
            return channel;
        } catch (OverlappingFileLockException same) {
            channel.close();
            throw new StoreException("the site folder is open in process "
                    + ProcessHandle.current().pid() + ", which is this one");
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** The process that has the lock writes its number after it took it; before that there is none, or that of one before. */
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String process = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return process.matches("\\d+") ? process : "(number not yet known)";
    }

    @Deactivate
    void close() throws IOException {
        lock.close();
    }

    @Override
    public Path path() {
        return path;
    }
}
