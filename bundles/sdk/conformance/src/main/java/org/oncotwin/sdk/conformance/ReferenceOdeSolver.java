package org.oncotwin.sdk.conformance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;

/**
 * A solver for tests of plugins that need one: the embedded Runge-Kutta pair of order 5(4) by Dormand and Prince (1980, https://doi.org/10.1016/0771-050X(80)90013-3, table 2)
 * with local extrapolation and the elementary step control of Hairer, Norsett and Wanner (1993, section II.4). Not for stiff equations.
 */
public final class ReferenceOdeSolver implements OdeSolver {

    private static final String ID = "reference-dormand-prince-5";

    private static final double[] NODES = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
    private static final double[][] STAGES = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
    };
    /** Weights of order 5 less those of order 4. */
    private static final double[] ERROR = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
    };

    /** Nothing to set up. */
    public ReferenceOdeSolver() {}

    @Override
    public SolverDescription description() {
        return new SolverDescription(
                ID,
                "Dormand-Prince 5(4), for tests",
                5,
                false,
                Set.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS, SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS),
                Set.of(),
                List.of("Stiff equations take very many steps."),
                List.of("Dormand and Prince 1980, J Comput Appl Math 6:19-26, "
                        + "https://doi.org/10.1016/0771-050X(80)90013-3"));
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return new Integration(problem, execution).run();
    }

    /** One integration; time runs from 0 to the length of the interval, so that late intervals are as exact as early ones. */
    private static final class Integration {

        private final OdeProblem problem;
        private final Execution execution;
        private final OdeSystem system;
        private final double start;
        private final double length;
        private final double[] parameters;
        private final double[][] slopes;
        private double[] state;
        private double[] trial;
        private double elapsed;
        private long steps;
        private long rejected;
        private long evaluations;
        private double longest;

        Integration(OdeProblem problem, Execution execution) {
            this.problem = problem;
            this.execution = execution;
            this.system = problem.system();
            this.start = problem.interval().start().days();
            this.length = problem.interval().days();
            this.state = problem.initial();
            this.parameters = problem.parameters();
            this.trial = new double[state.length];
            this.slopes = new double[NODES.length][state.length];
        }

        OdeSolution run() {
            double step = length / 100;
            evaluate(0, 0, state);
            while (elapsed < length) {
                execution.cancellation().check();
                boolean last = elapsed + step >= length;
                double h = last ? length - elapsed : step;
                double error = attempt(h);
                if (error <= 1) {
                    elapsed = last ? length : elapsed + h;
                    accept(h);
                } else {
                    rejected++;
                }
                step = h * Math.min(5, Math.max(0.2, 0.9 * StrictMath.pow(error, -0.2)));
                if (elapsed < length && elapsed + step * 1e-3 == elapsed) {
                    throw new SolverException("the step became too small at day " + (start + elapsed));
                }
            }
            return new OdeSolution(
                    problem.interval().end().days(),
                    OdeSolution.End.INTERVAL,
                    state,
                    parameters,
                    new double[0][],
                    new double[0][],
                    new double[0][][],
                    List.of(),
                    Optional.empty(),
                    new SolverStatistics(
                            ID,
                            steps,
                            rejected,
                            evaluations,
                            OptionalDouble.of(problem.tolerance().relative()),
                            OptionalDouble.empty(),
                            longest));
        }

        /** Tries a step and returns its error as a multiple of what is allowed. */
        private double attempt(double h) {
            for (int stage = 1; stage < NODES.length; stage++) {
                for (int i = 0; i < state.length; i++) {
                    double sum = 0;
                    for (int s = 0; s < stage; s++) {
                        sum += STAGES[stage][s] * slopes[s][i];
                    }
                    trial[i] = state[i] + h * sum;
                }
                evaluate(stage, elapsed + NODES[stage] * h, trial);
            }
            double worst = 0;
            for (int i = 0; i < state.length; i++) {
                double error = 0;
                for (int s = 0; s < NODES.length; s++) {
                    error += ERROR[s] * slopes[s][i];
                }
                double allowed = problem.tolerance().absolute(i)
                        + problem.tolerance().relative() * Math.max(Math.abs(state[i]), Math.abs(trial[i]));
                worst = Math.max(worst, error == 0 ? 0 : Math.abs(h * error) / allowed);
            }
            return worst;
        }

        private void accept(double h) {
            double[] old = state;
            state = trial;
            trial = old;
            System.arraycopy(slopes[NODES.length - 1], 0, slopes[0], 0, state.length);
            steps++;
            longest = Math.max(longest, h);
        }

        private void evaluate(int stage, double at, double[] y) {
            evaluations++;
            system.derivatives(start + at, y, parameters, slopes[stage]);
            for (int i = 0; i < y.length; i++) {
                if (!Double.isFinite(slopes[stage][i]) || !Double.isFinite(y[i])) {
                    throw new SolverException("component " + i + " is " + y[i] + " with derivative " + slopes[stage][i]
                            + " at day " + (start + at));
                }
            }
        }
    }
}
