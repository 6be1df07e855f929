package org.oncotwin.account;

import java.time.Instant;

/**
 * A session as it lies in the database.
 *
 * @param token hash of its token
 * @param name whose it is
 * @param opened when it was opened
 * @param lastUsed when it was last used
 * @param signed true if a signature was made in it
 */
record SessionRow(String token, String name, Instant opened, Instant lastUsed, boolean signed) {

    SessionRow used(Instant now) {
        return new SessionRow(token, name, opened, now, signed);
    }

    SessionRow signed(Instant now) {
        return new SessionRow(token, name, opened, now, true);
    }
}
