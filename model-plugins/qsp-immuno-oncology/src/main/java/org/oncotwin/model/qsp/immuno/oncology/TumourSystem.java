package org.oncotwin.model.qsp.immuno.oncology;

import java.util.Optional;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.SimulationTime;

/**
 * The equations in time from the start of an interval in which nothing jumps. Cancer cells C enter as {@code w = ln(C/C0) + M} with M the exact integral of the kill rate of treatments: they stay
 * positive, and a rate that decays within hours acts fully however long the steps are.
 */
final class TumourSystem implements OdeSystem {

    /** So far below any logarithm of a number of cells that no growth in a thousand years comes back from it. */
    private static final double GONE = -1e12;

    /** Found to a hundredth of a second. */
    private static final double TOLERANCE = 1e-7;

    private static final int CANCER = Species.CANCER.ordinal();

    private final QspEquations equations;
    private final TumourEffects effects;
    private final double start;
    private final double first;
    private final double last;
    private final double cells;
    private final double ceiling;

    /**
     * From the start of an interval.
     *
     * @param first day from which effects are smooth: the start, or a jump that is less than a millisecond after it
     * @param end day at which they jump next at the earliest
     */
    TumourSystem(
            QspEquations equations,
            TumourEffects effects,
            SimulationTime start,
            double first,
            double end,
            double cells) {
        this.equations = equations;
        this.effects = effects;
        this.start = start.days();
        this.first = first;
        // At a jump a function has the value after it, which is not of this interval.
        this.last = Math.nextDown(end);
        this.cells = cells;
        // No solution comes near e^100 cells more than the largest number, but a trial step may, into overflow.
        this.ceiling =
                cells > 0 ? Math.max(0, StrictMath.log(Species.CANCER.quantity().maximum() / cells)) + 100 : 0;
    }

    @Override
    public int dimension() {
        return Species.COUNT;
    }

    @Override
    public String name(int component) {
        return component == CANCER
                ? "logarithm of the cancer cells"
                : Species.values()[component].quantity().name();
    }

    /** Cancer cells. */
    double cells(double day, double logarithm) {
        if (cells == 0) {
            return 0;
        }
        double rise = Math.min(logarithm - effects.kill().integral(start, day), ceiling);
        // In two halves, because a number near the smallest one may rise by more than the largest one.
        double half = StrictMath.exp(rise / 2);
        return cells * half * half;
    }

    @Override
    public void derivatives(double day, double[] state, double[] none, double[] derivatives) {
        double smooth = Math.min(Math.max(day, first), last);
        equations.derivatives(
                cells(day, state[CANCER]),
                state,
                effects.proliferation().at(smooth),
                effects.capacity().at(smooth),
                effects.kill().at(smooth),
                effects.pd1().at(smooth),
                effects.pdl1().at(smooth),
                derivatives);
    }

    /** The tumour is gone when it falls below a number of cells; none if that number is 0 or there is no tumour. */
    Optional<OdeCondition> extinction() {
        if (cells == 0 || equations.extinction == 0) {
            return Optional.empty();
        }
        double threshold = StrictMath.log(equations.extinction) - StrictMath.log(cells);
        return Optional.of(new OdeCondition(
                "extinction of the tumour",
                (day, state, none) -> state[CANCER] - effects.kill().integral(start, day) - threshold,
                OdeCondition.Crossing.FALLING,
                Optional.of((day, state, none) -> state[CANCER] = GONE),
                false,
                TOLERANCE));
    }

    /** Ends the solution when the tumour reaches a volume (cm3). */
    OdeCondition reaches(double volume) {
        return new OdeCondition(
                "tumour of " + volume + " cm3",
                (day, state, none) -> equations.volume(cells(day, state[CANCER]), state) / volume - 1,
                OdeCondition.Crossing.RISING,
                Optional.empty(),
                true,
                TOLERANCE);
    }
}
