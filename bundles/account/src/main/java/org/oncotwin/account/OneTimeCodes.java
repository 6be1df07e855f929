package org.oncotwin.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** Codes of authenticators: time-based one-time passwords (RFC 6238) of six digits every 30 s from SHA-1, which all authenticators know. */
final class OneTimeCodes {

    private static final int SECRET_BYTES = 20;

    /** Steps before and after the present one that are accepted, for clocks that differ. */
    private static final int SKEW = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();

    byte[] newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /**
     * The step to which a code belongs, if it is one of those accepted now and later than the last that was used: no code is accepted twice.
     *
     * @param last step of the last code that was used
     */
    OptionalLong step(byte[] secret, String code, Instant now, long last) {
        long present = now.getEpochSecond() / seconds();
        for (long step = Math.max(present - SKEW, last + 1); step <= present + SKEW; step++) {
            if (code(secret, step).equals(code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private long seconds() {
        return generator.getTimeStep().toSeconds();
    }

    private String code(byte[] secret, long step) {
        try {
            return generator.generateOneTimePasswordString(
                    new SecretKeySpec(secret, generator.getAlgorithm()), Instant.ofEpochSecond(step * seconds()));
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What an authenticator reads (Key URI Format). */
    static String uri(String name, byte[] secret) {
        return "otpauth://totp/OncoTwin:" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "?secret="
                + base32(secret) + "&issuer=OncoTwin&algorithm=SHA1&digits=6&period=30";
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8 | b & 0xff) & 0xffff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(buffer >> bits & 31));
            }
        }
        if (bits > 0) {
            text.append(BASE32.charAt(buffer << 5 - bits & 31));
        }
        return text.toString();
    }
}
