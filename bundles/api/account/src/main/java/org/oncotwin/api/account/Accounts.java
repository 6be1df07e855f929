package org.oncotwin.api.account;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The accounts of the site. Everything that is done to them, and every login that fails, is in the audit trail. */
@ProviderType
public interface Accounts {

    /**
     * Makes the first account, an administrator, as long as there is none.
     *
     * @throws AccessDeniedException if there are accounts
     */
    Enrolment createFirst(String name, String printedName);

    /**
     * Makes an account.
     *
     * @throws AccessDeniedException if the session is not an administrator's
     * @throws IllegalArgumentException if the name was ever given or does not fit
     */
    Enrolment create(Session administrator, String name, String printedName, Set<Role> roles);

    /** Gives other roles. */
    void setRoles(Session administrator, String name, Set<Role> roles, String reason);

    /** Closes an account for good. */
    void close(Session administrator, String name, String reason);

    /** Lifts a lock and gives new first credentials, for instance after a lost authenticator. */
    Enrolment renew(Session administrator, String name, String reason);

    /** Changes the own password. */
    void changePassword(String name, Credentials credentials, char[] password);

    /**
     * Opens a session with both components.
     *
     * @throws AccessDeniedException if they are wrong or used before, the account is locked or closed, or the password must be changed; the message does not say which of name and
     *     components is wrong
     */
    Session open(String name, Credentials credentials);

    /**
     * Finds an open session and marks it as used.
     *
     * @throws AccessDeniedException if there is none, or it was idle for too long
     */
    Session session(String token);

    /** Ends a session. */
    void close(Session session);

    /** Number of sessions that are open and have not ended by themselves. */
    int openSessions();

    /** All accounts, by name. */
    List<Account> all();

    /**
     * Refuses, and notes the refusal, unless a session's account has one of the roles.
     *
     * @param what what it wanted to do, for the audit trail
     * @throws AccessDeniedException if it has none
     */
    void require(Session session, String what, Role... roles);
}
