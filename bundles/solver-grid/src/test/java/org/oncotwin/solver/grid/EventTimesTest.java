package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** Times of doses count to the millisecond, and where a course is cut to be resumed does not count at all. */
class EventTimesTest {

    private static final double DECAY = 9.242;
    private static final double RHO = 0.05;

    /** 9:00:00 on day 200, and a second later. */
    private static final SimulationTime NINE = SimulationTime.ofDays(200).plusMilliseconds(9 * 3_600_000L);

    private static final SimulationTime A_SECOND_LATER = NINE.plusMilliseconds(1000);
    private static final SimulationTime MIDNIGHT = SimulationTime.ofDays(200);
    private static final SimulationTime NOON = SimulationTime.ofDays(200.5);

    /** A dose: rate 0.2 per day, which decays from an instant on. */
    private static TimeFunction dose(SimulationTime time) {
        double since = time.days();
        return new TimeFunction() {
            @Override
            public double at(double day) {
                return day < since ? 0 : 0.2 * StrictMath.exp(-DECAY * (day - since));
            }

            @Override
            public double integral(double from, double to) {
                double begin = Math.max(from, since);
                return begin >= to
                        ? 0
                        : -0.2
                                / DECAY
                                * StrictMath.exp(-DECAY * (begin - since))
                                * StrictMath.expm1(-DECAY * (to - begin));
            }
        };
    }

    private static Field solve(
            Medium medium, Field u, double capacity, SimulationTime from, SimulationTime to, TimeFunction... rates) {
        List<Sink> sinks = List.of(rates).stream()
                .map(r -> new Sink(r, SpatialValue.uniform(1)))
                .toList();
        return new GridSolver()
                .solve(
                        new ReactionDiffusionProblem(
                                u,
                                medium,
                                capacity,
                                TimeFunction.constant(1),
                                sinks,
                                new Interval(from, to),
                                StepControl.adaptive(1e-4)),
                        Execution.sequential())
                .density();
    }

    private static Medium still(Grid grid) {
        return Medium.of(grid, Problems.classes(grid, (i, j, k) -> 1), new double[] {0, 0}, new double[] {0, RHO});
    }

    /**
     * Far below the carrying capacity u(12:00) = u0 exp(rho / 2 - 0.2 / 9.242 (1 - exp(-9.242 (12:00 - dose)))). A dose a second later has killed less by noon, by 7.3e-7 of u.
     * The step spans the dose.
     */
    @Tag("SR-204")
    @Test
    void aDoseASecondLaterKillsBySoMuchLess() {
        Grid grid = Problems.grid(20, 18, 3, 1, 1, 1);
        Field start = Field.constant(grid, 0.5);
        double[] seen = new double[2];
        double[] exact = new double[2];
        SimulationTime[] times = {NINE, A_SECOND_LATER};
        for (int n = 0; n < 2; n++) {
            Field u = solve(still(grid), start, 1e12, MIDNIGHT, NOON, dose(times[n]));
            assertThat(u).isEqualTo(Field.constant(grid, u.value(0)));
            seen[n] = u.value(0);
            double acted = (NOON.milliseconds() - times[n].milliseconds()) / 86_400_000.0;
            exact[n] = 0.5 * StrictMath.exp(RHO / 2 + 0.2 / DECAY * StrictMath.expm1(-DECAY * acted));
            assertThat(seen[n]).isCloseTo(exact[n], within(1e-12 * exact[n]));
        }
        assertThat(exact[1] / exact[0] - 1).isCloseTo(7.3e-7, within(0.1e-7));
        assertThat(seen[1] - seen[0]).isCloseTo(exact[1] - exact[0], within(1e-5 * (exact[1] - exact[0])));
    }

    /** Growth to the fraction and from it to noon are logistic: a survival of 0.5 at u moves v = ln(u / (1 - u)), which else rises by rho t. */
    @Test
    void aFractionASecondLaterMeetsAsMuchMoreAsHasGrown() {
        Grid grid = Problems.grid(20, 18, 3, 1, 1, 1);
        double[] seen = new double[2];
        double[] exact = new double[2];
        SimulationTime[] times = {NINE, A_SECOND_LATER};
        for (int n = 0; n < 2; n++) {
            Field before = solve(still(grid), Field.constant(grid, 0.5), 1, MIDNIGHT, times[n]);
            Field after = Field.constant(grid, 0.5 * before.value(7));
            seen[n] = solve(still(grid), after, 1, times[n], NOON).value(0);
            double first = (times[n].milliseconds() - MIDNIGHT.milliseconds()) / 86_400_000.0;
            double grown = logistic(0.5, first);
            exact[n] = logistic(0.5 * grown, 0.5 - first);
            assertThat(seen[n]).isCloseTo(exact[n], within(1e-15));
        }
        assertThat(Math.abs(exact[1] - exact[0])).isGreaterThan(1e-8);
        assertThat(seen[1] - seen[0]).isCloseTo(exact[1] - exact[0], within(1e-15));
    }

    private static double logistic(double u, double days) {
        return u * StrictMath.exp(RHO * days) / (1 + u * StrictMath.expm1(RHO * days));
    }

    /** Cut after any interval, with another solver, medium and number of threads, and the state written and read: the same bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void resumedIsContinuousToTheBit(int cut) {
        Grid grid = Problems.grid(21, 34, 17, 1, 1.25, 2);
        SimulationTime[] times = {
            MIDNIGHT,
            NINE,
            NOON,
            SimulationTime.ofDays(201),
            SimulationTime.ofDays(201.5),
            A_SECOND_LATER.plusMilliseconds(2 * 86_400_000L),
            SimulationTime.ofDays(203),
            SimulationTime.ofDays(210),
            SimulationTime.ofDays(210.125)
        };
        byte[] classes = Problems.brain(grid);
        Field continuous = course(new GridSolver(), classes, Problems.blob(grid, classes), times, 0, 8, 1);
        Field before = course(new GridSolver(), classes, Problems.blob(grid, classes), times, 0, cut, 1);
        Field read = Field.of(grid, before.toArray());
        assertThat(course(new GridSolver(), classes.clone(), read, times, cut, 8, 3))
                .isEqualTo(continuous);
    }

    private static Field course(
            GridSolver solver, byte[] classes, Field start, SimulationTime[] times, int from, int to, int threads) {
        Grid grid = start.grid();
        Medium medium = Medium.of(grid, classes, new double[] {0, 0.05, 0.5}, new double[] {0, 0.1, 0.2});
        SpatialValue uptake = SpatialValue.varying(Problems.field(grid, (i, j, k) -> 0.1 * i));
        Field u = start;
        for (int n = from; n < to; n++) {
            u = solver.solve(
                            new ReactionDiffusionProblem(
                                    u,
                                    medium,
                                    1,
                                    TimeFunction.constant(1),
                                    List.of(
                                            new Sink(dose(NINE), uptake),
                                            new Sink(dose(A_SECOND_LATER), SpatialValue.uniform(1))),
                                    new Interval(times[n], times[n + 1]),
                                    StepControl.adaptive(1e-5)),
                            new Execution(threads, Cancellation.NEVER))
                    .density();
        }
        return u;
    }
}
