package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.solver.grid.scheme.InteractionPicture;
import org.oncotwin.solver.grid.scheme.ReactionFlow;

/**
 * Runge-Kutta steps in the interaction picture with proliferation that differs from voxel to voxel and a drug whose half-life is 1.8 h, against extrapolated splitting, with which
 * they share the exact reaction and the operator and nothing else.
 */
class RungeKuttaMethodTest {

    private static final Grid GRID = Problems.grid(13, 21, 9, 1, 1.25, 2);
    private static final byte[] CLASSES = Problems.brain(GRID);
    private static final double LAMBDA = 9.242;
    private static final double DAYS = 2;
    private static final GridSolver SOLVER = new GridSolver();

    /** A kill rate that differs from place to place and does nothing, for which splitting is taken. */
    private static final Sink NOTHING =
            new Sink(TimeFunction.constant(1e-100), SpatialValue.varying(Field.constant(GRID, 1e-100)));

    private static final Sink DRUG = drug(LAMBDA);

    private static Sink drug(double lambda) {
        return new Sink(
                Problems.function(
                        t -> 0.8 * Math.exp(-lambda * (t - 3)), t -> -0.8 / lambda * Math.exp(-lambda * (t - 3))),
                SpatialValue.uniform(1));
    }

    private static Medium medium(double diffusion) {
        return Medium.of(GRID, CLASSES, new double[] {0, diffusion, 0.3 * diffusion}, new double[] {0, 0.3, 0.2})
                .withRelativeProliferation(
                        SpatialValue.varying(Problems.field(GRID, (i, j, k) -> 1 + 0.5 * Math.sin(0.7 * i - 0.3 * j))));
    }

    private static Medium oriented(double diffusion) {
        float[][] t = new float[TensorField.COMPONENTS][GRID.size()];
        for (int i = 0; i < GRID.size(); i++) {
            t[0][i] = 1.5f;
            t[1][i] = 0.75f;
            t[2][i] = 0.75f;
            t[3][i] = (float) (0.3 * Math.sin(0.1 * i));
            t[4][i] = 0.2f;
        }
        return medium(diffusion).withOrientation(TensorField.owning(GRID, t));
    }

    private static ReactionDiffusionProblem problem(Medium medium, StepControl steps, Sink... sinks) {
        return new ReactionDiffusionProblem(
                Problems.blob(GRID, CLASSES),
                medium,
                0.9,
                Problems.function(t -> 1 + 0.3 * Math.cos(t), t -> t + 0.3 * Math.sin(t)),
                List.of(sinks),
                Problems.days(3, 3 + DAYS),
                steps);
    }

    /** Stages of the method that is taken; 0 for splitting. */
    private static int stages(ReactionDiffusionProblem problem) {
        TileOperator operator = new TileOperator(problem.medium());
        return InteractionPicture.of(problem, new ReactionFlow(problem, operator.rates), operator.largestLoss)
                .map(picture -> picture.method().stages())
                .orElse(0);
    }

    private static ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, int threads) {
        return SOLVER.solve(problem, new Execution(threads, Cancellation.NEVER));
    }

    private static Field reference(Medium medium, Sink drug) {
        ReactionDiffusionProblem problem = problem(medium, StepControl.adaptive(1e-12), drug, NOTHING);
        assertThat(stages(problem)).isZero();
        return solve(problem, 2).density();
    }

    private static StepSequence equal(int steps) {
        double[] ends = new double[steps];
        for (int n = 0; n < steps; n++) {
            ends[n] = n == steps - 1 ? 3 + DAYS : 3 + DAYS * (n + 1) / steps;
        }
        return StepSequence.endingAt(ends);
    }

    /** Diffusion in mm2/d, tolerance that chooses, stages, least steps, order of the result. The stated error is of one order less and larger than the true one. */
    @Tag("SR-313")
    @ParameterizedTest
    @CsvSource({"0.01, 1e-4, 3, 2, 3", "0.1, 1e-7, 6, 2, 5"})
    void errorsFallWithTheStepAsTheOrderSaysAndAreLessThanStated(
            double diffusion, double tolerance, int stages, int least, int order) {
        Medium medium = medium(diffusion);
        // Slow, so that steps of hours resolve what it does.
        Sink drug = drug(0.7);
        Field reference = reference(medium, drug);
        double[] error = new double[4];
        double[] stated = new double[4];
        for (int n = 0; n < error.length; n++) {
            ReactionDiffusionProblem problem =
                    problem(medium, StepControl.adaptive(tolerance).repeating(equal(least << n)), drug);
            assertThat(stages(problem)).isEqualTo(stages);
            ReactionDiffusionSolution solution = solve(problem, 1);
            assertThat(solution.statistics().evaluations()).isEqualTo((long) stages * (least << n));
            error[n] = Problems.relativeError(solution.density(), reference);
            stated[n] = solution.statistics().error().orElseThrow();
            assertThat(error[n]).isLessThan(stated[n]);
        }
        for (int n = 2; n < error.length; n++) {
            assertThat(Math.log(error[n - 1] / error[n]) / Math.log(2)).isBetween(order - 0.3, order + 0.7);
            assertThat(Math.log(stated[n - 1] / stated[n]) / Math.log(2)).isBetween(order - 1.3, order - 0.3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10})
    void equalsSplittingToTheTolerance(double tolerance) {
        for (Medium medium : List.of(medium(0.05), oriented(0.1))) {
            ReactionDiffusionProblem problem = problem(medium, StepControl.adaptive(tolerance), DRUG);
            assertThat(stages(problem)).isPositive();
            ReactionDiffusionSolution solution = solve(problem, 2);
            double error = Problems.relativeError(solution.density(), reference(medium, DRUG));
            assertThat(error).isLessThan(tolerance);
            assertThat(error).isLessThan(solution.statistics().error().orElseThrow() + 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-7})
    void threadsChangeNoBitAndPrescribedStepsRepeatIt(double tolerance) {
        for (Medium medium : List.of(medium(0.02), oriented(0.02))) {
            StepControl adaptive = StepControl.adaptive(tolerance);
            ReactionDiffusionProblem problem = problem(medium, adaptive, DRUG);
            assertThat(stages(problem)).isPositive();
            ReactionDiffusionSolution one = solve(problem, 1);
            for (int threads : new int[] {2, 3, 64}) {
                ReactionDiffusionSolution more = solve(problem, threads);
                assertThat(more.density()).isEqualTo(one.density());
                assertThat(more.statistics().error()).isEqualTo(one.statistics().error());
            }
            ReactionDiffusionSolution repeated = solve(problem.withSteps(adaptive.repeating(one.steps())), 2);
            assertThat(repeated.density()).isEqualTo(one.density());
        }
    }

    /** Equal values exchange nothing, so that an even density follows the logistic equation to rounding however long the steps are. */
    @Test
    void anEvenDensityReactsExactly() {
        byte[] all = Problems.classes(GRID, (i, j, k) -> 1);
        ReactionDiffusionProblem problem = new ReactionDiffusionProblem(
                Field.constant(GRID, 0.3),
                Medium.of(GRID, all, new double[] {0, 0.1}, new double[] {0, 0.2}),
                1,
                TimeFunction.constant(1),
                List.of(),
                Problems.days(0, 4),
                StepControl.adaptive(1e-3));
        assertThat(stages(problem)).isPositive();
        ReactionDiffusionSolution solution = solve(problem, 1);
        double exact = 0.3 * Math.exp(0.8) / (1 + 0.3 * Math.expm1(0.8));
        assertThat(Problems.largestDifference(solution.density(), Field.constant(GRID, exact)))
                .isLessThan(1e-15);
        assertThat(solution.statistics().error().orElseThrow()).isZero();
    }
}
