package org.oncotwin.change.plan;

/**
 * How a version of a plugin differs from another in what it says of itself.
 *
 * @param kind what differs
 * @param words from what to what
 */
public record Difference(Kind kind, String words) {

    /** What may differ. A plan lists those that a kind of modification may make. */
    public enum Kind {
        /** Title, context of use, limitations or references. */
        TEXT,
        /** The equation as it is told to people. */
        EQUATION,
        /** Default of a parameter, or its prior. */
        PARAMETER_DEFAULT,
        /** Allowed range of a parameter. */
        PARAMETER_RANGE,
        /** Meaning or unit of a parameter. */
        PARAMETER_MEANING,
        /** A parameter more that has a default. */
        PARAMETER_ADDED,
        /** A parameter less, or one more that a case must give. */
        PARAMETER_REMOVED,
        /** An input more that a case may leave out. */
        INPUT_ADDED,
        /** An input less, another one, or one more that a case must give. */
        INPUT_CHANGED,
        /** What it can be started from. */
        INITIAL_QUANTITY,
        /** What it keeps and gives: name, unit or range. */
        QUANTITY,
        /** Effect ports that it honours or drives. */
        EFFECT_PORT,
        /** Layout of its state. */
        STATE_SCHEMA,
        /** What it asks of solvers, or a solver offers. */
        SOLVER;

        /** As it is written in a plan. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
