package org.oncotwin.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

class OdeProblemTest {

    private static final Interval DAYS = new Interval(SimulationTime.ofDays(1), SimulationTime.ofDays(3));
    private static final OdeTolerance TOLERANCE = OdeTolerance.of(1e-6, 1e-9);

    /** Two components and one parameter. */
    private static final OdeSystem DECAY = new OdeSystem() {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int parameters() {
            return 1;
        }

        @Override
        public void derivatives(double day, double[] state, double[] parameters, double[] derivatives) {
            derivatives[0] = -parameters[0] * state[0];
            derivatives[1] = parameters[0] * state[0];
        }

        @Override
        public String name(int component) {
            return component == 0 ? "drug" : "metabolite";
        }
    };

    private static OdeProblem decay() {
        return OdeProblem.of(DECAY, DAYS, new double[] {1, 0}, new double[] {0.5}, TOLERANCE);
    }

    private static OdeEvent at(double day) {
        return OdeEvent.add(SimulationTime.ofDays(day), 0, day);
    }

    @Test
    void eventsAreSortedByTimeAndThoseOfAnInstantKeepTheirOrder() {
        OdeEvent first = at(2);
        OdeEvent second = at(2);
        OdeEvent start = at(1);
        OdeProblem problem = decay().withEvents(List.of(first, start)).withEvents(List.of(second));
        assertThat(problem.events()).containsExactly(start, first, second);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 3.5})
    void anEventOutsideTheIntervalOrAtItsEndIsRefused(double day) {
        assertThatThrownBy(() -> decay().withEvents(List.of(at(day))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an event at day " + day);
    }

    @Test
    void whatItNeedsFollowsFromWhatItAsks() {
        OdeCondition empty = new OdeCondition(
                "empty", (day, y, p) -> y[0] - 0.1, OdeCondition.Crossing.FALLING, Optional.empty(), true, 1e-9);
        assertThat(decay().need()).isEqualTo(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS));
        assertThat(decay().ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS)
                        .withConditions(List.of(empty))
                        .alongDirections(List.of(OdeDirection.ofParameter(DECAY, 0)))
                        .need())
                .isEqualTo(SolverNeed.of(
                        SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS,
                        SolverFeature.CONDITIONS,
                        SolverFeature.SENSITIVITIES));
    }

    @Test
    void sizesAndRangesAreChecked() {
        refused(() -> OdeProblem.of(DECAY, DAYS, new double[1], new double[1], TOLERANCE), "an initial state of 1");
        refused(
                () -> OdeProblem.of(DECAY, DAYS, new double[2], new double[0], TOLERANCE),
                "0 numbers for 1 parameters");
        refused(
                () -> OdeProblem.of(
                        DECAY, DAYS, new double[2], new double[1], new OdeTolerance(1e-6, new double[] {1, 1, 1})),
                "3 absolute tolerances for 2 equations");
        refused(() -> decay().withOutputs(2, 2), "output days must rise");
        refused(() -> decay().withOutputs(0.5), "output days must rise from day 1");
        refused(() -> decay().withOutputs(Double.NaN), "output days");
        refused(() -> decay().withNonNegative(List.of(2)), "no component 2");
        refused(
                () -> OdeProblem.of(DECAY, DAYS, new double[] {1, -1}, new double[1], TOLERANCE)
                        .withNonNegative(List.of(1)),
                "the initial metabolite is -1.0");
        refused(() -> decay().untilSteady(0), "a rate of the steady state of 0.0");
        refused(() -> decay().withLargestStep(OptionalDouble.of(Double.NaN)), "a largest step of NaN");
        refused(
                () -> decay().alongDirections(List.of(new OdeDirection(new double[2], new double[2]))),
                "a direction of 2 numbers for 1 parameters");
        refused(() -> decay().ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS), "only a LinearOdeSystem");
        refused(() -> decay().ofKind(SolverKind.REACTION_DIFFUSION), "are not reaction and diffusion");
        refused(() -> OdeTolerance.of(0, 1), "a relative tolerance of 0.0");
        refused(() -> OdeTolerance.of(0.2, 1), "a relative tolerance of 0.2");
        refused(() -> OdeTolerance.of(1e-6, -1), "an absolute tolerance of -1.0");
    }

    @Test
    void itsArraysAreItsOwn() {
        double[] initial = {1, 0};
        OdeProblem problem = OdeProblem.of(DECAY, DAYS, initial, new double[] {0.5}, TOLERANCE)
                .withOutputs(1, 2);
        initial[0] = 7;
        problem.initial()[0] = 7;
        problem.parameters()[0] = 7;
        problem.outputs()[0] = 7;
        assertThat(problem.initial()).containsExactly(1, 0);
        assertThat(problem.parameters()).containsExactly(0.5);
        assertThat(problem.outputs()).containsExactly(1, 2);
    }

    @Test
    void aPatternListsTheEntriesOfEachColumnDownwards() {
        SparsityPattern pattern = SparsityPattern.ofColumns(new int[][] {{0, 2}, {}, {1}});
        assertThat(pattern.dimension()).isEqualTo(3);
        assertThat(pattern.entries()).isEqualTo(3);
        assertThat(pattern.start(1)).isEqualTo(2);
        assertThat(pattern.start(3)).isEqualTo(3);
        assertThat(pattern.row(1)).isEqualTo(2);
        assertThat(pattern.isFull()).isFalse();
        assertThat(SparsityPattern.full(2).isFull()).isTrue();
        assertThat(SparsityPattern.full(2).row(3)).isEqualTo(1);
        refused(() -> SparsityPattern.ofColumns(new int[][] {{1, 0}, {}}), "rows of column 0 must rise");
        refused(() -> SparsityPattern.ofColumns(new int[][] {{}, {2}}), "rows of column 1");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
