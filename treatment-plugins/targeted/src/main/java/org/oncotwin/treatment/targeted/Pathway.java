package org.oncotwin.treatment.targeted;

/**
 * How cells respond when the target of a drug is inhibited: binding at equilibrium leaves the activity {@code a = 1 / (1 + C / IC50)}; the pathway passes on
 * the signal {@code s = a^n (1 + h^n) / (a^n + h^n)}, which is 1 without drug; cells are killed at {@code k (1 - s)} and proliferate at {@code 1 - d (1 - s)} of
 * their rate. {@link StrictMath} gives the same bits on every machine.
 *
 * @param halfActivity h, activity around which the signal falls
 * @param hill n, steepness
 * @param maximumKill k in 1/d
 * @param dependence d, share of the proliferation that needs the signal
 */
record Pathway(double halfActivity, double hill, double maximumKill, double dependence) {

    /** Activity of the target at an unbound concentration over IC50. */
    static double activity(double ratio) {
        return 1 / (1 + ratio);
    }

    /** Lost signal, 0 to 1, at an unbound concentration over IC50; exactly 0 without drug. */
    double lostSignal(double ratio) {
        double q = StrictMath.pow(halfActivity, hill);
        // 1 - s, written so that it is exactly 0 at a = 1 and does not cancel close to it.
        double power = StrictMath.pow(activity(ratio), hill);
        return q * (1 - power) / (power + q);
    }

    /** Rate of killing in 1/d at an unbound concentration over IC50. */
    double kill(double ratio) {
        return maximumKill * lostSignal(ratio);
    }

    /** Factor on proliferation at an unbound concentration over IC50. */
    double proliferationFactor(double ratio) {
        return 1 - dependence * lostSignal(ratio);
    }
}
