package org.oncotwin.audit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the file of heads in order and says what is wrong with it. */
final class HeadReader implements Closeable {

    private final Consumer<String> faults;
    /**
     * Lines of which all signatures were found to hold. Each line names the hash of the one before, so the hash of the last stands for all: who reads the same hash again need not
     * check the signatures again.
     *
     * @param lines how many
     * @param hash SHA-256 of the last
     */
    record Signed(long lines, String hash) {
        static final Signed NONE = new Signed(0, EntryHash.NONE);
    }

    private final Optional<SiteKey> key;
    private final Signed known;
    private final BufferedReader reader;
    private boolean asKnown;
    private String hash = EntryHash.NONE;
    private long line;
    private Head last;

    HeadReader(Path file, long bytes, Optional<SiteKey> key, Signed known, Consumer<String> faults) throws IOException {
        this.key = key;
        this.known = known;
        this.asKnown = known.lines() == 0;
        this.faults = faults;
        boolean there = Files.exists(file) && bytes > 0;
        InputStream stream = there ? new Beginning(Files.newInputStream(file), bytes) : InputStream.nullInputStream();
        Reader text = new InputStreamReader(stream, StandardCharsets.US_ASCII);
        reader = new BufferedReader(text);
        if (!there) {
            faults.accept(HeadFile.NAME + " is missing or empty");
        }
        if (key.isEmpty()) {
            faults.accept("the public key of the audit trail is missing: signatures of heads cannot be checked");
        }
    }

    /** The next head that can be compared; empty at the end. */
    Optional<Head> next() throws IOException {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            String before = hash;
            hash = EntryHash.sha256(text.getBytes(StandardCharsets.US_ASCII));
            long expected = line++;
            asKnown |= line == known.lines() && hash.equals(known.hash());
            try {
                HeadLine read = HeadLine.parse(text);
                check(read, expected, before);
                Head head = read.head();
                if (last != null && head.number() <= last.number()) {
                    fault(
                            expected,
                            "its entry " + head.number() + " is not after entry " + last.number()
                                    + " of the line before");
                } else {
                    last = head;
                    if (head.number() > 0) {
                        return Optional.of(head);
                    }
                }
            } catch (IllegalArgumentException unreadable) {
                fault(expected, unreadable.getMessage());
            }
        }
        return Optional.empty();
    }

    private void check(HeadLine read, long expected, String before) {
        if (read.line() != expected) {
            fault(expected, "it says that it is line " + read.line());
        }
        if (!read.previous().equals(before)) {
            fault(expected, "it is not bound to the line before");
        }
        if (expected >= known.lines() && key.isPresent() && !read.signedBy(key.get())) {
            fault(expected, "it is not signed by this site");
        }
        if (expected == 0 && (read.head().number() != 0 || !read.head().hash().equals(EntryHash.NONE))) {
            fault(expected, "it is not the beginning of a trail");
        }
    }

    /** True if the lines that were known are there as they were. */
    boolean isAsKnown() {
        return asKnown;
    }

    /** All lines read so far, which hold if nothing was found wrong. */
    Signed read() {
        return new Signed(line, hash);
    }

    private void fault(long number, String what) {
        faults.accept(HeadFile.NAME + ", line " + number + ": " + what);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** The first bytes of a file that grows meanwhile. */
    private static final class Beginning extends FilterInputStream {

        private long left;

        Beginning(InputStream stream, long bytes) {
            super(stream);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
