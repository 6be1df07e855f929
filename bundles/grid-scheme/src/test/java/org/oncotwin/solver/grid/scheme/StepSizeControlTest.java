package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/** The control of steps, on fields whose error is prescribed as a function of the day and the length of a step. */
class StepSizeControlTest {

    private static final double START = 2;
    private static final double END = 12;
    private static final double RATE = 0.1;

    /** Fields that only keep account. The length of a step is read off its first reaction, half a step of growth at a known rate. */
    private static final class Account implements FieldOperations {

        private final DoubleBinaryOperator error;
        private final List<Double> tried = new ArrayList<>();
        private final List<Double> taken = new ArrayList<>();
        private double halfStep;
        private int reactions;
        private int row;
        private double day = START;
        private double last;

        Account(DoubleBinaryOperator error) {
            this.error = error;
        }

        @Override
        public void begin() {
            reactions = 0;
        }

        @Override
        public void react(ReactionStep reaction) {
            if (row == 0 && reactions == 0) {
                halfStep = Math.log1p(reaction.exponent()[0]) / RATE;
            }
            reactions++;
        }

        @Override
        public void diffuse(DiffusionPolynomial diffusion) {
            assertThat(diffusion.stages()).isNotEmpty();
        }

        @Override
        public void keep(int kept) {
            assertThat(kept).isEqualTo(row);
            // Halves at both ends and wholes between the diffusions.
            assertThat(reactions).isEqualTo(row + 2);
            row++;
        }

        @Override
        public double combine(double[] best, double[] lower) {
            assertThat(best).hasSize(row);
            row = 0;
            last = error.applyAsDouble(day, 2 * halfStep);
            tried.add(last);
            return last;
        }

        @Override
        public void accept() {
            taken.add(last);
            day += 2 * halfStep;
        }
    }

    private static ReactionDiffusionProblem problem(StepControl steps) {
        return problem(steps, 0.5, RATE, END);
    }

    private static ReactionDiffusionProblem problem(StepControl steps, double diffusion, double rate, double end) {
        Grid grid = new Grid(4, 3, 2, Affine.scaling(1, 1, 1));
        byte[] classes = new byte[grid.size()];
        Arrays.fill(classes, (byte) 1);
        return new ReactionDiffusionProblem(
                Field.constant(grid, 0.5),
                Medium.of(grid, classes, new double[] {0, diffusion}, new double[] {0, rate}),
                1,
                TimeFunction.constant(1),
                List.of(),
                new Interval(SimulationTime.ofDays(START), SimulationTime.ofDays(end)),
                steps);
    }

    private static StepSizeControl method(ReactionDiffusionProblem problem, FieldOperations fields) {
        double rate = problem.medium().proliferation()[1];
        ReactionFlow flow = new ReactionFlow(problem, new Rates(rate, rate));
        Splitting splitting = new Splitting(problem, flow, 4 * problem.medium().diffusion()[1]);
        return new StepSizeControl(problem, new SplittingMethod(splitting, flow, fields, Cancellation.NEVER));
    }

    /** Errors of the order that the estimate has: 3 for two rows, 5 for three. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-8, 1e-10})
    void theErrorsOfAllStepsStayBelowTheToleranceAndEachBelowItsShare(double tolerance) {
        int order = tolerance >= 1e-4 ? 3 : 5;
        Account account = new Account((day, h) -> 1e-3 * Math.pow(h, order));
        StepOutcome outcome =
                method(problem(StepControl.adaptive(tolerance)), account).run();
        assertThat(outcome.error())
                .isCloseTo(account.taken.stream().mapToDouble(e -> e).sum(), within(1e-15));
        assertThat(outcome.error()).isLessThanOrEqualTo(tolerance);
        // Not far below either, which would be steps for nothing.
        assertThat(outcome.error()).isGreaterThan(0.05 * tolerance);
        double day = START;
        for (int n = 0; n < outcome.steps().count(); n++) {
            double h = outcome.steps().end(n) - day;
            assertThat(account.taken.get(n)).isLessThanOrEqualTo(tolerance * h / (END - START) * (1 + 1e-9));
            day = outcome.steps().end(n);
        }
        assertThat(day).isEqualTo(END);
        assertThat(account.tried).hasSize((int) (outcome.steps().count() + outcome.rejected()));
    }

    /** On day 7 something happens that needs steps a hundred times shorter for a while. */
    @Test
    void stepsAreRejectedWhereTheErrorRisesAndGrowAgainAfterwards() {
        Account account = new Account((day, h) -> (day + h > 7 && day < 7.5 ? 1e4 : 1) * 1e-3 * Math.pow(h, 5));
        StepOutcome outcome =
                method(problem(StepControl.adaptive(1e-6)), account).run();
        assertThat(outcome.rejected()).isPositive();
        assertThat(outcome.error()).isLessThanOrEqualTo(1e-6);
        double before = 0;
        double within = Double.POSITIVE_INFINITY;
        double after = 0;
        double day = START;
        for (int n = 0; n < outcome.steps().count(); n++) {
            double h = outcome.steps().end(n) - day;
            if (outcome.steps().end(n) <= 6.9) {
                before = Math.max(before, h);
            } else if (day > 7 && day < 7.5) {
                within = Math.min(within, h);
            } else if (day > 7.5) {
                after = Math.max(after, h);
            }
            day = outcome.steps().end(n);
        }
        assertThat(within).isLessThan(0.2 * before);
        assertThat(after).isGreaterThan(0.7 * before);
    }

    /** Rows of the table and order of the Taylor polynomial of a short step by half the bound of the spectrum (1/d) and the tolerance, over 10 d with rho = 0.1 /d. */
    @ParameterizedTest
    @CsvSource({
        "2, 1e-4, 2, 2",
        "2, 1e-6, 3, 4",
        "100, 1e-2, 2, 4",
        "100, 1e-4, 2, 4",
        "100, 1e-6, 3, 4",
        "1e4, 1e-4, 2, 4",
        "1e4, 1e-6, 3, 4"
    })
    void whereDiffusionIsStiffTheToleranceAloneChoosesTheRowsAndShortStepsAreOfHighOrder(
            double largestLoss, double tolerance, int rows, int order) {
        ReactionDiffusionProblem problem = problem(StepControl.adaptive(tolerance));
        ReactionFlow flow = new ReactionFlow(problem, new Rates(RATE, RATE));
        Splitting splitting = new Splitting(problem, flow, largestLoss);
        assertThat(splitting.rows()).isEqualTo(rows);
        assertThat(splitting.row(1, START, START + 0.5 / largestLoss))
                .filteredOn(Splitting.Diffuse.class::isInstance)
                .singleElement()
                .satisfies(o -> assertThat(((Splitting.Diffuse) o).polynomial().applications())
                        .isEqualTo(order));
    }

    @Test
    void noStepIsLongerThanAskedFor() {
        StepControl steps = StepControl.adaptive(1e-2).atMost(OptionalDouble.of(0.3));
        StepOutcome outcome = method(problem(steps), new Account((day, h) -> 0)).run();
        assertThat(outcome.longest()).isLessThanOrEqualTo(0.3);
        // 10 days in 34 equal parts.
        assertThat(outcome.steps().count()).isEqualTo(34);
        assertThat(outcome.error()).isZero();
    }

    @Test
    void growthOverAStepIsLimited() {
        ReactionDiffusionProblem fast = problem(StepControl.adaptive(1e-2), 0, 4, END);
        StepOutcome outcome = method(fast, new Account((day, h) -> 0)).run();
        // The reaction is exact, but its coefficients are polynomials for growth by exp(5) at most.
        assertThat(outcome.longest() * 4).isLessThanOrEqualTo(5);
    }

    @Test
    void aToleranceThatCannotBeKeptIsAnErrorThatNamesDayAndTolerance() {
        Account account = new Account((day, h) -> 1e-3);
        assertThatThrownBy(() ->
                        method(problem(StepControl.adaptive(1e-9)), account).run())
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("day 2.0")
                .hasMessageContaining("1.0E-9");
        assertThat(account.tried).hasSizeLessThan(100);
    }

    /** Estimates of rounding are no reason to shorten steps: they do not fall with the step. */
    @Test
    void roundingDoesNotShortenSteps() {
        Account account = new Account((day, h) -> 1e-15 + 1e-3 * Math.pow(h, 5));
        StepOutcome outcome =
                method(problem(StepControl.adaptive(1e-15)), account).run();
        assertThat(account.tried).hasSizeLessThan(100_000);
        assertThat(outcome.error()).as("stated as it is, above the tolerance").isGreaterThan(1e-15);
    }

    @Test
    void aDensityThatIsNotFiniteIsAnErrorThatNamesTheStep() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Account account = new Account((day, h) -> day > 4 ? bad : 1e-9);
            assertThatThrownBy(() -> method(problem(StepControl.adaptive(1e-6).atMost(OptionalDouble.of(0.5))), account)
                            .run())
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("not finite")
                    .hasMessageMatching(".*from day 4\\.[0-9]+ to day .*");
        }
    }

    @Test
    void prescribedStepsAreTakenWhateverTheirError() {
        StepSequence wanted = StepSequence.endingAt(3, 3.5, 9, END);
        Account account = new Account((day, h) -> 0.01 * h);
        List<Integer> told = new ArrayList<>();
        StepOutcome outcome = method(problem(StepControl.adaptive(1e-6).repeating(wanted)), account)
                .run(told::add);
        assertThat(outcome.steps()).isEqualTo(wanted);
        assertThat(outcome.rejected()).isZero();
        assertThat(outcome.longest()).isEqualTo(5.5);
        assertThat(outcome.error()).isCloseTo(0.1, within(1e-12));
        assertThat(told).containsExactly(0, 1, 2, 3);
    }

    @Test
    void prescribedStepsThatDoNotLeadToTheEndAreRefused() {
        for (StepSequence wrong : List.of(StepSequence.endingAt(3, 11), StepSequence.endingAt(1, END))) {
            StepControl steps = StepControl.adaptive(1e-6).repeating(wrong);
            assertThatThrownBy(() ->
                            method(problem(steps), new Account((day, h) -> 0)).run())
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("from day 2.0 to day 12.0");
        }
    }

    @Test
    void cancellationStopsWithinAStep() {
        ReactionDiffusionProblem problem = problem(StepControl.adaptive(1e-6));
        ReactionFlow flow = new ReactionFlow(problem, new Rates(RATE, RATE));
        int[] asked = {0};
        Cancellation third = () -> ++asked[0] >= 3;
        StepSizeControl method = new StepSizeControl(
                problem, new SplittingMethod(new Splitting(problem, flow, 2), flow, new Account((day, h) -> 0), third));
        assertThatThrownBy(method::run).isInstanceOf(CancellationException.class);
        assertThat(asked[0]).isEqualTo(3);
    }
}
