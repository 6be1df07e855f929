package org.oncotwin.store;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.store.SiteFolder;
import org.oncotwin.api.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Contents as files {@code contents/ab/cdef...}, named by their SHA-256. A content is written to a file of its own, forced to the disk, given its name in one step, and then the
 * folder is forced to the disk: a name never stands for half a content, and writers of the same content do not disturb each other.
 */
@Component
public final class ContentFolder implements ContentStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final Path unfinished;

    /**
     * Opens the contents of a site and removes what a crash left unfinished.
     *
     * @throws StoreException if the folder cannot be made
     */
    @Activate
    public ContentFolder(@Reference SiteFolder site) {
        folder = site.path().resolve("contents");
        unfinished = folder.resolve("unfinished");
        try {
            Files.createDirectories(unfinished);
            DurableFiles.force(site.path());
            try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new StoreException("the contents of the site cannot be opened: " + failure.getMessage(), failure);
        }
    }

    @Override
    public String put(InputStream content) throws IOException {
        Path file = Files.createTempFile(unfinished, "", "");
        try {
            String sha256 = write(content, file);
            Path place = place(sha256);
            Path parent = place.getParent();
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
                DurableFiles.force(folder);
            }
            if (intact(place, sha256)) {
                // Another writer may have named it and not yet forced the folder.
                DurableFiles.force(place);
                DurableFiles.force(parent);
            } else {
                DurableFiles.rename(file, place);
            }
            return sha256;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String write(InputStream content, Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        // Not a channel: that would be closed by an interrupt.
        try (FileOutputStream output = new FileOutputStream(file.toFile())) {
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                digest.update(buffer, 0, length);
                output.write(buffer, 0, length);
            }
            output.getFD().sync();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean contains(String sha256) {
        return Files.isRegularFile(place(sha256), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        Path place = place(sha256);
        try {
            return new VerifyingInputStream(Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS), sha256(), sha256);
        } catch (NoSuchFileException missing) {
            throw missing(sha256);
        }
    }

    @Override
    public Path file(String sha256) throws IOException {
        Path place = place(sha256);
        if (!contains(sha256)) {
            throw missing(sha256);
        }
        if (!intact(place, sha256)) {
            throw VerifyingInputStream.changed(sha256);
        }
        return place;
    }

    private static FileNotFoundException missing(String sha256) {
        return new FileNotFoundException("content " + sha256 + " is not there");
    }

    /** True if the file is there and is the content of this hash. */
    private static boolean intact(Path file, String sha256) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream stream =
                new DigestInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), digest)) {
            byte[] buffer = new byte[BUFFER];
            int length = stream.read(buffer);
            while (length >= 0) {
                length = stream.read(buffer);
            }
        } catch (NoSuchFileException missing) {
            return false;
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    /** Only a hash becomes a part of a path. */
    private Path place(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "name of a content is '" + sha256 + "', allowed are 64 digits 0-9 and a-f");
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
