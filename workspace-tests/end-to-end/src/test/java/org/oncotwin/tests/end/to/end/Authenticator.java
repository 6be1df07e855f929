package org.oncotwin.tests.end.to.end;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The authenticator app of a person (RFC 6238), written from the standard and not from the program that it logs in at.
 *
 * @param secret the secret in it
 */
record Authenticator(byte[] secret) {
    private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP_SECONDS = 30;

    static Authenticator scan(String uri) {
        Matcher text = SECRET.matcher(uri);
        if (!text.find()) {
            throw new IllegalArgumentException("no secret in " + uri);
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.group(1).length() * 5 / 8);
        long bits = 0;
        int count = 0;
        for (char digit : text.group(1).toCharArray()) {
            bits = bits << 5 | BASE32.indexOf(digit);
            count += 5;
            if (count >= 8) {
                count -= 8;
                bytes.put((byte) (bits >> count));
            }
        }
        return new Authenticator(bytes.array());
    }

    /** The code of a step from now: a site takes the present one and its neighbours, each once. */
    String code(int stepsFromNow) throws GeneralSecurityException {
        long step = Instant.now().getEpochSecond() / STEP_SECONDS + stepsFromNow;
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret, "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
        int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 15, 4).getInt() & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }
}
