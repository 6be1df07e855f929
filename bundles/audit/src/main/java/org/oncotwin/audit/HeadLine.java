package org.oncotwin.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the file of heads.
 *
 * @param line number of the line, 0 for the first
 * @param head the head
 * @param previous SHA-256 of the line before without its line end; 64 zeros for the first
 * @param signature of the text before it
 */
record HeadLine(long line, Head head, String previous, byte[] signature) {

    private static final Pattern FORMAT =
            Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\S{20,30}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([A-Za-z0-9+/=]{88})");

    static HeadLine signed(long line, Head head, String previous, SiteKey key) {
        return new HeadLine(line, head, previous, key.sign(signedText(line, head, previous)));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static HeadLine parse(String text) {
        Matcher fields = FORMAT.matcher(text);
        if (!fields.matches()) {
            throw new IllegalArgumentException("it is not a line of six fields");
        }
        try {
            Head head = new Head(Long.parseLong(fields.group(2)), Instant.parse(fields.group(3)), fields.group(4));
            HeadLine parsed = new HeadLine(
                    Long.parseLong(fields.group(1)),
                    head,
                    fields.group(5),
                    Base64.getDecoder().decode(fields.group(6)));
            if (!parsed.text().equals(text)) {
                throw new IllegalArgumentException("it is written in another way than this program writes it");
            }
            return parsed;
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("its time is '" + fields.group(3) + "'", wrong);
        }
    }

    boolean signedBy(SiteKey key) {
        return key.verifies(signedText(line, head, previous), signature);
    }

    String text() {
        return signedText(line, head, previous) + " " + Base64.getEncoder().encodeToString(signature);
    }

    String hash() {
        return EntryHash.sha256(text().getBytes(StandardCharsets.US_ASCII));
    }

    private static String signedText(long line, Head head, String previous) {
        return line + " " + head.number() + " " + head.time() + " " + head.hash() + " " + previous;
    }
}
