package org.oncotwin.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;

/** The hash of an entry; the bytes it is taken of are described in the package. */
final class EntryHash {

    /** Stands for the hash of the entry before the first. */
    static final String NONE = "0".repeat(64);

    private static final String LAYOUT = "org.oncotwin.audit/1";

    private EntryHash() {}

    static String of(AuditEntry entry) {
        return of(entry.number(), entry.time(), entry.event(), entry.previous());
    }

    static String of(long number, Instant time, AuditEvent event, String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            text(output, LAYOUT);
            output.writeLong(number);
            output.writeLong(time.toEpochMilli());
            text(output, event.actor());
            text(output, event.action());
            text(output, event.subject());
            text(output, event.before());
            text(output, event.after());
            text(output, event.reason());
            text(output, previous);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return sha256(bytes.toByteArray());
    }

    private static void text(DataOutputStream output, String text) throws IOException {
        ByteBuffer utf8 = encoded(text);
        output.writeInt(utf8.remaining());
        output.write(utf8.array(), utf8.position(), utf8.remaining());
    }

    /** Not getBytes: that puts a question mark for what it cannot encode, so that different texts could have the same bytes. */
    static ByteBuffer encoded(String text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
