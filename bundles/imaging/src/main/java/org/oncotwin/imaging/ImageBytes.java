package org.oncotwin.imaging;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.oncotwin.api.imaging.ImageException;

/**
 * The bytes of a file from its start, unpacked if the file begins with the gzip magic (its name does not count). Every failure
 * is an {@link ImageException} without the folder of the file.
 */
final class ImageBytes implements Closeable {

    /** Deflate encodes at most 258 bytes in 2 bits, so a gzip file holds at most 1032 times its length (RFC 1951; zlib, "Maximum compression factor"). */
    private static final long LARGEST_GZIP_RATIO = 1032;

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final long fileLength;
    private final boolean compressed;
    private final InputStream stream;

    private ImageBytes(String name, long fileLength, boolean compressed, InputStream stream) {
        this.name = name;
        this.fileLength = fileLength;
        this.compressed = compressed;
        this.stream = stream;
    }

    /** Opens a file. */
    static ImageBytes open(Path file, String name) throws ImageException {
        long length;
        InputStream raw;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw Refusal.of(
                        name, "is not a regular file but " + (attributes.isDirectory() ? "a folder" : "a device"));
            }
            length = attributes.size();
            if (length == 0) {
                throw Refusal.of(name, "is empty");
            }
            raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        } catch (IOException e) {
            throw failure(name, e);
        }
        try {
            raw.mark(2);
            boolean compressed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new ImageBytes(name, length, compressed, compressed ? new GZIPInputStream(raw, BUFFER) : raw);
        } catch (IOException e) {
            try {
                raw.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw failure(name, e);
        }
    }

    /** Name of the file without its folder. */
    String name() {
        return name;
    }

    /** True if the file is a gzip stream. */
    boolean compressed() {
        return compressed;
    }

    /** Length of the file as it lies on disk. */
    long fileLength() {
        return fileLength;
    }

    /** Most bytes that the file can possibly hold, unpacked. */
    long largestContent() {
        return compressed ? Math.multiplyExact(Math.min(fileLength, 1L << 50), LARGEST_GZIP_RATIO) : fileLength;
    }

    /** Fills the start of an array, as far as there are bytes, and returns how many there were. */
    int read(byte[] target, int from, int count) throws ImageException {
        try {
            return stream.readNBytes(target, from, count);
        } catch (IOException e) {
            throw failure(name, e);
        } catch (StackOverflowError e) {
            // The JDK reads the members of a gzip file by recursion: thousands of empty ones are an attack, not an
            // image.
            throw new ImageException(name + ": the gzip stream is made of thousands of empty parts", e);
        }
    }

    /** Steps over bytes and returns how many there were. */
    long skip(long count) throws ImageException {
        byte[] waste = new byte[(int) Math.min(count, BUFFER)];
        long done = 0;
        while (done < count) {
            int n = read(waste, 0, (int) Math.min(count - done, waste.length));
            if (n == 0) {
                break;
            }
            done += n;
        }
        return done;
    }

    /** Asks for one byte more, which makes the gzip checksum be checked. True if there is none. */
    boolean ends() throws ImageException {
        return read(new byte[1], 0, 1) == 0;
    }

    @Override
    public void close() throws ImageException {
        try {
            stream.close();
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /** Messages of file system exceptions hold whole paths, so they are told in other words and not kept as a cause. */
    private static ImageException failure(String name, IOException e) {
        if (e instanceof ImageException known) {
            return known;
        } else if (e instanceof NoSuchFileException) {
            return Refusal.of(name, "does not exist");
        } else if (e instanceof AccessDeniedException) {
            return Refusal.of(name, "must not be read: access denied");
        } else if (e instanceof EOFException) {
            return new ImageException(name + ": the gzip stream ends too early", e);
        } else if (e instanceof ZipException) {
            return new ImageException(name + ": the gzip stream is damaged: " + e.getMessage(), e);
        }
        return Refusal.of(name, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
}
