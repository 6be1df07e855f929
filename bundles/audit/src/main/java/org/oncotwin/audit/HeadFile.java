package org.oncotwin.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The file of heads, to which lines are only added. A line counts once its line end is there: half a line at the end is one that a crash cut short, and nobody was told of it. */
final class HeadFile {

    static final String NAME = "audit-heads.log";

    /** Longer than any line. */
    private static final int LONGEST = 512;

    private final Path folder;
    private final Path file;

    HeadFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(file);
    }

    Path path() {
        return file;
    }

    /** Length up to the end of the last whole line, in bytes. */
    long length() throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            return wholeLines(access);
        }
    }

    /** Begins the file. */
    HeadLine begin(Instant time, SiteKey key) throws IOException {
        HeadLine line = HeadLine.signed(0, new Head(0, time, EntryHash.NONE), EntryHash.NONE, key);
        write(line);
        DurableFolder.force(folder);
        return line;
    }

    /** Adds a head; it is on the disk when this returns. */
    HeadLine add(HeadLine last, Head head, SiteKey key) throws IOException {
        HeadLine line = HeadLine.signed(last.line() + 1, head, last.hash(), key);
        write(line);
        return line;
    }

    private void write(HeadLine line) throws IOException {
        // Not a channel: that would be closed by an interrupt.
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long end = wholeLines(access);
            access.setLength(end);
            access.seek(end);
            try {
                access.write((line.text() + "\n").getBytes(StandardCharsets.US_ASCII));
                access.getFD().sync();
            } catch (IOException failure) {
                access.setLength(end);
                throw failure;
            }
        }
    }

    /**
     * The last line.
     *
     * @return empty if there is none
     * @throws IllegalArgumentException if it is not a line of this file
     */
    Optional<HeadLine> last() throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            long end = wholeLines(access);
            if (end == 0) {
                return Optional.empty();
            }
            byte[] tail = new byte[(int) Math.min(LONGEST, end)];
            access.seek(end - tail.length);
            access.readFully(tail);
            String text = new String(tail, 0, tail.length - 1, StandardCharsets.US_ASCII);
            return Optional.of(HeadLine.parse(text.substring(text.lastIndexOf('\n') + 1)));
        }
    }

    private static long wholeLines(RandomAccessFile access) throws IOException {
        long end = access.length();
        byte[] tail = new byte[LONGEST];
        while (end > 0) {
            int length = (int) Math.min(LONGEST, end);
            access.seek(end - length);
            access.readFully(tail, 0, length);
            for (int i = length; i > 0; i--) {
                if (tail[i - 1] == '\n') {
                    return end - length + i;
                }
            }
            end -= length;
        }
        return 0;
    }
}
