package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeEquations;

/**
 * Tumour and immune cells in time over a window, given how the tumour lies in space ({@link Shape}). The tumour enters as {@code w = ln(V/V0) + M} with M the exact integral of the kill rate of
 * treatments as far as it reaches the tumour at the start of the window.
 */
final class ImmuneSystem implements OdeSystem {

    static final int TUMOUR = 0;
    static final int EFFECTORS = 1;
    static final int REGULATORY = 2;
    static final int PRESENTING = 3;
    static final int INTERFERON = 4;
    static final int DYING = 5;
    static final int INFLAMED = 6;

    private static final List<String> NAMES = List.of(
            "logarithm of the viable volume",
            Quantities.EFFECTORS.name(),
            Quantities.REGULATORY.name(),
            Quantities.PRESENTING.name(),
            Quantities.INTERFERON.name(),
            Quantities.DYING.name(),
            Quantities.INFLAMED.name());

    /** Found to a hundredth of a second. */
    private static final double EXTINCTION_TOLERANCE = 1e-7;

    private final TmeEquations equations;
    private final Acting acting;
    private final ShapeCurves shape;
    private final double start;
    private final double viable;
    private final double largest;
    private final double ceiling;
    private final double[] reachAtStart;

    /**
     * Over a window.
     *
     * @param start its first day
     * @param viable volume at its start, in cm3
     * @param largest volume of the whole medium at the carrying capacity, in cm3
     */
    ImmuneSystem(
            TmeEquations equations, Acting acting, ShapeCurves shape, double start, double viable, double largest) {
        this.equations = equations;
        this.acting = acting;
        this.shape = shape;
        this.start = start;
        this.viable = viable;
        this.largest = largest;
        // A trial step may rise into overflow. Far above what the medium holds (e^100) the slope is enough to have the
        // step refused.
        this.ceiling = viable > 0 ? Math.max(0, StrictMath.log(largest) - StrictMath.log(viable)) + 100 : 0;
        this.reachAtStart = new double[acting.kill().size()];
        for (int n = 0; n < reachAtStart.length && viable > 0; n++) {
            reachAtStart[n] = shape.at(Shape.REACH + 1 + n, start);
        }
    }

    @Override
    public int dimension() {
        return NAMES.size();
    }

    @Override
    public String name(int component) {
        return NAMES.get(component);
    }

    /** Integral of the kill rate of treatments with the reach that it has at the start. */
    private double killed(double day) {
        double killed = 0;
        for (int n = 0; n < reachAtStart.length; n++) {
            killed += reachAtStart[n] * acting.kill().get(n).rate().integral(start, day);
        }
        return killed;
    }

    private double viable(double day, double logarithm) {
        if (viable == 0) {
            return 0;
        }
        double rise = Math.min(logarithm - killed(day), ceiling);
        // In two halves, because a volume near the smallest number may rise by more than the largest one.
        double half = StrictMath.exp(rise / 2);
        return viable * half * half;
    }

    /** Rate at which effectors kill tumour cells that they reach as they do on average in an inflamed tumour, per day. */
    double killRate(double day, double[] state) {
        double interferon = Math.max(0, state[INTERFERON]);
        return equations.killRate(
                viable(day, state[TUMOUR]),
                Math.max(0, state[EFFECTORS]),
                equations.inhibition(
                        interferon, acting.pd1().at(day), acting.pdl1().at(day)),
                equations.suppression(Math.max(0, state[REGULATORY])));
    }

    @Override
    public void derivatives(double day, double[] state, double[] none, double[] derivatives) {
        double tumour = viable(day, state[TUMOUR]);
        // Trial steps of the solver may leave the region of the equations by a little; there they go on as at its edge.
        double effectors = Math.max(0, state[EFFECTORS]);
        double regulatory = Math.max(0, state[REGULATORY]);
        double interferon = Math.max(0, state[INTERFERON]);
        double dying = Math.max(0, state[DYING]);
        double lesion = tumour + dying + Math.max(0, state[INFLAMED]);
        double ctla4 = acting.ctla4().at(day);
        double inhibition = equations.inhibition(
                interferon, acting.pd1().at(day), acting.pdl1().at(day));
        double suppression = equations.suppression(regulatory);
        double kill = 0;
        derivatives[TUMOUR] = 0;
        if (viable > 0) {
            double byEffectors =
                    equations.killRate(tumour, effectors, inhibition, suppression) * shape.at(Shape.REACH, day);
            kill = byEffectors;
            derivatives[TUMOUR] = acting.proliferation().at(day)
                            * (shape.at(Shape.GROWTH, day) - shape.at(Shape.CROWDING, day) * tumour)
                    - byEffectors;
            for (int n = 0; n < reachAtStart.length; n++) {
                KillRate.Term term = acting.kill().get(n);
                double rate = term.rate().at(day);
                double reach = shape.at(Shape.REACH + 1 + n, day);
                kill += rate * reach;
                derivatives[TUMOUR] -= rate * (reach - reachAtStart[n]);
            }
        }
        derivatives[EFFECTORS] =
                equations.effectorRate(tumour, state[EFFECTORS], state[PRESENTING], inhibition, suppression, ctla4);
        derivatives[REGULATORY] = equations.regulatoryRate(tumour, state[REGULATORY], ctla4);
        derivatives[PRESENTING] = equations.presentingRate(tumour, dying, state[PRESENTING]);
        derivatives[INTERFERON] = equations.interferonRate(tumour, lesion, effectors, state[INTERFERON], inhibition);
        derivatives[DYING] = equations.dyingRetained() * kill * tumour - equations.dyingClearance() * state[DYING];
        derivatives[INFLAMED] = equations.inflamedRate(tumour, state[INFLAMED], interferon, 1 - lesion / largest);
    }

    /** Met where a falling tumour has fewer cells than a tumour has; none if that number is 0 or there is no tumour. */
    Optional<OdeCondition> extinction() {
        if (viable == 0 || equations.extinctionVolume() == 0) {
            return Optional.empty();
        }
        double threshold = StrictMath.log(equations.extinctionVolume()) - StrictMath.log(viable);
        return Optional.of(new OdeCondition(
                "extinction of the tumour",
                (day, state, none) -> state[TUMOUR] - killed(day) - threshold,
                OdeCondition.Crossing.FALLING,
                Optional.empty(),
                false,
                EXTINCTION_TOLERANCE));
    }
}
