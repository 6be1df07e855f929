package org.oncotwin.account;

import org.oncotwin.api.account.AccessDeniedException;

/** A row whose seal does not hold: it was written past the site. */
final class AlteredRowException extends AccessDeniedException {

    private static final long serialVersionUID = 1L;

    private final String subject;

    /**
     * With what is wrong.
     *
     * @param subject whose row, for the audit trail
     * @param message for people
     */
    AlteredRowException(String subject, String message) {
        super(message);
        this.subject = subject;
    }

    String subject() {
        return subject;
    }
}
