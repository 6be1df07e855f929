package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.oncotwin.solver.grid.Problems.days;
import static org.oncotwin.solver.grid.Problems.problem;
import static org.oncotwin.solver.grid.Problems.solve;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** The grid solver against SciPy, closed forms and the laws that its equations have. */
class GridSolverTest {

    private static final double[] TWO_TISSUES = {0, 0.05, 0.5};
    private static final TimeFunction ONE = TimeFunction.constant(1);

    /** Tolerance at which the time integration errs far less than what a test allows. */
    private static final double TIGHT = 1e-10;

    /** Tolerance of runs that are compared with each other bit for bit, or of which only laws are asked. */
    private static final double LOOSE = 1e-4;

    private final ReactionDiffusionSolver solver = new GridSolver();

    private static final Grid BRAIN = Problems.grid(37, 70, 33, 1, 1.25, 2);
    private static final byte[] CLASSES = Problems.brain(BRAIN);
    private static final Field BLOB = Problems.blob(BRAIN, CLASSES);

    private static ReactionDiffusionProblem brain(
            double[] proliferation, List<Sink> sinks, double length, double tolerance) {
        return problem(BLOB, CLASSES, TWO_TISSUES, proliferation, ONE, sinks, days(0, length), tolerance);
    }

    @Test
    void equalsSciPyWithGrowth() {
        Field u = reference(List.of(), 0.1, 0, 30, ReferenceCase.field("initial"));
        assertThat(Problems.largestDifference(u, ReferenceCase.field("growth-day-30")))
                .isLessThan(1e-9);
    }

    @Tag("SR-311")
    @Test
    void equalsSciPyWithKillRate() {
        // k(t) = 0.2 exp(-0.5 t) per day
        TimeFunction rate = Problems.function(t -> 0.2 * Math.exp(-0.5 * t), t -> -0.4 * Math.exp(-0.5 * t));
        List<Sink> sinks = List.of(new Sink(rate, SpatialValue.uniform(1)));
        Field u = reference(sinks, 0.1, 0, 30, ReferenceCase.field("initial"));
        assertThat(Problems.largestDifference(u, ReferenceCase.field("growth-and-kill-rate-day-30")))
                .isLessThan(1e-9);
    }

    @Tag("SR-311")
    @Test
    void equalsSciPyWithSurvivingFractions() {
        Field u = ReferenceCase.field("initial");
        double[] instants = {0, 5, 6, 7, 30};
        for (int n = 1; n < instants.length; n++) {
            u = reference(List.of(), 0.1, instants[n - 1], instants[n], u);
            if (n < instants.length - 1) {
                u = Field.owning(
                        u.grid(), Arrays.stream(u.toArray()).map(v -> 0.6 * v).toArray());
            }
        }
        assertThat(Problems.largestDifference(u, ReferenceCase.field("growth-and-survival-day-30")))
                .isLessThan(1e-9);
    }

    @Test
    void equalsSciPyWithoutReaction() {
        Field u = reference(List.of(), 0, 0, 30, ReferenceCase.field("initial"));
        assertThat(Problems.largestDifference(u, ReferenceCase.field("diffusion-day-30")))
                .isLessThan(1e-9);
        assertThat(u.sum()).isCloseTo(ReferenceCase.field("initial").sum(), within(1e-12 * u.sum()));
    }

    private Field reference(List<Sink> sinks, double rho, double from, double to, Field initial) {
        return solve(
                solver,
                problem(
                        initial,
                        ReferenceCase.tissue(),
                        TWO_TISSUES,
                        new double[] {0, rho, rho},
                        ONE,
                        sinks,
                        days(from, to),
                        TIGHT));
    }

    /** The error that counts, the sum of the errors of all voxels relative to the sum of the density, against the one that is asked for and the one that is stated. */
    @Tag("SR-311")
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9})
    void keepsToEveryToleranceAgainstSciPy(double tolerance) {
        ReactionDiffusionSolution solution = solver.solve(
                problem(
                        ReferenceCase.field("initial"),
                        ReferenceCase.tissue(),
                        TWO_TISSUES,
                        new double[] {0, 0.1, 0.1},
                        days(0, 10),
                        tolerance),
                Execution.sequential());
        double error = Problems.relativeError(solution.density(), ReferenceCase.field("growth-day-10"));
        assertThat(error).isLessThan(tolerance);
        // The reference itself is exact to 2e-10 in each voxel.
        assertThat(error).isLessThanOrEqualTo(solution.statistics().error().orElseThrow() + 2e-10);
        assertThat(solution.statistics().error().orElseThrow()).isLessThanOrEqualTo(tolerance);
    }

    /**
     * Diffusion up to a thousand times faster than growth, in thin parts and from rough data: against the same equations at a tolerance so tight that steps are shorter and
     * the table is longer.
     */
    @ParameterizedTest
    @CsvSource({"30, 1e-3", "300, 1e-2", "300, 1e-4"})
    void keepsToTheToleranceWhereDiffusionIsStiff(double diffusion, double tolerance) {
        Grid grid = Problems.grid(13, 18, 9, 1, 1.25, 2);
        byte[] classes = Problems.brain(grid);
        Field rough = Problems.field(
                grid, (i, j, k) -> classes[grid.index(i, j, k)] != 0 && (7 * i + 5 * j + 3 * k) % 4 == 0 ? 0.9 : 0);
        for (Field initial : List.of(Problems.blob(grid, classes), rough)) {
            ReactionDiffusionProblem problem = problem(
                    initial,
                    classes,
                    new double[] {0, diffusion / 10, diffusion},
                    new double[] {0, 0.1, 0.2},
                    days(0, 5),
                    tolerance);
            Field reference = solve(solver, problem.withSteps(StepControl.adaptive(1e-7)));
            ReactionDiffusionSolution solution = solver.solve(problem, Execution.sequential());
            double error = Problems.relativeError(solution.density(), reference);
            assertThat(error).isLessThan(tolerance);
            assertThat(error).isLessThanOrEqualTo(solution.statistics().error().orElseThrow() + 1e-7);
        }
    }

    /**
     * Exact solution of pure diffusion in a box without flux through its sides: u = 0.4 + 0.3 exp(-lambda t) cos(2 pi x / Lx) cos(pi y / Ly) cos(pi z / Lz). The difference is
     * taken relative to the largest sample of the cosines, which comes closer to 1 on finer grids.
     */
    @Tag("SR-310")
    @Test
    void convergesInSpaceWithOrderTwoOnAnisotropicVoxels() {
        double[] error = new double[3];
        for (int level = 0; level < error.length; level++) {
            int f = 1 << level;
            Grid grid = Problems.grid(10 * f, 8 * f, 6 * f, 1.0 / f, 1.5 / f, 2.0 / f);
            double diffusion = 0.4;
            double day = 4;
            double lambda = diffusion * (square(2 * Math.PI / 10) + square(Math.PI / 12) + square(Math.PI / 12));
            Field start = cosines(grid, f, 1);
            Field exact = cosines(grid, f, Math.exp(-lambda * day));
            byte[] box = Problems.classes(grid, (i, j, k) -> 1);
            Field u =
                    solve(solver, problem(start, box, new double[] {0, diffusion}, new double[2], days(0, day), 1e-8));
            error[level] =
                    Problems.largestDifference(u, exact) / Problems.largestDifference(start, Field.constant(grid, 0.4));
        }
        assertThat(Math.log(error[0] / error[1]) / Math.log(2)).isCloseTo(2, within(0.1));
        assertThat(Math.log(error[1] / error[2]) / Math.log(2)).isCloseTo(2, within(0.1));
    }

    private static Field cosines(Grid grid, int f, double factor) {
        return Problems.field(
                grid,
                (i, j, k) -> 0.4
                        + 0.3
                                * factor
                                * Math.cos(2 * Math.PI * (i + 0.5) / (10 * f))
                                * Math.cos(Math.PI * (j + 0.5) / (8 * f))
                                * Math.cos(Math.PI * (k + 0.5) / (6 * f)));
    }

    private static double square(double x) {
        return x * x;
    }

    @Tag("SR-312")
    @Test
    void pureDiffusionKeepsMassAndBoundsInABrainLikeMask() {
        Field u = solve(solver, brain(new double[3], List.of(), 400, LOOSE));
        assertThat(u.sum()).isCloseTo(BLOB.sum(), within(1e-12 * BLOB.sum()));
        for (int p = 0; p < u.grid().size(); p++) {
            if (CLASSES[p] == 0) {
                assertThat(u.value(p)).isZero();
            } else {
                assertThat(u.value(p)).isBetween(0.0, 0.9);
            }
        }
        // Nothing reaches the island of one voxel, nothing leaves it.
        assertThat(u.value(0)).isCloseTo(BLOB.value(0), within(1e-12 * BLOB.value(0)));
    }

    @Test
    void keepsAFullFieldFull() {
        Field full = Problems.field(BRAIN, (i, j, k) -> CLASSES[BRAIN.index(i, j, k)] == 0 ? 0 : 1);
        Field u = solve(solver, problem(full, CLASSES, TWO_TISSUES, new double[] {0, 0.1, 0.2}, days(0, 20), LOOSE));
        // The weights of the extrapolation round.
        assertThat(Problems.largestDifference(u, full)).isLessThan(1e-13);
    }

    @Test
    void staysBetweenZeroAndCapacityFromRoughData() {
        Field rough = Problems.field(
                BRAIN, (i, j, k) -> CLASSES[BRAIN.index(i, j, k)] != 0 && (i * 7 + j * 5 + k * 3) % 4 == 0 ? 1 : 0);
        Field u = solve(
                solver,
                new ReactionDiffusionProblem(
                        rough,
                        Medium.of(BRAIN, CLASSES, new double[] {0, 5, 50}, new double[] {0, 1, 2}),
                        1,
                        ONE,
                        List.of(),
                        days(0, 1),
                        StepControl.adaptive(1e-6)));
        for (int p = 0; p < u.grid().size(); p++) {
            assertThat(u.value(p)).isBetween(0.0, 1 + 1e-13);
        }
    }

    @Test
    void isolatedVoxelsGrowLogistically() {
        Grid grid = Problems.grid(7, 1, 1, 1, 1, 1);
        byte[] classes = {1, 0, 2, 0, 1, 0, 2};
        Field start = Problems.field(grid, (i, j, k) -> 0.1);
        Field u = solve(
                solver,
                problem(start, classes, new double[] {0, 1, 0}, new double[] {0, 0.1, 0.2}, days(0, 20), TIGHT));
        assertThat(u.value(0)).isCloseTo(0.1 * Math.exp(2) / (1 + 0.1 * Math.expm1(2)), within(1e-9));
        assertThat(u.value(2)).isCloseTo(0.1 * Math.exp(4) / (1 + 0.1 * Math.expm1(4)), within(1e-9));
        assertThat(u.value(1)).isZero();
    }

    @Test
    void hasTheSameBitsForAnyNumberOfThreads() {
        TimeFunction rate = Problems.function(t -> 0.05 * Math.exp(-t), t -> -0.05 * Math.exp(-t));
        SpatialValue weight = SpatialValue.varying(Problems.field(BRAIN, (i, j, k) -> 0.1 * i));
        ReactionDiffusionProblem problem = brain(new double[] {0, 0.1, 0.2}, List.of(new Sink(rate, weight)), 3, LOOSE);
        Field one = solve(solver, problem, 1);
        for (int threads : new int[] {2, 3, 5, 64}) {
            assertThat(solve(solver, problem, threads)).isEqualTo(one);
        }
    }

    @Test
    void twoIntervalsEqualOne() {
        double tolerance = 1e-7;
        double[] rho = {0, 0.1, 0.1};
        Field half = solve(solver, brain(rho, List.of(), 2.5, tolerance));
        Field rest = solve(solver, problem(half, CLASSES, TWO_TISSUES, rho, days(2.5, 6), tolerance));
        Field whole = solve(solver, brain(rho, List.of(), 6, tolerance));
        // Each of the three solutions may err by the tolerance.
        assertThat(Problems.relativeError(rest, whole)).isLessThan(3 * tolerance);
    }

    @Test
    void aSinkOfZeroKillsNothing() {
        double[] rho = {0, 0.1, 0.2};
        Field without = solve(solver, brain(rho, List.of(), 5, LOOSE));
        TimeFunction zero = Problems.function(t -> 0, t -> 0);
        Sink uniform = new Sink(zero, SpatialValue.uniform(1));
        Sink varying = new Sink(zero, SpatialValue.varying(BLOB));
        assertThat(solve(solver, brain(rho, List.of(uniform, varying), 5, LOOSE)))
                .isEqualTo(without);
        Sink nowhere = new Sink(TimeFunction.constant(1), SpatialValue.varying(Field.constant(BRAIN, 0)));
        // Reaction before and after it are two halves then, which round otherwise than one whole.
        assertThat(Problems.relativeError(solve(solver, brain(rho, List.of(nowhere), 5, LOOSE)), without))
                .isLessThan(1e-13);
    }

    @Test
    void sinksAreExactWithoutDiffusion() {
        Grid grid = Problems.grid(40, 3, 2, 1, 1, 1);
        byte[] classes = Problems.classes(grid, (i, j, k) -> 1);
        Field start = Field.constant(grid, 0.5);
        TimeFunction fast = Problems.function(t -> 40 * Math.exp(-20 * t), t -> -2 * Math.exp(-20 * t));
        Field weight = Problems.field(grid, (i, j, k) -> 0.1 * i);
        Sink a = new Sink(fast, SpatialValue.varying(weight));
        Sink b = new Sink(TimeFunction.constant(0.3), SpatialValue.uniform(0.5));
        Field u = solve(
                solver, problem(start, classes, new double[2], new double[2], ONE, List.of(a, b), days(1, 3), LOOSE));
        double killed = 2 * (Math.exp(-20) - Math.exp(-60));
        for (int p = 0; p < grid.size(); p++) {
            assertThat(u.value(p)).isCloseTo(0.5 * Math.exp(-killed * weight.value(p) - 0.3), within(1e-14));
        }
    }

    @Test
    void theProliferationFactorActsByItsIntegral() {
        Grid grid = Problems.grid(3, 1, 1, 1, 1, 1);
        Field start = Field.constant(grid, 0.001);
        TimeFunction factor = Problems.function(t -> 2 * t, t -> t * t);
        Field u = solve(
                solver,
                problem(
                        start,
                        new byte[] {1, 1, 1},
                        new double[] {0, 1},
                        new double[] {0, 0.01},
                        factor,
                        List.of(),
                        days(0, 10),
                        TIGHT));
        double exact = 0.001 * Math.exp(1) / (1 + 0.001 * Math.expm1(1));
        assertThat(u.value(1)).isCloseTo(exact, within(exact * 2 * 1e-9 + 1e-12));
    }

    @Test
    void stopsWhenCancelledAndEndsItsThreads() {
        AtomicInteger looks = new AtomicInteger();
        Cancellation later = () -> looks.incrementAndGet() > 300;
        ReactionDiffusionProblem problem = brain(new double[] {0, 0.1, 0.1}, List.of(), 10000, 1e-9);
        assertThatThrownBy(() -> solver.solve(problem, new Execution(3, later)))
                .isInstanceOf(CancellationException.class);
        assertThat(solverThreads()).isEmpty();
    }

    @Test
    void namesDayAndVoxelOfValuesThatAreNotFinite() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.1}) {
            int voxel = BRAIN.index(20, 35, 16);
            assertThat(CLASSES[voxel]).isNotZero();
            double[] values = BLOB.toArray();
            values[voxel] = bad;
            ReactionDiffusionProblem problem =
                    problem(Field.owning(BRAIN, values), CLASSES, TWO_TISSUES, new double[3], days(3, 4), LOOSE);
            assertThatThrownBy(() -> solve(solver, problem, 3))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("day 3.0")
                    .hasMessageContaining("(20, 35, 16)")
                    .hasMessageContaining(Double.toString(bad));
        }
        assertThat(solverThreads()).isEmpty();
    }

    @Test
    void refusesFunctionsOfTimeThatAreNotFinite() {
        TimeFunction broken = Problems.function(t -> Double.NaN, t -> t < 2 ? 0 : Double.NaN);
        ReactionDiffusionProblem problem =
                brain(new double[3], List.of(new Sink(broken, SpatialValue.uniform(1))), 4, LOOSE);
        assertThatThrownBy(() -> solve(solver, problem, 2))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("kill rate")
                .hasMessageContaining("NaN");
    }

    @Tag("SR-312")
    @Test
    void ignoresWhatLiesOutsideTheDomain() {
        double[] values = BLOB.toArray();
        for (int p = 0; p < values.length; p++) {
            if (CLASSES[p] == 0) {
                values[p] = Double.NaN;
            }
        }
        double[] rho = {0, 0.1, 0.2};
        ReactionDiffusionProblem dirty =
                problem(Field.owning(BRAIN, values), CLASSES, TWO_TISSUES, rho, days(0, 5), LOOSE);
        assertThat(solve(solver, dirty)).isEqualTo(solve(solver, brain(rho, List.of(), 5, LOOSE)));
    }

    @Test
    void respectsTheLargestStepAndCountsSteps() {
        ReactionDiffusionProblem problem = brain(new double[3], List.of(), 1, 1e-2);
        ReactionDiffusionSolution solution = solver.solve(
                problem.withSteps(problem.steps().atMost(OptionalDouble.of(0.03))), Execution.sequential());
        assertThat(solution.statistics().longestStep()).isLessThanOrEqualTo(0.03);
        assertThat(solution.statistics().steps()).isEqualTo(34);
        assertThat(solution.statistics().solver())
                .isEqualTo(solver.description().id());
    }

    /** Swapping axes of the problem swaps those of the solution: no axis is treated in another way, up to the order of the sweeps. */
    @Test
    void treatsObliqueGridsByTheirSpacing() {
        double s = Math.sqrt(0.5);
        // Columns are s(1,1,0), 1.25 s(-1,1,0) and (0,0,2): rotated by 45 degrees about z.
        Grid oblique = new Grid(37, 70, 33, Affine.of(s, -1.25 * s, 0, 5, s, 1.25 * s, 0, 6, 0, 0, 2, 7));
        double[] rho = {0, 0.1, 0.2};
        Field straight = solve(solver, brain(rho, List.of(), 5, LOOSE));
        Field turned =
                solve(solver, problem(Field.of(oblique, BLOB.toArray()), CLASSES, TWO_TISSUES, rho, days(0, 5), LOOSE));
        for (int p = 0; p < oblique.size(); p++) {
            assertThat(turned.value(p)).isCloseTo(straight.value(p), within(1e-13));
        }
    }

    /** One voxel grows logistically and a line of voxels is a line along whichever axis, also with more threads than planes. */
    @Test
    void solvesOnOneVoxelAndOnLines() {
        Grid one = Problems.grid(1, 1, 1, 1, 1, 1);
        Field u = solve(
                solver,
                problem(
                        Field.constant(one, 0.1),
                        new byte[] {1},
                        new double[] {0, 1},
                        new double[] {0, 0.1},
                        days(0, 20),
                        LOOSE),
                16);
        assertThat(u.value(0)).isCloseTo(0.1 * Math.exp(2) / (1 + 0.1 * Math.expm1(2)), within(1e-14));
        int n = 37;
        Field[] lines = new Field[3];
        for (int axis = 0; axis < 3; axis++) {
            Grid line = Problems.grid(axis == 0 ? n : 1, axis == 1 ? n : 1, axis == 2 ? n : 1, 1, 1, 1);
            byte[] classes = Problems.classes(line, (i, j, k) -> 1 + (i + j + k) % 2);
            Field start = Problems.field(line, (i, j, k) -> i + j + k == 7 ? 0.9 : 0);
            lines[axis] = solve(
                    solver,
                    problem(start, classes, new double[] {0, 0.3, 1}, new double[] {0, 0.1, 0.2}, days(0, 20), 1e-8),
                    3);
        }
        assertThat(lines[1].toArray()).containsExactly(lines[0].toArray(), within(1e-13));
        assertThat(lines[2].toArray()).containsExactly(lines[0].toArray(), within(1e-13));
        assertThat(lines[0].value(36)).isPositive();
    }

    /** Without diffusion everything is exact, so that few steps are taken at any tolerance. */
    @Test
    void withoutDiffusionThereIsNoErrorToControl() {
        double[] rho = {0, 0.1, 0.2};
        ReactionDiffusionSolution solution =
                solver.solve(problem(BLOB, CLASSES, new double[3], rho, days(0, 20), 1e-14), Execution.sequential());
        assertThat(solution.statistics().steps()).isLessThan(30);
        // What is stated is the rounding of each step.
        assertThat(solution.statistics().error().orElseThrow()).isLessThan(3e-14);
        for (int p = 0; p < BRAIN.size(); p++) {
            double start = BLOB.value(p);
            double grown = CLASSES[p] == 0
                    ? 0
                    : start * Math.exp(20 * rho[CLASSES[p]]) / (1 + start * Math.expm1(20 * rho[CLASSES[p]]));
            assertThat(solution.density().value(p)).isCloseTo(grown, within(1e-14));
        }
    }

    /** Below the rounding of a step no tolerance can be kept: the solution ends all the same, near the reference, and states more than was asked for. */
    @Test
    void aToleranceBelowRoundingEndsInBoundedTimeAndIsNotClaimed() {
        ReactionDiffusionSolution solution = solver.solve(
                problem(
                        ReferenceCase.field("initial"),
                        ReferenceCase.tissue(),
                        TWO_TISSUES,
                        new double[] {0, 0.1, 0.1},
                        days(0, 10),
                        1e-15),
                Execution.sequential());
        assertThat(solution.statistics().steps()).isLessThan(20_000);
        assertThat(solution.statistics().error().orElseThrow()).isBetween(1e-15, 1e-10);
        assertThat(Problems.relativeError(solution.density(), ReferenceCase.field("growth-day-10")))
                .isLessThan(1e-9);
    }

    private static List<String> solverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith("oncotwin-grid-solver"))
                .toList();
    }
}
