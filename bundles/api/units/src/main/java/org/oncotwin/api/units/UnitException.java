package org.oncotwin.api.units;

/** A unit that is not UCUM or does not convert to the one wanted. The message says which and what would be right. */
public class UnitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public UnitException(String message) {
        super(message);
    }
}
