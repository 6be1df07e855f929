package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** Which method is taken when, and how long its steps may be. */
class InteractionPictureTest {

    private static final double RHO = 0.05;
    private static final Grid GRID = new Grid(4, 3, 2, Affine.scaling(1, 1, 1));

    private static ReactionDiffusionProblem problem(double days, StepControl steps, Sink... sinks) {
        byte[] classes = new byte[GRID.size()];
        Arrays.fill(classes, (byte) 1);
        return new ReactionDiffusionProblem(
                Field.constant(GRID, 0.5),
                Medium.of(GRID, classes, new double[] {0, 0.1}, new double[] {0, RHO}),
                1,
                TimeFunction.constant(1),
                List.of(sinks),
                new Interval(SimulationTime.ofDays(3), SimulationTime.ofDays(3 + days)),
                steps);
    }

    private static Optional<InteractionPicture> picture(ReactionDiffusionProblem problem, double largestLoss) {
        return InteractionPicture.of(problem, new ReactionFlow(problem, new Rates(RHO, RHO)), largestLoss);
    }

    /** Half the bound of the spectrum (1/d), length of the interval (d), its tolerance, stages or 0 for splitting. Over a day between two doses, or a month between two visits. */
    @ParameterizedTest
    @CsvSource({
        "0.2, 1, 3.7e-6, 3",
        "0.6, 1, 3.7e-6, 3",
        "0.2, 1, 3.7e-8, 6",
        "0.2, 0.125, 4.6e-9, 3",
        "0.2, 24, 8.9e-5, 6",
        "0.2, 24, 8.9e-9, 6",
        "100, 24, 8.9e-5, 0",
        "100, 24, 8.9e-10, 6",
        "1e5, 24, 8.9e-10, 0",
        "0, 24, 1e-4, 0"
    })
    void fewerStagesWhereOneStepWillDoMoreWhereManyWouldBeNeededAndSplittingWhereDiffusionIsStiff(
            double largestLoss, double days, double tolerance, int stages) {
        Optional<InteractionPicture> picture = picture(problem(days, StepControl.adaptive(tolerance)), largestLoss);
        assertThat(picture.map(p -> p.method().stages()).orElse(0)).isEqualTo(stages);
    }

    @Test
    void killThatDiffersFromPlaceToPlaceIsLeftToSplittingWhileItActs() {
        SpatialValue uptake = SpatialValue.varying(Field.constant(GRID, 0.3));
        StepControl steps = StepControl.adaptive(1e-6);
        assertThat(picture(problem(1, steps, new Sink(TimeFunction.constant(0.1), uptake)), 0.2))
                .isEmpty();
        assertThat(picture(problem(1, steps, new Sink(TimeFunction.constant(0), uptake)), 0.2))
                .isPresent();
        assertThat(picture(problem(1, steps, new Sink(TimeFunction.constant(0.1), SpatialValue.uniform(1))), 0.2))
                .isPresent();
    }

    @Test
    void prescribedStepsBeyondTheBoundOfStabilityAreLeftToSplitting() {
        StepControl adaptive = StepControl.adaptive(1e-5);
        InteractionPicture free = picture(problem(60, adaptive), 0.2).orElseThrow();
        double bound = free.method().interval() / (2 * 0.2);
        double longest = free.longest(3, 60);
        assertThat(longest).isCloseTo(0.9 * bound, within(1e-12 * bound));
        StepControl within = adaptive.repeating(steps(0.999 * bound));
        StepControl beyond = adaptive.repeating(steps(1.001 * bound));
        assertThat(picture(problem(60, within), 0.2)).isPresent();
        assertThat(picture(problem(60, beyond), 0.2)).isEmpty();
    }

    /** Steps to day 63 of which all but the last have a length. */
    private static StepSequence steps(double days) {
        int count = (int) (60 / days);
        double[] ends = new double[count + 1];
        for (int n = 0; n < count; n++) {
            ends[n] = 3 + (n + 1) * days;
        }
        ends[count] = 63;
        return StepSequence.endingAt(ends);
    }

    @Test
    void growthAndKillOverAStepAreLimited() {
        Sink kill = new Sink(TimeFunction.constant(2), SpatialValue.uniform(1));
        StepControl adaptive = StepControl.adaptive(1e-5);
        assertThat(picture(problem(9, adaptive, kill), 0.1).orElseThrow().longest(3, 9))
                .isBetween(1.25, 2.5);
        assertThat(picture(problem(9, adaptive), 0.01).orElseThrow().longest(3, 9))
                .isEqualTo(9);
        assertThat(picture(problem(60, adaptive), 0.01).orElseThrow().longest(3, 60))
                .isBetween(10.0, 20.0);
        StepControl twoSteps = adaptive.repeating(StepSequence.endingAt(4.5, 12));
        assertThat(picture(problem(9, twoSteps, kill), 0.1)).isEmpty();
    }

    @Test
    void theReactionOfAStageIsThatFromTheStartOfTheStepToIt() {
        ReactionDiffusionProblem problem = problem(24, StepControl.adaptive(1e-9));
        ReactionFlow flow = new ReactionFlow(problem, new Rates(RHO, RHO));
        InteractionPicture picture = InteractionPicture.of(problem, flow, 0.2).orElseThrow();
        ReactionStep[] flows = picture.flows(4, 9);
        assertThat(flows).hasSize(7);
        double[] nodes = {0, 0.2, 0.3, 0.6, 1, 0.875, 1};
        for (int i = 0; i < flows.length; i++) {
            double e = Math.expm1(RHO * 5 * nodes[i]);
            assertThat(flows[i].exponent()[0]).isCloseTo(e, within(1e-15));
            assertThat(flows[i].crowding()[0]).isCloseTo(e, within(1e-15));
        }
        assertThat(picture.day(4, 4, 9)).isEqualTo(9);
        assertThat(picture.day(3, 4, 9)).isCloseTo(7, within(1e-14));
    }

    /** Half of a drug with a rate of decay of 40 /d is gone after 25 min of a step of a day. */
    @Test
    void theMeanOfWhatKillMakesOfCrowdingIsExactWhereADrugActsForAnHour() {
        TimeFunction drug = new TimeFunction() {
            @Override
            public double at(double day) {
                return 8 * Math.exp(-40 * (day - 3));
            }

            @Override
            public double integral(double from, double to) {
                return 0.2 * (Math.exp(-40 * (from - 3)) - Math.exp(-40 * (to - 3)));
            }
        };
        ReactionDiffusionProblem problem =
                problem(1, StepControl.adaptive(3.7e-6), new Sink(drug, SpatialValue.uniform(1)));
        ReactionFlow flow = new ReactionFlow(problem, new Rates(0.02, RHO));
        InteractionPicture picture = InteractionPicture.of(problem, flow, 0.2).orElseThrow();
        ReactionStep[] flows = picture.flows(3, 4);
        for (double z : new double[] {-1, 0.3, 1}) {
            double rate = new Rates(0.02, RHO).rate(z);
            double crowding = 0;
            for (int i = 0; i < picture.method().stages(); i++) {
                double unkilled = Math.expm1(rate * picture.method().nodes()[i]);
                crowding += picture.method().weights()[i] * (PolynomialFit.at(flows[i].crowding(), z) - unkilled);
            }
            // I by an integral within the integral.
            double meanOfI = integral(
                    t -> t == 3
                            ? 0
                            : integral(s -> rate * Math.exp(rate * (s - 3)) * Math.expm1(-drug.integral(3, s)), 3, t),
                    3,
                    4);
            assertThat(crowding).isCloseTo(meanOfI, within(1e-14));
        }
    }

    private static double integral(DoubleUnaryOperator function, double from, double to) {
        return new GaussLegendre(t -> new double[] {function.applyAsDouble(t)}, new double[0], from, to)
                .of(values -> values[0]);
    }
}
