package org.oncotwin.model.checkpoint.inhibitor.spatial;

import org.oncotwin.tumour.immune.TmeEquations;

/**
 * The cells at the start: of a tumour of which an image shows the viable cells and which nothing blocks yet. All that is not the tumour and its effectors is where it settles for them, killed cells and infiltrate each at most as much as viable cells.
 *
 * @param equations the equations
 * @param viable volume of viable cells in cm3
 * @param largest volume of the whole medium at the carrying capacity, in cm3
 * @param effectors effector T cells
 * @param reach mean weight with which effectors kill
 */
record Start(TmeEquations equations, double viable, double largest, double effectors, double reach) {

    /** Enough halvings to reach neighbouring numbers. */
    private static final int HALVINGS = 200;

    /** As {@link ImmuneSystem} numbers them. */
    double[] cells() {
        double interferon = interferon();
        double dying = dying(interferon);
        return new double[] {
            0,
            effectors,
            equations.settledRegulatory(viable),
            equations.settledPresenting(viable, dying),
            interferon,
            dying,
            inflamed(interferon)
        };
    }

    /** What is released falls from the uninhibited level to less than there is as there is more: a level where both are equal lies between. */
    private double interferon() {
        double low = 0;
        double high = equations.releasedInterferon(viable, viable, effectors, 0);
        for (int n = 0; n < HALVINGS; n++) {
            double middle = low + (high - low) / 2;
            double lesion = viable + dying(middle) + inflamed(middle);
            double released =
                    equations.releasedInterferon(viable, lesion, effectors, equations.inhibition(middle, 0, 0));
            if (released > middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double inflamed(double interferon) {
        return Math.min(viable, equations.settledInflamed(viable, interferon, 1 - viable / largest));
    }

    private double dying(double interferon) {
        double kill = reach
                * equations.killRate(
                        viable,
                        effectors,
                        equations.inhibition(interferon, 0, 0),
                        equations.suppression(equations.settledRegulatory(viable)));
        return Math.min(viable, equations.settledDying(viable, kill));
    }
}
