package org.oncotwin.api.solver;

/** A problem that a solver could not solve: says what went wrong, at which time and where. */
public class SolverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public SolverException(String message) {
        super(message);
    }

    /** With a message for people and the cause. */
    public SolverException(String message, Throwable cause) {
        super(message, cause);
    }
}
