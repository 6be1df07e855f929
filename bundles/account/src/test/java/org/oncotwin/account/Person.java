package org.oncotwin.account;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.account.Session;

/** Somebody with an account, a password and an authenticator. */
final class Person {

    private final String name;
    private final byte[] secret;
    private String password;

    /** Enrols and chooses a password. */
    Person(Enrolment enrolment, SiteForTests site, SiteAccounts accounts) {
        this.name = enrolment.name();
        this.secret = secret(enrolment.totpUri());
        this.password = enrolment.password();
        choose(
                "correct horse battery of "
                        + Integer.toHexString(enrolment.password().hashCode()),
                site,
                accounts);
    }

    void choose(String other, SiteForTests site, SiteAccounts accounts) {
        accounts.changePassword(name, both(site.instant()), other.toCharArray());
        password = other;
        // The code was used for this; the next is another.
        site.pass(Duration.ofSeconds(30));
    }

    String name() {
        return name;
    }

    String password() {
        return password;
    }

    String code(Instant at) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    Credentials both(Instant at) {
        return Credentials.of(password.toCharArray(), code(at));
    }

    Credentials passwordOnly() {
        return new Credentials(Optional.of(password.toCharArray()), Optional.empty());
    }

    /** Logs in, and lets the time of the code pass. */
    Session login(SiteForTests site, SiteAccounts accounts) {
        Session session = accounts.open(name, both(site.instant()));
        site.pass(Duration.ofSeconds(30));
        return session;
    }

    /** Reads the secret as an authenticator does (RFC 4648, section 6). */
    private static byte[] secret(String uri) {
        String text = uri.replaceAll(".*secret=([A-Z2-7]+)&.*", "$1");
        byte[] bytes = new byte[text.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int n = 0;
        for (char c : text.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[n++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
