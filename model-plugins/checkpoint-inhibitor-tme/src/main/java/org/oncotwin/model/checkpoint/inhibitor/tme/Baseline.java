package org.oncotwin.model.checkpoint.inhibitor.tme;

import org.oncotwin.tumour.immune.TmeEquations;

/**
 * The state at the start: of a lesion of which an image shows the volume and which nothing blocks yet. All that is not the tumour and its effectors is where it settles for them.
 *
 * @param equations the equations
 * @param space growth
 * @param effectorDensity effectors per cm3 of the lesion
 */
record Baseline(TmeEquations equations, LesionSpace space, double effectorDensity) {

    /** Enough halvings to reach neighbouring numbers. */
    private static final int HALVINGS = 200;

    /** State of a lesion of a volume (cm3): as much of it viable as leaves room for what is dying and inflamed. */
    TmeState of(double lesion) {
        double viable = lesion;
        if (shown(lesion, lesion) > lesion) {
            double low = 0;
            double high = lesion;
            for (int n = 0; n < HALVINGS; n++) {
                viable = low + (high - low) / 2;
                if (shown(viable, lesion) > lesion) {
                    high = viable;
                } else {
                    low = viable;
                }
            }
            viable = low;
        }
        double effectors = effectorDensity * lesion;
        double interferon = interferon(viable, lesion, effectors);
        double dying = dying(viable, effectors, interferon);
        return new TmeState(
                viable,
                dying,
                equations.settledInflamed(viable, interferon, space.free(lesion, 1)),
                effectors,
                equations.settledRegulatory(viable),
                equations.settledPresenting(viable, dying),
                interferon,
                0,
                0,
                0);
    }

    /** Volume that an image would show with this viable volume, in cm3. */
    private double shown(double viable, double lesion) {
        double effectors = effectorDensity * lesion;
        double interferon = interferon(viable, lesion, effectors);
        return viable
                + dying(viable, effectors, interferon)
                + equations.settledInflamed(viable, interferon, space.free(lesion, 1));
    }

    private double dying(double viable, double effectors, double interferon) {
        double kill = equations.killRate(
                viable,
                effectors,
                equations.inhibition(interferon, 0, 0),
                equations.suppression(equations.settledRegulatory(viable)));
        return equations.settledDying(viable, kill);
    }

    /** Interferon-gamma raises PD-L1, which lowers its release: there is one level between none and the uninhibited one. */
    private double interferon(double viable, double lesion, double effectors) {
        double low = 0;
        double high = equations.releasedInterferon(viable, lesion, effectors, 0);
        for (int n = 0; n < HALVINGS; n++) {
            double middle = low + (high - low) / 2;
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
}
