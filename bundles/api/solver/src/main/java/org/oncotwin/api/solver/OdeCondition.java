package org.oncotwin.api.solver;

import java.util.Optional;

/**
 * Something that happens when the state reaches a condition, such as a volume that reaches 1 cm3: when a function of the state crosses 0. It is found between the ends of
 * a step if the sign differs there; two crossings within one step may be missed unless the longest step is bounded.
 *
 * @param name for messages and for the list of crossings
 * @param function smooth; crosses 0 where the condition is met
 * @param crossing which crossings count
 * @param change what happens to the state then, if anything
 * @param ends true if the solution ends there, after the change
 * @param tolerance how exactly the time is found, in days, above 0
 */
public record OdeCondition(
        String name,
        Function function,
        Crossing crossing,
        Optional<StateChange> change,
        boolean ends,
        double tolerance) {

    /** Checks the tolerance. */
    public OdeCondition {
        if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException(
                    "condition '" + name + "': a tolerance of " + tolerance + " d is not allowed; allowed is above 0");
        }
    }

    /** A function of time, state and parameters. */
    @FunctionalInterface
    public interface Function {

        /**
         * Its value.
         *
         * @param day time in days since day 0
         * @param state not to be written
         * @param parameters not to be written
         */
        double value(double day, double[] state, double[] parameters);
    }

    /** Directions in which a function crosses 0. */
    public enum Crossing {
        /** From below. */
        RISING,
        /** From above. */
        FALLING,
        /** Both. */
        EITHER
    }
}
