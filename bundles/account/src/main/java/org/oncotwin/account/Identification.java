package org.oncotwin.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.oncotwin.api.account.Credentials;

/** Whether credentials identify the owner of an account. */
final class Identification {

    /** What people are told, whatever was wrong, so that nobody learns which names there are. */
    static final String REFUSAL =
            "name, password or code is wrong, the code was used before, or the account is locked or closed";

    private final OneTimeCodes codes;
    private final SecretBox box;
    private final int mostFailures;
    private final Duration lock;
    private final String nobodysPassword;

    /**
     * With the rules of the site.
     *
     * @param hashes makes the hash that is compared where there is no account, so that this takes as long
     */
    Identification(OneTimeCodes codes, SecretBox box, PasswordHash hashes, AccessRules rules, SecureRandom random) {
        this.codes = codes;
        this.box = box;
        this.mostFailures = rules.most_failures();
        this.lock = Duration.ofMinutes(rules.lock_minutes());
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        this.nobodysPassword = hashes.of(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).toCharArray());
    }

    /**
     * What came of it.
     *
     * @param row the account as it is to be kept, with its failures and the last code
     * @param refusal why it was refused, for the audit trail
     */
    record Result(AccountRow row, Optional<String> refusal) {}

    /**
     * Compares what is given with the account.
     *
     * @param both true if both components are needed, false if one will do
     */
    Result identify(AccountRow row, Credentials credentials, boolean both, Instant now) {
        boolean right = credentials
                .password()
                .map(password -> PasswordHash.matches(row.password(), password))
                .orElse(true);
        OptionalLong step = credentials
                .code()
                .map(code -> codes.step(box.open(row.name(), row.secret()), code, now, row.lastStep()))
                .orElse(OptionalLong.of(row.lastStep()));
        if (row.closed()) {
            return refused(row, "the account is closed");
        }
        if (now.isBefore(row.lockedUntil())) {
            return refused(row, "the account is locked until " + row.lockedUntil());
        }
        int given = (credentials.password().isPresent() ? 1 : 0)
                + (credentials.code().isPresent() ? 1 : 0);
        if (given < (both ? 2 : 1)) {
            return refused(row, both ? "password and code are needed" : "password or code is needed");
        }
        if (!right || step.isEmpty()) {
            AccountRow failed = row.afterFailure(mostFailures, now.plus(lock));
            String what = !right && step.isEmpty()
                    ? "password and code are wrong"
                    : right ? "the code is wrong, too old or used before" : "the password is wrong";
            return refused(
                    failed, failed.failures() == 0 ? what + "; the account is locked until " + now.plus(lock) : what);
        }
        return new Result(row.afterSuccess(step.getAsLong()), Optional.empty());
    }

    private static Result refused(AccountRow row, String why) {
        return new Result(row, Optional.of(why));
    }

    /** Takes as long as the identification of somebody. */
    void identifyNobody(Credentials credentials) {
        credentials.password().ifPresent(password -> PasswordHash.matches(nobodysPassword, password));
    }
}
