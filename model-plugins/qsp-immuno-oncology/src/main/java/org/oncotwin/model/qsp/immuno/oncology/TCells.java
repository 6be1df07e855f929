package org.oncotwin.model.qsp.immuno.oncology;

import org.oncotwin.api.plugin.Parameters;

/**
 * T cells of one kind, effector or regulatory, with the parameters in which the kinds differ; cells of a clone in the naive stages, of all clones of the tumour from activation on. In 1/d and cells.
 *
 * @param naiveCentral where naive cells in blood stand in the state; those in periphery and lymph nodes, then activated ones, then mature ones in lymph nodes, blood, periphery and tumour follow
 * @param clones clones that recognise antigens of the tumour
 * @param thymus naive cells of a clone from the thymus
 * @param naiveProliferation largest proliferation of naive cells of a clone
 * @param naiveHalf naive cells of a clone at which it is half
 * @param peripheralExit exit of mature and naive cells from the periphery
 */
record TCells(
        int naiveCentral,
        double clones,
        double thymus,
        double naiveProliferation,
        double naiveHalf,
        double peripheralExit) {

    static TCells effector(Parameters p) {
        return of(
                p,
                Species.CENTRAL_NAIVE_EFFECTOR,
                QspParameter.EFFECTOR_DIVERSITY,
                QspParameter.EFFECTOR_CLONES,
                QspParameter.EFFECTOR_THYMIC_OUTPUT,
                QspParameter.EFFECTOR_PERIPHERAL_EXIT);
    }

    static TCells regulatory(Parameters p) {
        return of(
                p,
                Species.CENTRAL_NAIVE_REGULATORY,
                QspParameter.REGULATORY_DIVERSITY,
                QspParameter.REGULATORY_CLONES,
                QspParameter.REGULATORY_THYMIC_OUTPUT,
                QspParameter.REGULATORY_PERIPHERAL_EXIT);
    }

    private static TCells of(
            Parameters p,
            Species first,
            QspParameter diversity,
            QspParameter clones,
            QspParameter thymus,
            QspParameter exit) {
        double clonotypes = diversity.of(p);
        return new TCells(
                first.ordinal(),
                clones.of(p),
                thymus.of(p) / clonotypes,
                QspParameter.NAIVE_PROLIFERATION.of(p) / clonotypes,
                QspParameter.NAIVE_PROLIFERATION_HALF.of(p) / clonotypes,
                exit.of(p));
    }

    int naivePeripheral() {
        return naiveCentral + 1;
    }

    int naiveNodal() {
        return naiveCentral + 2;
    }

    int activated() {
        return naiveCentral + 3;
    }

    int nodal() {
        return naiveCentral + 4;
    }

    int central() {
        return naiveCentral + 5;
    }

    int peripheral() {
        return naiveCentral + 6;
    }

    int tumour() {
        return naiveCentral + 7;
    }
}
