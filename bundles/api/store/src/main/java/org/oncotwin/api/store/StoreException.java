package org.oncotwin.api.store;

/** Something that could not be read or kept. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public StoreException(String message) {
        super(message);
    }

    /** With a message for people and the cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
