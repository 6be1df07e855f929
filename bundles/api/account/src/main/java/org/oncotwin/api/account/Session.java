package org.oncotwin.api.account;

import java.time.Instant;

/**
 * A continuous period of controlled access of one person (21 CFR 11.200(a)).
 *
 * @param token secret by which it is found again; to be kept from others
 * @param account whose it is
 * @param opened when it was opened
 * @param lastUsed when it was last used; it ends some time after
 */
public record Session(String token, Account account, Instant opened, Instant lastUsed) {

    @Override
    public String toString() {
        return "Session[" + account.name() + " since " + opened + "]";
    }
}
