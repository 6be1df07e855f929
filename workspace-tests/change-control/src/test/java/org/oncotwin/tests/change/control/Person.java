package org.oncotwin.tests.change.control;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Session;

/** Somebody with an account, a password and an authenticator. */
final class Person {

    private static final int SECONDS = 30;
    private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");

    private final String name;
    private final String password;
    private final byte[] secret;
    private long lastStep;
    private Session session;

    private Person(String name, String password, byte[] secret) {
        this.name = name;
        this.password = password;
        this.secret = secret;
    }

    /** Somebody who logged in and signed in another process: the password is enough for what follows in the session. */
    static Person known(Accounts accounts, String name, String token) {
        Person person = new Person(name, password(name), new byte[0]);
        person.session = accounts.session(token);
        return person;
    }

    private static String password(String name) {
        return "correct horse battery " + name.length() + " staple";
    }

    /** Changes the first password and logs in. */
    static Person enrol(Accounts accounts, Enrolment enrolment) {
        Matcher uri = SECRET.matcher(enrolment.totpUri());
        if (!uri.find()) {
            throw new IllegalStateException("no secret in the URI for the authenticator");
        }
        Person person = new Person(enrolment.name(), password(enrolment.name()), base32(uri.group(1)));
        accounts.changePassword(
                person.name,
                Credentials.of(enrolment.password().toCharArray(), person.nextCode()),
                person.password.toCharArray());
        person.session = accounts.open(person.name, person.credentials());
        return person;
    }

    /** The same person at a copy of the site, which does not know what codes are used elsewhere from now on. */
    Person atCopy() {
        Person copy = new Person(name, password, secret);
        copy.lastStep = lastStep;
        copy.session = session;
        return copy;
    }

    String name() {
        return name;
    }

    Session session() {
        return session;
    }

    /** Both components, with a code that was not used yet. */
    Credentials credentials() {
        return Credentials.of(password.toCharArray(), nextCode());
    }

    /** The password alone, enough for a later signature of a session. */
    Credentials passwordOnly() {
        return new Credentials(Optional.of(password.toCharArray()), Optional.empty());
    }

    Credentials withCode(String code) {
        return Credentials.of(password.toCharArray(), code);
    }

    /**
     * A code that is good now and was not used. Sites take those of the step before and the step after too; that of the step before only while it is sure to be checked in time. If
     * all were used, the next step is waited for.
     */
    private String nextCode() {
        long now = Instant.now().getEpochSecond();
        long first = now % SECONDS < SECONDS / 2 ? now / SECONDS - 1 : now / SECONDS;
        lastStep = Math.max(first, lastStep + 1);
        Waiting.until("a new code", () -> lastStep <= Instant.now().getEpochSecond() / SECONDS + 1);
        return code(lastStep);
    }

    /** The last code was lost with a crash and may be used again. */
    void forgetCode() {
        lastStep--;
    }

    /** The last code that was used. */
    String usedCode() {
        return code(lastStep);
    }

    /** A code of ten minutes ago. */
    String oldCode() {
        return code(Instant.now().getEpochSecond() / SECONDS - 20);
    }

    /** RFC 6238 with SHA-1, 6 digits, 30 s. */
    private String code(long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int at = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fffffff;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] base32(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (char c : text.toCharArray()) {
            buffer = (buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >> bits);
            }
        }
        return bytes.toByteArray();
    }
}
