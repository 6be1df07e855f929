package org.oncotwin.model.checkpoint.inhibitor.tme;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.tumour.immune.Quantities;
import org.oncotwin.tumour.immune.TmeEquations;

/**
 * The equations in time from the start of an interval in which nothing jumps. The tumour enters as {@code w = ln(V/V0) + M} with M the exact integral of the kill rate of treatments: volumes stay
 * positive, and a rate that decays within hours acts fully however long the steps are.
 */
final class LesionSystem implements OdeSystem {

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

    /** So far below any logarithm of a volume that no growth in a thousand years comes back from it. */
    private static final double GONE = -1e12;

    /** Found to a hundredth of a second. */
    private static final double EXTINCTION_TOLERANCE = 1e-7;

    private final TmeEquations equations;
    private final LesionSpace space;
    private final LesionEffects effects;
    private final double start;
    private final double viable;
    private final double ceiling;

    LesionSystem(
            TmeEquations equations, LesionSpace space, LesionEffects effects, SimulationTime start, double viable) {
        this.equations = equations;
        this.space = space;
        this.effects = effects;
        this.start = start.days();
        this.viable = viable;
        // No solution rises above the start and the capacity, but a trial step may, into overflow. Far above both
        // (e^100) the slope is enough to have the step refused.
        this.ceiling = viable > 0 ? Math.max(0, StrictMath.log(space.capacity()) - StrictMath.log(viable)) + 100 : 0;
    }

    @Override
    public int dimension() {
        return NAMES.size();
    }

    @Override
    public String name(int component) {
        return NAMES.get(component);
    }

    /** Viable volume in cm3. */
    double viable(double day, double logarithm) {
        if (viable == 0) {
            return 0;
        }
        double rise = Math.min(logarithm - effects.kill().integral(start, day), ceiling);
        // In two halves, because a volume near the smallest number may rise by more than the largest one.
        double half = StrictMath.exp(rise / 2);
        return viable * half * half;
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
        double ctla4 = effects.ctla4().at(day);
        double free = space.free(lesion, effects.capacity().at(day));
        double inhibition = equations.inhibition(
                interferon, effects.pd1().at(day), effects.pdl1().at(day));
        double suppression = equations.suppression(regulatory);
        double kill = equations.killRate(tumour, effectors, inhibition, suppression);
        derivatives[TUMOUR] = space.proliferation() * effects.proliferation().at(day) * free - kill;
        derivatives[EFFECTORS] =
                equations.effectorRate(tumour, state[EFFECTORS], state[PRESENTING], inhibition, suppression, ctla4);
        derivatives[REGULATORY] = equations.regulatoryRate(tumour, state[REGULATORY], ctla4);
        derivatives[PRESENTING] = equations.presentingRate(tumour, dying, state[PRESENTING]);
        derivatives[INTERFERON] = equations.interferonRate(tumour, lesion, effectors, state[INTERFERON], inhibition);
        derivatives[DYING] = equations.dyingRetained() * (kill + effects.kill().at(day)) * tumour
                - equations.dyingClearance() * state[DYING];
        derivatives[INFLAMED] = equations.inflamedRate(tumour, state[INFLAMED], interferon, free);
    }

    /** The tumour is gone when it falls below a number of cells; none if that number is 0 or there is no tumour. */
    Optional<OdeCondition> extinction() {
        if (viable == 0 || equations.extinctionVolume() == 0) {
            return Optional.empty();
        }
        double threshold = StrictMath.log(equations.extinctionVolume()) - StrictMath.log(viable);
        return Optional.of(new OdeCondition(
                "extinction of the tumour",
                (day, state, none) -> state[TUMOUR] - effects.kill().integral(start, day) - threshold,
                OdeCondition.Crossing.FALLING,
                Optional.of((day, state, none) -> state[TUMOUR] = GONE),
                false,
                EXTINCTION_TOLERANCE));
    }
}
