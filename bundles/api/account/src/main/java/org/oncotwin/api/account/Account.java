package org.oncotwin.api.account;

import java.time.Instant;
import java.util.Set;

/**
 * An account. It is never deleted, because signatures name it, but can be closed.
 *
 * @param name name to log in with; never given to another person
 * @param printedName name of the person as it stands beside signatures
 * @param roles what it may do
 * @param closed true if nobody can log in any more
 * @param lockedUntil logins are refused until then after too many failures; {@link Instant#EPOCH} if never
 * @param passwordExpires when the password must be changed
 */
public record Account(
        String name,
        String printedName,
        Set<Role> roles,
        boolean closed,
        Instant lockedUntil,
        Instant passwordExpires) {

    /** Makes the set immutable. */
    public Account {
        roles = Set.copyOf(roles);
    }
}
