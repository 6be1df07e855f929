package org.oncotwin.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Role;

/**
 * An account as it lies in the database.
 *
 * @param name name to log in with
 * @param printedName name beside signatures
 * @param roles what it may do
 * @param closed true if nobody can log in
 * @param password hash of the password
 * @param passwordSet when it was set; {@link Instant#EPOCH} if it must be changed at the first login
 * @param secret encrypted secret of the authenticator
 * @param lastStep step of the last code that was used
 * @param failures failures since the last success
 * @param lockedUntil until when logins are refused
 */
record AccountRow(
        String name,
        String printedName,
        Set<Role> roles,
        boolean closed,
        String password,
        Instant passwordSet,
        String secret,
        long lastStep,
        int failures,
        Instant lockedUntil) {

    Account account(Duration passwordAge) {
        return new Account(name, printedName, roles, closed, lockedUntil, passwordSet.plus(passwordAge));
    }

    /** An account that was written past the site: nobody can log in to it, and it can do nothing. */
    static AccountRow altered(String name, String printedName) {
        return new AccountRow(name, printedName, Set.of(), true, "", Instant.EPOCH, "", 0, 0, Instant.EPOCH);
    }

    AccountRow withRoles(Set<Role> others) {
        return new AccountRow(
                name, printedName, others, closed, password, passwordSet, secret, lastStep, failures, lockedUntil);
    }

    AccountRow asClosed() {
        return new AccountRow(
                name, printedName, roles, true, password, passwordSet, secret, lastStep, failures, lockedUntil);
    }

    AccountRow withCredentials(String hash, Instant set, String box, long step) {
        return new AccountRow(name, printedName, roles, closed, hash, set, box, step, 0, Instant.EPOCH);
    }

    AccountRow afterSuccess(long step) {
        return new AccountRow(name, printedName, roles, closed, password, passwordSet, secret, step, 0, Instant.EPOCH);
    }

    AccountRow afterFailure(int most, Instant lock) {
        boolean locks = failures + 1 >= most;
        return new AccountRow(
                name,
                printedName,
                roles,
                closed,
                password,
                passwordSet,
                secret,
                lastStep,
                locks ? 0 : failures + 1,
                locks ? lock : lockedUntil);
    }
}
