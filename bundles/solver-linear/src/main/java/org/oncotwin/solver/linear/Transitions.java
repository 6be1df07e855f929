package org.oncotwin.solver.linear;

import org.oncotwin.api.twin.Cancellation;

/**
 * Transitions of one solution after another. Those of equal coefficients and equal times are computed once; as a transition depends on nothing else, that changes no bit.
 * For one thread.
 */
final class Transitions {

    private static final int MOST_KEPT = 64;

    /** Numbers that may be kept, which limits the transitions of large systems. */
    private static final int MOST_NUMBERS = 1 << 20;

    private final int dimension;
    private final int directions;
    private MetzlerExponential metzler;
    private PadeExponential pade;
    private final Transition[] kept;
    private final Coefficients[] coefficients;
    private final double[] days;
    private final boolean[] withDerivatives;
    private Cancellation cancellation = Cancellation.NEVER;
    private int used;
    private int oldest;

    Transitions(int dimension, int directions) {
        this.dimension = dimension;
        this.directions = directions;
        int numbers = (1 + directions) * (dimension * dimension + 2 * dimension);
        int size = Math.max(2, Math.min(MOST_KEPT, MOST_NUMBERS / Math.max(1, numbers)));
        this.kept = new Transition[size];
        this.coefficients = new Coefficients[size];
        this.days = new double[size];
        this.withDerivatives = new boolean[size];
    }

    /** These, emptied for another solution, or new ones if these are of another size. */
    static Transitions reuse(Transitions former, int dimension, int directions, Cancellation cancellation) {
        Transitions fit = former != null && former.dimension == dimension && former.directions == directions
                ? former
                : new Transitions(dimension, directions);
        fit.used = 0;
        fit.oldest = 0;
        fit.cancellation = cancellation;
        return fit;
    }

    /** The transition over a time in days; may be overwritten by the next that is asked for. */
    Transition over(Coefficients of, double time, boolean derivatives) {
        for (int k = 0; k < used; k++) {
            if (days[k] == time && coefficients[k] == of && (withDerivatives[k] || !derivatives)) {
                return kept[k];
            }
        }
        cancellation.check();
        int slot = used;
        if (used < kept.length) {
            used++;
        } else {
            slot = oldest;
            oldest = (oldest + 1) % kept.length;
        }
        if (kept[slot] == null) {
            kept[slot] = new Transition(dimension, directions);
        }
        // Names nobody while it is written, should that be cancelled.
        coefficients[slot] = null;
        if (of.metzler) {
            metzler = metzler == null ? new MetzlerExponential(dimension, directions) : metzler;
            metzler.compute(of, time, derivatives, kept[slot], cancellation);
        } else {
            pade = pade == null ? new PadeExponential(dimension, directions) : pade;
            pade.compute(of, time, derivatives, kept[slot], cancellation);
        }
        coefficients[slot] = of;
        days[slot] = time;
        withDerivatives[slot] = derivatives;
        return kept[slot];
    }
}
