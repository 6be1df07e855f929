package org.oncotwin.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.oncotwin.api.store.StoreException;

/** A content on its way out. At its end its hash is compared; whoever stops before the end has read unchecked bytes. */
final class VerifyingInputStream extends FilterInputStream {

    private final MessageDigest digest;
    private final String expected;
    private String actual = "";

    VerifyingInputStream(InputStream content, MessageDigest digest, String expected) {
        super(content);
        this.digest = digest;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count >= 0) {
            digest.update(buffer, offset, count);
            return count;
        }
        if (actual.isEmpty()) {
            actual = HexFormat.of().formatHex(digest.digest());
        }
        if (!actual.equals(expected)) {
            throw changed(expected);
        }
        return -1;
    }

    /** Reads what it skips: all bytes count for the hash. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[8192];
        long skipped = 0;
        while (skipped < count) {
            int length = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (length < 0) {
                return skipped;
            }
            skipped += length;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public synchronized void mark(int limit) {
        // Not supported.
    }

    @Override
    public synchronized void reset() throws IOException {
        throw new IOException("mark is not supported");
    }

    static StoreException changed(String sha256) {
        return new StoreException("content " + sha256 + " was changed after it was kept");
    }
}
