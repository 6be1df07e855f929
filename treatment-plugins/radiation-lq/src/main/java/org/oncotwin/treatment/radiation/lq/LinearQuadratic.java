package org.oncotwin.treatment.radiation.lq;

/**
 * Radiosensitivity of cells in the linear-quadratic model. {@link StrictMath} gives the same bits on every machine.
 *
 * @param alpha in 1/Gy
 * @param beta in 1/Gy2
 * @param alphaBeta their ratio in Gy, kept because alpha may be 0
 */
record LinearQuadratic(double alpha, double beta, double alphaBeta) {

    static LinearQuadratic of(double alpha, double alphaBeta) {
        return new LinearQuadratic(alpha, alpha / alphaBeta, alphaBeta);
    }

    /** Fraction of cells that survive one fraction of a dose in Gy: exp(-(alpha d + beta d^2)) (Fowler 1989). */
    double survivingFraction(double dose) {
        return StrictMath.exp(-(alpha * dose + beta * dose * dose));
    }

    /** Derivative of {@link #survivingFraction} with respect to alpha at a given ratio, in Gy: -(d + d^2 / (alpha/beta)) S. */
    double survivingFractionByAlpha(double dose) {
        return -(dose + dose * dose / alphaBeta) * survivingFraction(dose);
    }

    /** Derivative of {@link #survivingFraction} with respect to the ratio at a given alpha, in 1/Gy: alpha d^2 / (alpha/beta)^2 S. */
    double survivingFractionByAlphaBeta(double dose) {
        return alpha * dose * dose / (alphaBeta * alphaBeta) * survivingFraction(dose);
    }

    /** Biologically effective dose in Gy: n d (1 + d / (alpha/beta)) (Barendsen 1982; Fowler 1989). */
    double biologicallyEffectiveDose(int fractions, double dose) {
        return fractions * dose * (1 + dose / alphaBeta);
    }

    /** Dose in Gy that has the same effect in fractions of 2 Gy: BED / (1 + 2 / (alpha/beta)) (Bentzen et al 2012). */
    double equivalentDoseInTwoGray(int fractions, double dose) {
        return biologicallyEffectiveDose(fractions, dose) / (1 + 2 / alphaBeta);
    }
}
