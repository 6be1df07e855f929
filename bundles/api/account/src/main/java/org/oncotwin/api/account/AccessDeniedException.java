package org.oncotwin.api.account;

/** Something that a person may not do, or a person who could not be identified. */
public class AccessDeniedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public AccessDeniedException(String message) {
        super(message);
    }
}
