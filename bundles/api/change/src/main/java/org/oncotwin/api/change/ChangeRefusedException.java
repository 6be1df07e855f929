package org.oncotwin.api.change;

/** A change that is not allowed: says which sentence of the plan, or which check, it breaks. The refusal is in the audit trail. */
public class ChangeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ChangeRefusedException(String message) {
        super(message);
    }
}
