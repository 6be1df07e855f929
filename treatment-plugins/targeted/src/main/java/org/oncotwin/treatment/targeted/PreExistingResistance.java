package org.oncotwin.treatment.targeted;

/**
 * Chance that a tumour holds resistant cells before it is treated (Iwasa, Nowak and Michor 2006): a branching process in which cells divide at rate b and die at rate
 * d, and a division leads to a resistant cell, as fit as its parent, with a small probability u.
 */
final class PreExistingResistance {

    private PreExistingResistance() {}

    /**
     * {@code 1 - exp(-u M (b/d) ln(b / (b - d)))}. The exponent is the mean number of resistant lineages that are alive when the tumour reaches M cells: while it grows from x to x + dx cells there are {@code b / (b - d) dx} divisions, and a
     * lineage that starts then is alive at M with probability {@code (1 - d/b) / (1 - (d/b) x/M)}.
     *
     * @param cells M
     * @param mutationRate u
     * @param deathBirthRatio d / b, 0 to below 1
     */
    static double probability(double cells, double mutationRate, double deathBirthRatio) {
        double lineages = deathBirthRatio < 1e-8
                ? 1 + deathBirthRatio / 2
                : -StrictMath.log1p(-deathBirthRatio) / deathBirthRatio;
        return -StrictMath.expm1(-mutationRate * cells * lineages);
    }
}
