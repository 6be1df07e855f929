package org.oncotwin.treatment.toxicity.haematological;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.PiecewisePolynomial;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Precursors that divide, three stages of maturation and cells in blood (Friberg et al. 2002, J Clin Oncol 20:4713-4721), as ratios to the value before treatment: with {@code k = 4 / MTT}, E the sum of slope times concentration,
 * and c the cells in blood, precursors obey {@code dp/dt = k p (1 - E) c^-gamma - k p}, each further stage {@code dx/dt = k (x before - x)}. The state holds ln p, so that precursors stay positive at every dose.
 */
final class Myelosuppression implements OdeSystem {

    private static final int STAGES = 5;
    private static final int BLOOD = STAGES - 1;
    private static final double HOURS_PER_DAY = 24;

    /** Share of cells in blood below which feedback rises no further: an assumption that acts only far below what patients survive, and keeps the rebound after such doses in bounds. */
    private static final double LEAST_FELT = 1e-3;

    private static final double RELATIVE_TOLERANCE = 1e-8;
    private static final double ABSOLUTE_TOLERANCE = 1e-10;
    private static final double POLYNOMIAL_TOLERANCE = 1e-8;

    private final double rate;
    private final double feedback;
    private final double[] slopes;
    private final TimeFunction[] concentrations;

    /**
     * Cells under drugs.
     *
     * @param transitTime in h
     * @param feedback gamma
     * @param slopes for each drug in L/mg
     * @param concentrations for each drug in mg/L
     */
    Myelosuppression(double transitTime, double feedback, List<Double> slopes, List<TimeFunction> concentrations) {
        this.rate = 4 / transitTime * HOURS_PER_DAY;
        this.feedback = feedback;
        this.slopes = slopes.stream().mapToDouble(Double::doubleValue).toArray();
        this.concentrations = concentrations.toArray(TimeFunction[]::new);
    }

    @Override
    public int dimension() {
        return STAGES;
    }

    @Override
    public String name(int component) {
        return component == 0
                ? "logarithm of precursors"
                : component == BLOOD ? "cells in blood" : "stage " + component;
    }

    @Override
    public void derivatives(double day, double[] state, double[] none, double[] derivatives) {
        double effect = 0;
        for (int drug = 0; drug < slopes.length; drug++) {
            effect += slopes[drug] * concentrations[drug].at(day);
        }
        double demand = StrictMath.pow(Math.max(state[BLOOD], LEAST_FELT), -feedback);
        derivatives[0] = rate * ((1 - effect) * demand - 1);
        derivatives[1] = rate * (StrictMath.exp(state[0]) - state[1]);
        for (int stage = 2; stage < STAGES; stage++) {
            derivatives[stage] = rate * (state[stage - 1] - state[stage]);
        }
    }

    /** Cells in blood over their value before treatment, over the horizon of a run: exactly 1 before the first dose, so that rounding cannot look like harm. */
    TimeFunction overHorizon(RunContext context, SimulationTime firstDose) {
        if (!firstDose.isBefore(context.horizon().end())) {
            return TimeFunction.constant(1);
        }
        TimeFunction after = solved(
                context,
                context.horizon().start().isBefore(firstDose)
                        ? new Interval(firstDose, context.horizon().end())
                        : context.horizon());
        double first = firstDose.days();
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return day <= first ? 1 : after.at(day);
            }

            @Override
            public double integral(double from, double to) {
                double untreated = Math.max(0, Math.min(to, first) - from);
                return to <= first ? to - from : untreated + after.integral(Math.max(from, first), to);
            }

            @Override
            public double[] jumps(double from, double to) {
                DoubleStream start = first > from && first < to ? DoubleStream.of(first) : DoubleStream.empty();
                return DoubleStream.concat(start, Arrays.stream(after.jumps(Math.max(from, first), to)))
                        .toArray();
            }
        };
    }

    private TimeFunction solved(RunContext context, Interval horizon) {
        double from = horizon.start().days();
        double to = horizon.end().days();
        TreeSet<SimulationTime> jumps = new TreeSet<>();
        for (TimeFunction concentration : concentrations) {
            for (double jump : concentration.jumps(from, to)) {
                SimulationTime time = SimulationTime.ofDays(jump);
                if (horizon.start().isBefore(time) && time.isBefore(horizon.end())) {
                    jumps.add(time);
                }
            }
        }
        List<OdeEvent> restarts = new ArrayList<>();
        jumps.forEach(time -> restarts.add(OdeEvent.restart(time)));
        double tolerance =
                Math.min(RELATIVE_TOLERANCE, context.relativeTolerance().orElse(RELATIVE_TOLERANCE));
        OdeTrajectory cells = context.solvers()
                .solve(OdeProblem.of(
                                this,
                                horizon,
                                new double[] {0, 1, 1, 1, 1},
                                new double[0],
                                OdeTolerance.of(tolerance, ABSOLUTE_TOLERANCE))
                        .withEvents(restarts)
                        .withTrajectory())
                .trajectory()
                .orElseThrow();
        double[] state = new double[STAGES];
        return PiecewisePolynomial.approximating(
                day -> {
                    cells.at(day, state);
                    return Math.max(0, state[BLOOD]);
                },
                jumps.stream().mapToDouble(SimulationTime::days).toArray(),
                from,
                to,
                POLYNOMIAL_TOLERANCE);
    }
}
