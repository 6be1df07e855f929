package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.plugin.Parameters;

/**
 * Receptors of T cells and the epitopes that antigen-presenting cells present, in equilibrium. Effector T cells need a complex that lasts through the steps of kinetic proofreading; regulatory ones
 * need a complex.
 *
 * @param density receptors per um2
 * @param dissociation dissociation constant per um2
 * @param proofread fraction of complexes of an effector T cell that signal
 * @param half complexes per um2 at which half of naive T cells are activated
 */
record Receptors(double density, double dissociation, double proofread, double half) {

    /** Area of the synapse in um2: doi 10.4049/jimmunol.175.3.1575, as used by Sove et al 2020. */
    private static final double SYNAPSE = 37.8;

    static Receptors of(Parameters p) {
        double off = QspParameter.RECEPTOR_DISSOCIATION.of(p);
        double step = QspParameter.PROOFREADING_RATE.of(p);
        return new Receptors(
                QspParameter.T_CELL_RECEPTORS.of(p) / Sphere.area(QspParameter.T_CELL_DIAMETER.of(p)),
                off / QspParameter.RECEPTOR_ASSOCIATION.of(p),
                off
                        / (off + QspParameter.PROOFREADING_LIMIT.of(p))
                        * StrictMath.pow(step / (off + step), QspParameter.PROOFREADING_STEPS.of(p)),
                QspParameter.ACTIVATION_HALF.of(p) / SYNAPSE);
    }

    /** Activation of effector T cells, 0 to 1, by complexes on an antigen-presenting cell (per um2) for each clone. */
    double effectorActivation(double presented) {
        double signalling = proofread * complexes(presented);
        return signalling / (Math.abs(signalling) + half);
    }

    /** Activation of regulatory T cells, 0 to 1. */
    double regulatoryActivation(double presented) {
        double complexes = complexes(presented);
        return complexes / (Math.abs(complexes) + half);
    }

    /** Mass action; the smaller root by the product of both, which loses no digits where few are presented. */
    private double complexes(double presented) {
        double sum = presented + density + dissociation;
        double product = presented * density;
        return 2 * product / (sum + Math.sqrt(Math.max(0, sum * sum - 4 * product)));
    }
}
