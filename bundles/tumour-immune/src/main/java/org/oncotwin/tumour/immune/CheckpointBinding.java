package org.oncotwin.tumour.immune;

/**
 * PD-1 of a T cell and PD-L1 of a tumour cell in the synapse between them, in equilibrium with each other and with antibodies that compete for either. Binding takes seconds, all else takes
 * hours, so there is no equation in time for it.
 *
 * <p>With x1 and x2 the concentrations of antibody over their dissociation constants, free PD-1 is (P - c)/(1 + x1), free PD-L1 is (L - c)/(1 + x2), and their product is K c: complexes c
 * are the smaller root of {@code c^2 - (P + L + K (1 + x1)(1 + x2)) c + P L = 0}.
 *
 * @param receptors PD-1 per um2
 * @param dissociation dissociation constant K in the plane of the synapse, per um2
 * @param half complexes per um2 that inhibit half as much as can be
 */
public record CheckpointBinding(double receptors, double dissociation, double half) {

    /** Molecules in a micrometre cubed at 1 umol/L: the Avogadro constant (SI 2019, exact) times 1e-6 mol/L times 1e-15 L/um3. */
    private static final double PER_MICROMOLAR = 6.02214076e23 * 1e-6 * 1e-15;

    private static final double MICROMETRE_PER_NANOMETRE = 1e-3;

    /** From a dissociation constant in solution (umol/L): in a gap of some nm a surface density is a concentration times the gap. */
    public static CheckpointBinding of(double receptors, double micromolar, double gapNanometres, double half) {
        return new CheckpointBinding(
                receptors, micromolar * PER_MICROMOLAR * gapNanometres * MICROMETRE_PER_NANOMETRE, half);
    }

    /** Complexes of PD-1 and PD-L1 per um2. */
    public double complexes(double ligands, double pd1Blockade, double pdl1Blockade) {
        double sum = receptors + ligands + dissociation * (1 + pd1Blockade) * (1 + pdl1Blockade);
        double product = receptors * ligands;
        if (product == 0) {
            return 0;
        }
        // The smaller root by the product of both, which loses no digits where antibodies leave few complexes.
        return 2 * product / (sum + Math.sqrt(Math.max(0, sum * sum - 4 * product)));
    }

    /** How far complexes inhibit, 0 to 1: a Hill function of order 2. */
    public double inhibition(double ligands, double pd1Blockade, double pdl1Blockade) {
        double ratio = complexes(ligands, pd1Blockade, pdl1Blockade) / half;
        return ratio * ratio / (1 + ratio * ratio);
    }

    /** Occupancy of a receptor by antibodies where nothing else binds. */
    public static double occupancy(double blockade) {
        return blockade / (1 + blockade);
    }
}
