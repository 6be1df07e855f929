package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.plugin.Parameters;

/**
 * PD-1 of an effector T cell and its ligands on a cancer cell in the synapse between them, and antibodies that hold one or two of PD-1 or of PD-L1. In molecules per um2 and 1/d.
 *
 * @param pd1 PD-1 in all its forms
 * @param pdl1 PD-L1 in all its forms
 * @param pdl2 PD-L2 in all its forms
 * @param pdl1On association of PD-1 and PD-L1
 * @param pdl1Off their dissociation
 * @param pdl2On association of PD-1 and PD-L2
 * @param pdl2Off their dissociation
 * @param pd1Antibody antibody to PD-1
 * @param pdl1Antibody antibody to PD-L1
 * @param half complexes of PD-1 and its ligands that inhibit half as much as can be
 * @param hill Hill coefficient of the inhibition
 */
record Checkpoint(
        double pd1,
        double pdl1,
        double pdl2,
        double pdl1On,
        double pdl1Off,
        double pdl2On,
        double pdl2Off,
        Antibody pd1Antibody,
        Antibody pdl1Antibody,
        double half,
        double hill) {

    /** Molecules per um3 at 1 umol/L: the Avogadro constant (SI 2019, exact) times 1e-6 mol/L times 1e-15 L/um3. */
    private static final double PER_MICROMOLAR = 6.02214076e23 * 1e-6 * 1e-15;

    private static final double MICROMETRE_PER_NANOMETRE = 1e-3;
    private static final double SECONDS = 86400;

    /**
     * Binding of an antibody of which the free concentration is x times the dissociation constant of one arm.
     *
     * @param off dissociation of one arm in 1/d: with x it makes the association of the first arm, as concentration times association is x times dissociation
     * @param crossArm association of the second arm in um2/d
     */
    record Antibody(double off, double crossArm) {

        /** What binds by the first arm, per um2 and day. */
        double first(double free, double one, double blockade) {
            return 2 * off * blockade * free - off * one;
        }

        /** What binds by the second. */
        double second(double free, double one, double two) {
            return crossArm * free * one - 2 * off * two;
        }
    }

    static Checkpoint of(Parameters p) {
        double tCell = Sphere.area(QspParameter.T_CELL_DIAMETER.of(p));
        double cancer = Sphere.area(QspParameter.CANCER_CELL_DIAMETER.of(p));
        // A surface density in the synapse is a concentration times the gap.
        double gap = PER_MICROMOLAR * QspParameter.SYNAPSE_GAP.of(p) * MICROMETRE_PER_NANOMETRE;
        double pdl1 = QspParameter.PD1_PDL1_ASSOCIATION.of(p) * SECONDS;
        double pdl2 = QspParameter.PD1_PDL2_ASSOCIATION.of(p) * SECONDS;
        return new Checkpoint(
                QspParameter.PD1_MOLECULES.of(p) / tCell,
                QspParameter.PDL1_MOLECULES.of(p) / cancer,
                QspParameter.PDL2_MOLECULES.of(p) / cancer,
                pdl1 / gap,
                pdl1 * QspParameter.PD1_PDL1_DISSOCIATION.of(p),
                pdl2 / gap,
                pdl2 * QspParameter.PD1_PDL2_DISSOCIATION.of(p),
                antibody(
                        QspParameter.PD1_ANTIBODY_ASSOCIATION.of(p),
                        QspParameter.PD1_ANTIBODY_DISSOCIATION.of(p),
                        QspParameter.PD1_CROSS_ARM.of(p),
                        gap),
                antibody(
                        QspParameter.PDL1_ANTIBODY_ASSOCIATION.of(p),
                        QspParameter.PDL1_ANTIBODY_DISSOCIATION.of(p),
                        QspParameter.PDL1_CROSS_ARM.of(p),
                        gap),
                QspParameter.PD1_HALF_INHIBITION.of(p),
                QspParameter.PD1_HILL.of(p));
    }

    private static Antibody antibody(double association, double dissociation, double crossArm, double gap) {
        return new Antibody(association * SECONDS * dissociation * 1e-9, crossArm * association * SECONDS * 1e-6 / gap);
    }

    /** Writes how fast complexes form, with antibody to PD-1 and to PD-L1 over their dissociation constants. */
    void rates(double[] state, double pd1Blockade, double pdl1Blockade, double[] rates) {
        double onPdl1 = state[Species.PD1_PDL1.ordinal()];
        double onPdl2 = state[Species.PD1_PDL2.ordinal()];
        double one = state[Species.PD1_ANTIBODY.ordinal()];
        double two = state[Species.PD1_ANTIBODY_PD1.ordinal()];
        double oneLigand = state[Species.PDL1_ANTIBODY.ordinal()];
        double twoLigands = state[Species.PDL1_ANTIBODY_PDL1.ordinal()];
        double freePd1 = pd1 - onPdl1 - onPdl2 - one - 2 * two;
        double freePdl1 = pdl1 - onPdl1 - oneLigand - 2 * twoLigands;
        rates[Species.PD1_PDL1.ordinal()] = pdl1On * freePd1 * freePdl1 - pdl1Off * onPdl1;
        rates[Species.PD1_PDL2.ordinal()] = pdl2On * freePd1 * (pdl2 - onPdl2) - pdl2Off * onPdl2;
        double second = pd1Antibody.second(freePd1, one, two);
        rates[Species.PD1_ANTIBODY.ordinal()] = pd1Antibody.first(freePd1, one, pd1Blockade) - second;
        rates[Species.PD1_ANTIBODY_PD1.ordinal()] = second;
        double secondLigand = pdl1Antibody.second(freePdl1, oneLigand, twoLigands);
        rates[Species.PDL1_ANTIBODY.ordinal()] = pdl1Antibody.first(freePdl1, oneLigand, pdl1Blockade) - secondLigand;
        rates[Species.PDL1_ANTIBODY_PDL1.ordinal()] = secondLigand;
    }

    /** How far PD-1 inhibits, 0 to 1. */
    double inhibition(double[] state) {
        double complexes =
                Math.max(0, state[Species.PD1_PDL1.ordinal()]) + Math.max(0, state[Species.PD1_PDL2.ordinal()]);
        double ratio = StrictMath.pow(complexes / half, hill);
        return ratio / (1 + ratio);
    }

    /** Fraction of PD-1 that antibody holds. */
    double pd1Occupancy(double[] state) {
        return pd1 == 0
                ? 0
                : Math.min(
                        1,
                        (state[Species.PD1_ANTIBODY.ordinal()] + 2 * state[Species.PD1_ANTIBODY_PD1.ordinal()]) / pd1);
    }

    /** Fraction of PD-L1 that antibody holds. */
    double pdl1Occupancy(double[] state) {
        return pdl1 == 0
                ? 0
                : Math.min(
                        1,
                        (state[Species.PDL1_ANTIBODY.ordinal()] + 2 * state[Species.PDL1_ANTIBODY_PDL1.ordinal()])
                                / pdl1);
    }
}
