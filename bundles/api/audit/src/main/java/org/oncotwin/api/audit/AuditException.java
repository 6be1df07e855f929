package org.oncotwin.api.audit;

/** An entry that cannot be made. */
public class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public AuditException(String message) {
        super(message);
    }
}
