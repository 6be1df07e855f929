package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** What the laws of solvers of ordinary differential equations are told in: the solver, and problems that it is made for. */
abstract class OdeContract {

    /** Relative and absolute tolerance of a test that is not about tolerances. */
    static final double TOLERANCE = 1e-8;

    OdeContract() {}

    /** A new instance of the solver at each call. */
    protected abstract OdeSolver newSolver();

    /** Relative tolerances at which the solver is tried, from loose to tight. */
    protected List<Double> tolerances() {
        return List.of(1e-4, 1e-6, 1e-8, 1e-10);
    }

    /** Error at the end allowed as a multiple of the tolerance, which bounds the error of each step: room for errors of many steps to add up. */
    protected double errorPerTolerance() {
        return 100;
    }

    // ---- What the solver is made for ----

    final boolean offers(SolverKind kind) {
        return newSolver().description().kinds().contains(kind);
    }

    final boolean offers(SolverFeature feature) {
        return newSolver().description().features().contains(feature);
    }

    /** False for a solver of linear equations alone. */
    final boolean solvesNonlinear() {
        return offers(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)
                || offers(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }

    final void onlyIfNonlinear() {
        assumeTrue(solvesNonlinear(), "not offered: equations that are not linear");
    }

    final void onlyIf(SolverKind kind) {
        assumeTrue(offers(kind), "not offered: " + kind.words());
    }

    final void onlyIf(SolverFeature feature) {
        assumeTrue(offers(feature), "not offered: " + feature.words());
    }

    /** A problem posed as the kind that the solver is made for. */
    final OdeProblem posed(OdeProblem problem) {
        if (problem.system() instanceof LinearOdeSystem && offers(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS)) {
            return problem.ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);
        }
        return problem.ofKind(
                offers(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)
                        ? SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS
                        : SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }

    /** Solves it on one thread, posed as the kind that the solver is made for. */
    final OdeSolution solve(OdeProblem problem) {
        return newSolver().solve(posed(problem), Execution.sequential());
    }

    // ---- Problems ----

    static Interval interval(double from, double to) {
        return new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
    }

    static OdeProblem problem(
            OdeSystem system, Interval interval, double[] initial, double[] parameters, double tolerance) {
        return OdeProblem.of(system, interval, initial, parameters, OdeTolerance.of(tolerance, tolerance));
    }

    /** One compartment with elimination (per day) and infusion (per day). */
    static OdeProblem compartment(double from, double to, double amount, double elimination, double infusion) {
        return compartment(from, to, amount, elimination, infusion, TOLERANCE);
    }

    static OdeProblem compartment(
            double from, double to, double amount, double elimination, double infusion, double tolerance) {
        return problem(
                OdeSystems.compartment(),
                interval(from, to),
                new double[] {amount},
                new double[] {elimination, infusion, 0},
                tolerance);
    }

    /** (cos t, -sin t). */
    static OdeProblem circle(double to, double tolerance) {
        return problem(OdeSystems.oscillator(), interval(0, to), new double[] {1, 0}, new double[] {1}, tolerance);
    }

    static OdeProblem chain(double from, double to, double tolerance) {
        return problem(
                OdeSystems.decayChain(),
                interval(from, to),
                new double[] {1, 0.25, 0},
                new double[] {0.7, 0.3},
                tolerance);
    }

    /** r = 0.3 /d and K = 100. */
    static OdeProblem logistic(double from, double to, double volume, double tolerance) {
        return problem(
                OdeSystems.logistic(), interval(from, to), new double[] {volume}, new double[] {0.3, 100}, tolerance);
    }

    // ---- Assertions ----

    /** The error is at most that of the tolerance, in its measure: relative to the value, or absolute where that is below 1. */
    final void assertClose(double actual, double expected, double tolerance, String what) {
        assertThat(Math.abs(actual - expected))
                .as("%s: error of %s against %s", what, actual, expected)
                .isLessThanOrEqualTo(tolerance * errorPerTolerance() * Math.max(1, Math.abs(expected)));
    }

    /** Refused, or stopped, in words that have all of these in them. */
    final Throwable assertFails(OdeProblem problem, String... words) {
        Throwable failure = catchThrowable(() -> solve(problem));
        assertThat(failure).isInstanceOf(SolverException.class);
        for (String word : words) {
            assertThat(failure).hasMessageContaining(word);
        }
        return failure;
    }
}
