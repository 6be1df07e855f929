package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionPullBack.Direction;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverException;
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
import org.oncotwin.solver.grid.scheme.RungeKutta;

/**
 * The pull-back against central differences of solutions with the same steps, with a drug whose half-life is 1.8 h. Where a kill rate differs from place to place, which only
 * splitting takes, that is what is tested; without one it is the Runge-Kutta methods.
 */
class AdjointTest {

    private static final Grid GRID = Problems.grid(11, 19, 7, 1, 1.25, 2);
    private static final byte[] CLASSES = Problems.brain(GRID);
    private static final double LAMBDA = 9.242;
    private static final long MEMORY = 1L << 30;
    private static final GridSolver SOLVER = new GridSolver();

    /** What is solved: how many rates there are, whether diffusion has directions, how tight the tolerance, how stiff the diffusion and how large the local kill rate is. */
    enum Variant {
        ONE_RATE(1e-3, 1, 0.05),
        TWO_RATES_TIGHT(1e-8, 1, 0.05),
        MAPS(1e-4, 1, 0.05),
        TENSORS(1e-4, 1, 0.05),
        STIFF(1e-9, 10, 0.05),
        KUTTA_ONE_RATE(1e-3, 0.01, 0),
        KUTTA_MAPS(1e-3, 0.01, 0),
        CASH_KARP_ONE_RATE(1e-7, 1, 0),
        CASH_KARP_TWO_RATES(1e-6, 1, 0),
        CASH_KARP_MAPS(1e-8, 0.1, 0),
        CASH_KARP_TENSORS(1e-6, 1, 0);

        private final double tolerance;
        private final double stiffness;
        private final double local;

        Variant(double tolerance, double stiffness, double local) {
            this.tolerance = tolerance;
            this.stiffness = stiffness;
            this.local = local;
        }

        /** The Runge-Kutta method that is taken, if one is. */
        Optional<RungeKutta> method() {
            if (local > 0) {
                return Optional.empty();
            }
            return Optional.of(tolerance < 1e-4 ? RungeKutta.CASH_KARP : RungeKutta.KUTTA);
        }

        boolean maps() {
            return this == MAPS || this == KUTTA_MAPS || this == CASH_KARP_MAPS;
        }

        boolean tensors() {
            return this == TENSORS || this == CASH_KARP_TENSORS;
        }

        boolean oneRate() {
            return this == ONE_RATE || this == KUTTA_ONE_RATE || this == CASH_KARP_ONE_RATE;
        }
    }

    private static Medium medium(Variant variant) {
        double d = variant.stiffness;
        Medium medium = Medium.of(
                GRID, CLASSES, new double[] {0, 0.1 * d, 0.5 * d}, new double[] {0, 0.1, variant.oneRate() ? 0.1 : 0.25
                });
        if (variant.maps()) {
            return medium.withRelativeDiffusion(SpatialValue.varying(map(0.3)))
                    .withRelativeProliferation(SpatialValue.varying(map(1.7)));
        }
        if (variant.tensors()) {
            float[][] t = new float[TensorField.COMPONENTS][GRID.size()];
            for (int i = 0; i < GRID.size(); i++) {
                float s = (float) (0.3 * Math.sin(0.1 * i));
                t[0][i] = 1.5f;
                t[1][i] = 0.75f;
                t[2][i] = 0.75f;
                t[3][i] = s;
                t[4][i] = 0.2f;
                t[5][i] = -s / 2;
            }
            return medium.withOrientation(TensorField.owning(GRID, t));
        }
        return medium;
    }

    private static Field map(double phase) {
        return Problems.field(GRID, (i, j, k) -> 1 + 0.5 * Math.sin(phase + 0.7 * i + 0.3 * j - 0.9 * k));
    }

    private static TimeFunction drug(double sensitivity, double lambda) {
        return Problems.function(
                t -> sensitivity * Math.exp(-lambda * (t - 3)),
                t -> -sensitivity / lambda * Math.exp(-lambda * (t - 3)));
    }

    private static final Field DOSE = map(2.2);

    private static ReactionDiffusionProblem problem(
            Field initial,
            Medium medium,
            double capacity,
            double sensitivity,
            double lambda,
            double factor,
            double local,
            StepControl steps) {
        return new ReactionDiffusionProblem(
                initial,
                medium,
                capacity,
                Problems.function(t -> factor * (1 + 0.3 * Math.cos(t)), t -> factor * (t + 0.3 * Math.sin(t))),
                local == 0
                        ? List.of(new Sink(drug(sensitivity, lambda), SpatialValue.uniform(1)))
                        : List.of(
                                new Sink(drug(sensitivity, lambda), SpatialValue.uniform(1)),
                                new Sink(TimeFunction.constant(local), SpatialValue.varying(DOSE))),
                Problems.days(3, 5),
                steps);
    }

    @Tag("SR-601")
    @ParameterizedTest
    @EnumSource(Variant.class)
    void equalsCentralDifferences(Variant variant) {
        Medium medium = medium(variant);
        Field initial = Problems.blob(GRID, CLASSES);
        SplittableRandom random = new SplittableRandom(7);
        Field cotangent = Problems.field(GRID, (i, j, k) -> random.nextDouble());
        StepControl adaptive = StepControl.adaptive(variant.tolerance);
        // With stiff diffusion long steps, which take the Chebyshev polynomial.
        StepSequence sequence = variant == Variant.STIFF
                ? StepSequence.endingAt(4.1, 5)
                : SOLVER.solve(
                                problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, variant.local, adaptive),
                                Execution.sequential())
                        .steps();
        StepControl steps = adaptive.repeating(sequence);
        assertThat(method(problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, variant.local, steps)))
                .as("what the variant is there to test")
                .isEqualTo(variant.method());
        List<Direction> directions = List.of(
                // by sensitivity
                new Direction(TimeFunction.constant(0), List.of(new Sink(drug(1, LAMBDA), SpatialValue.uniform(1)))),
                // by lambda: d/dl of s exp(-l (t - 3))
                new Direction(
                        TimeFunction.constant(0),
                        List.of(new Sink(
                                Problems.function(
                                        t -> -0.8 * (t - 3) * Math.exp(-LAMBDA * (t - 3)),
                                        t -> 0.8
                                                * Math.exp(-LAMBDA * (t - 3))
                                                * ((t - 3) / LAMBDA + 1 / (LAMBDA * LAMBDA))),
                                SpatialValue.uniform(1)))),
                // by the factor on proliferation
                new Direction(Problems.function(t -> 1 + 0.3 * Math.cos(t), t -> t + 0.3 * Math.sin(t)), List.of()),
                // by the local rate
                new Direction(
                        TimeFunction.constant(0),
                        List.of(new Sink(TimeFunction.constant(1), SpatialValue.varying(DOSE)))));
        boolean maps = !variant.tensors();
        double local = variant.local;
        ReactionDiffusionGradient gradient = SOLVER.pullBack(
                new ReactionDiffusionPullBack(
                        problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, local, steps),
                        cotangent,
                        directions,
                        maps,
                        MEMORY),
                new Execution(2, Cancellation.NEVER));

        DoubleFunction<ReactionDiffusionProblem> bySensitivity =
                s -> problem(initial, medium, 0.9, s, LAMBDA, 0.9, local, steps);
        check("sensitivity", gradient.directions()[0], bySensitivity, 0.8, cotangent);
        check(
                "lambda",
                gradient.directions()[1],
                l -> problem(initial, medium, 0.9, 0.8, l, 0.9, local, steps),
                LAMBDA,
                cotangent);
        check(
                "factor",
                gradient.directions()[2],
                f -> problem(initial, medium, 0.9, 0.8, LAMBDA, f, local, steps),
                0.9,
                cotangent);
        if (local > 0) {
            check(
                    "local rate",
                    gradient.directions()[3],
                    r -> problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, r, steps),
                    local,
                    cotangent);
        }
        check(
                "capacity",
                gradient.carryingCapacity(),
                c -> problem(initial, medium, c, 0.8, LAMBDA, 0.9, local, steps),
                0.9,
                cotangent);
        for (int c = 1; c <= 2; c++) {
            int tissue = c;
            check(
                    "D " + c,
                    gradient.diffusion()[c],
                    d -> problem(initial, table(medium, tissue, d, true), 0.9, 0.8, LAMBDA, 0.9, local, steps),
                    medium.diffusion()[c],
                    cotangent);
            check(
                    "rho " + c,
                    gradient.proliferation()[c],
                    r -> problem(initial, table(medium, tissue, r, false), 0.9, 0.8, LAMBDA, 0.9, local, steps),
                    medium.proliferation()[c],
                    cotangent);
        }
        // Along random directions of the maps and the initial field.
        Field along = map(0.9);
        Field inside = Problems.field(GRID, (i, j, k) -> initial.value(i, j, k) * along.value(i, j, k));
        check(
                "initial",
                product(gradient.initial(), inside),
                e -> problem(moved(initial, inside, e), medium, 0.9, 0.8, LAMBDA, 0.9, local, steps),
                0,
                cotangent);
        if (maps) {
            check(
                    "map of D",
                    product(gradient.diffusionMap().orElseThrow(), along),
                    e -> problem(
                            initial,
                            medium.withRelativeDiffusion(
                                    SpatialValue.varying(moved(factor(medium.relativeDiffusion()), along, e))),
                            0.9,
                            0.8,
                            LAMBDA,
                            0.9,
                            local,
                            steps),
                    0,
                    cotangent);
            check(
                    "map of rho",
                    product(gradient.proliferationMap().orElseThrow(), along),
                    e -> problem(
                            initial,
                            medium.withRelativeProliferation(
                                    SpatialValue.varying(moved(factor(medium.relativeProliferation()), along, e))),
                            0.9,
                            0.8,
                            LAMBDA,
                            0.9,
                            local,
                            steps),
                    0,
                    cotangent);
        }
    }

    /** Where nothing diffuses couplings are 0 but their derivatives are not: cells enter as soon as D is above 0. Differences to one side, of second order. */
    @Test
    void derivativeByADiffusionOfZeroIsThatToItsRight() {
        Medium medium = table(medium(Variant.CASH_KARP_TWO_RATES), 1, 0, true);
        Field initial = Problems.blob(GRID, CLASSES);
        Field cotangent = map(0.4);
        StepControl steps = StepControl.adaptive(1e-3).repeating(StepSequence.endingAt(3.5, 4, 4.5, 5));
        ReactionDiffusionGradient gradient = SOLVER.pullBack(
                new ReactionDiffusionPullBack(
                        problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, 0, steps), cotangent, List.of(), true, MEMORY),
                Execution.sequential());
        DoubleUnaryOperator objective =
                d -> objective(problem(initial, table(medium, 1, d, true), 0.9, 0.8, LAMBDA, 0.9, 0, steps), cotangent);
        double h = 1e-5;
        double numeric =
                (4 * objective.applyAsDouble(h) - objective.applyAsDouble(2 * h) - 3 * objective.applyAsDouble(0))
                        / (2 * h);
        assertThat(gradient.diffusion()[1]).isCloseTo(numeric, within(1e-4 * Math.abs(numeric)));
        // D is 0 whatever multiplies it.
        Field map = gradient.diffusionMap().orElseThrow();
        for (int index = 0; index < GRID.size(); index++) {
            if (CLASSES[index] == 1) {
                assertThat(map.value(index)).isZero();
            }
        }
    }

    private static Optional<RungeKutta> method(ReactionDiffusionProblem problem) {
        TileOperator operator = new TileOperator(problem.medium());
        return InteractionPicture.of(problem, new ReactionFlow(problem, operator.rates), operator.largestLoss)
                .map(InteractionPicture::method);
    }

    private static Field factor(SpatialValue value) {
        return Problems.field(GRID, (i, j, k) -> value.at(GRID.index(i, j, k)));
    }

    private static Medium table(Medium medium, int tissue, double value, boolean diffusion) {
        double[] d = medium.diffusion();
        double[] rho = medium.proliferation();
        (diffusion ? d : rho)[tissue] = value;
        return medium.withTables(d, rho);
    }

    private static Field moved(Field field, Field along, double e) {
        return Problems.field(field.grid(), (i, j, k) -> {
            int index = GRID.index(i, j, k);
            return CLASSES[index] == 0 ? field.value(index) : field.value(index) + e * along.value(index);
        });
    }

    private static double product(Field a, Field b) {
        double sum = 0;
        for (int i = 0; i < a.grid().size(); i++) {
            sum += CLASSES[i] == 0 ? 0 : a.value(i) * b.value(i);
        }
        return sum;
    }

    /** Differences of fourth order, whose own error is some 1e-9. */
    private static void check(
            String what,
            double derivative,
            DoubleFunction<ReactionDiffusionProblem> problem,
            double at,
            Field cotangent) {
        double h = 1e-3 * (at == 0 ? 1 : Math.abs(at));
        double numeric =
                (8 * (objective(problem.apply(at + h), cotangent) - objective(problem.apply(at - h), cotangent))
                                - (objective(problem.apply(at + 2 * h), cotangent)
                                        - objective(problem.apply(at - 2 * h), cotangent)))
                        / (12 * h);
        assertThat(derivative).as(what).isCloseTo(numeric, within(1e-6 * Math.abs(numeric)));
    }

    private static double objective(ReactionDiffusionProblem problem, Field cotangent) {
        return product(SOLVER.solve(problem, Execution.sequential()).density(), cotangent);
    }

    /** With splitting and with a Runge-Kutta method. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0})
    void memoryAndThreadsChangeNoBit(double local) {
        Medium medium = medium(Variant.TWO_RATES_TIGHT);
        Field initial = Problems.blob(GRID, CLASSES);
        StepControl adaptive = StepControl.adaptive(1e-10);
        ReactionDiffusionSolution solution =
                SOLVER.solve(problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, local, adaptive), Execution.sequential());
        assertThat(solution.steps().count()).isGreaterThan(8);
        ReactionDiffusionProblem again =
                problem(initial, medium, 0.9, 0.8, LAMBDA, 0.9, local, adaptive.repeating(solution.steps()));
        ReactionDiffusionGradient all = gradient(again, MEMORY, 1);
        long least = leastMemory(again);
        ReactionDiffusionGradient few = gradient(again, least, 3);
        assertThat(few.memory()).isLessThan(all.memory()).isLessThanOrEqualTo(least);
        assertThat(few.initial()).isEqualTo(all.initial());
        assertThat(few.diffusion()).isEqualTo(all.diffusion());
        assertThat(few.proliferation()).isEqualTo(all.proliferation());
        assertThatThrownBy(() -> gradient(again, least / 2, 1))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("at least")
                .hasMessageContaining("MiB");
    }

    /** Along kill rates that differ from place to place, where none acts yet: together two that add up to 1 everywhere are as one that is 1 everywhere. */
    @ParameterizedTest
    @EnumSource(
            value = Variant.class,
            names = {"KUTTA_ONE_RATE", "CASH_KARP_TWO_RATES"})
    void directionsThatDifferFromPlaceToPlaceAddUp(Variant variant) {
        Medium medium = medium(variant);
        StepControl adaptive = StepControl.adaptive(variant.tolerance);
        ReactionDiffusionProblem problem =
                problem(Problems.blob(GRID, CLASSES), medium, 0.9, 0.8, LAMBDA, 0.9, 0, adaptive);
        StepSequence sequence = SOLVER.solve(problem, Execution.sequential()).steps();
        Field part = Problems.field(GRID, (i, j, k) -> 0.05 * i + 0.03 * j);
        Field rest = Problems.field(GRID, (i, j, k) -> 1 - 0.05 * i - 0.03 * j);
        List<Direction> directions = List.of(
                along(SpatialValue.uniform(1)), along(SpatialValue.varying(part)), along(SpatialValue.varying(rest)));
        double[] derivatives = SOLVER.pullBack(
                        new ReactionDiffusionPullBack(
                                problem.withSteps(adaptive.repeating(sequence)),
                                Field.constant(GRID, 1),
                                directions,
                                false,
                                MEMORY),
                        Execution.sequential())
                .directions();
        assertThat(Math.abs(derivatives[1])).isGreaterThan(0.1 * Math.abs(derivatives[0]));
        assertThat(derivatives[1] + derivatives[2]).isCloseTo(derivatives[0], within(1e-12 * Math.abs(derivatives[0])));
    }

    private static Direction along(SpatialValue weight) {
        return new Direction(TimeFunction.constant(0), List.of(new Sink(drug(1, LAMBDA), weight)));
    }

    private static ReactionDiffusionGradient gradient(ReactionDiffusionProblem problem, long memory, int threads) {
        return SOLVER.pullBack(
                new ReactionDiffusionPullBack(problem, Field.constant(GRID, 1), List.of(), false, memory),
                new Execution(threads, Cancellation.NEVER));
    }

    private static long leastMemory(ReactionDiffusionProblem problem) {
        long low = 0;
        long high = MEMORY;
        while (high - low > 1 << 16) {
            long middle = (low + high) / 2;
            try {
                gradient(problem, middle, 1);
                high = middle;
            } catch (SolverException e) {
                low = middle;
            }
        }
        return high;
    }
}
