package org.oncotwin.api.simulation;

/** A run that could not be carried to its end: a quantity out of its range, a solver that failed. Names time, place and value. */
public class SimulationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public SimulationException(String message) {
        super(message);
    }

    /** With a message for people and the cause. */
    public SimulationException(String message, Throwable cause) {
        super(message, cause);
    }
}
