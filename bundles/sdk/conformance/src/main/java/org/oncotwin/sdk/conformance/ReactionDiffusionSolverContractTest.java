package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;
import org.oncotwin.api.twin.TimeFunction;

/** The laws that every solver of reaction-diffusion problems obeys. Extend it beside the solver, say how exact it is, and leave the tests as they are. */
public abstract class ReactionDiffusionSolverContractTest {

    private static final Interval TEN_DAYS = interval(0, 10);

    /** For implementations. */
    protected ReactionDiffusionSolverContractTest() {}

    /** A new instance of the solver at each call. */
    protected abstract ReactionDiffusionSolver newSolver();

    /** Error against closed forms, relative to the largest value, that the solver keeps below with {@link #largestStep()} and {@link #relativeTolerance()}. */
    protected abstract double tolerance();

    /** Longest time step asked for, in days; the solver's own choice unless overridden. */
    protected OptionalDouble largestStep() {
        return OptionalDouble.empty();
    }

    /** Relative tolerance asked for; solvers of fixed steps take no notice of it. */
    protected double relativeTolerance() {
        return 1e-6;
    }

    /** Size of the grid for tests of threads: large enough that the solver shares its work out. */
    protected Grid threadedGrid() {
        return new Grid(48, 44, 40, Affine.scaling(1, 1, 1));
    }

    /** How long a cancelled solution may take to end: the second of law 7 and room for a loaded machine. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    // ---- Law 1 ----

    @Test
    @DisplayName("Law 1, same in, same out: the same bits on any number of threads")
    void threadsChangeNothing() {
        ReactionDiffusionProblem problem = tumour(threadedGrid(), interval(0, 2));
        Field one = end(problem, 1);
        for (int threads = 1; threads <= 4; threads++) {
            assertThat(end(problem, threads)).as("%d threads", threads).isEqualTo(one);
        }
    }

    @Test
    @DisplayName("Law 1, same in, same out: locale and time zone change nothing")
    void localeAndTimeZoneChangeNothing() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        Field here = end(problem, 1);
        assertThat(Surroundings.elsewhere(() -> end(problem, 1)))
                .allSatisfy(there -> assertThat(there).isEqualTo(here));
    }

    @Test
    @DisplayName("Law 1, same in, same out: one solver serves several callers at once")
    void callersAtOnceDoNotMeet() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        ReactionDiffusionSolver shared = newSolver();
        Field alone = end(problem, 1);
        assertThat(Surroundings.together(() -> shared.solve(problem, new Execution(2, Cancellation.NEVER))
                        .density()))
                .allSatisfy(together -> assertThat(together).isEqualTo(alone));
    }

    @Test
    @DisplayName("Law 1, same in, same out: steps of an earlier solution, taken again, give the same density")
    void repeatedStepsAreTheSame() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), interval(3, 13));
        ReactionDiffusionSolution chosen = newSolver().solve(problem, Execution.sequential());
        ReactionDiffusionSolution again =
                newSolver().solve(problem.withSteps(problem.steps().repeating(chosen.steps())), Execution.sequential());
        assertThat(again.steps()).isEqualTo(chosen.steps());
        double worst = 0;
        for (int index = 0; index < problem.grid().size(); index++) {
            worst = Math.max(
                    worst,
                    Math.abs(again.density().value(index) - chosen.density().value(index)));
        }
        assertThat(worst).as("largest difference of densities up to 1").isLessThanOrEqualTo(1e-12);
    }

    @Test
    @DisplayName("Law 1, same in, same out: problems solved together have the bits of each alone")
    void problemsTogetherAreAsAlone() {
        ReactionDiffusionProblem one = tumour(smallGrid(), TEN_DAYS);
        Sink kill = new Sink(TimeFunction.constant(0.1), SpatialValue.uniform(1));
        List<ReactionDiffusionProblem> problems = List.of(
                one, one.withSinks(List.of(kill)), one.withInterval(interval(0, 4)), tumour(smallGrid(), TEN_DAYS));
        List<ReactionDiffusionSolution> together = newSolver().solveAll(problems, new Execution(2, Cancellation.NEVER));
        assertThat(together).hasSameSizeAs(problems);
        for (int i = 0; i < problems.size(); i++) {
            assertThat(together.get(i).density()).as("problem %d", i).isEqualTo(end(problems.get(i), 1));
        }
    }

    // ---- Law 2 ----

    @Test
    @DisplayName("Law 2, a step is a step: an interval equals its parts")
    void stepEqualsItsParts() {
        Field whole = end(tumour(smallGrid(), TEN_DAYS), 1);
        double[] days = {0, 0.5, 4, 7.25, 10};
        Field state = tumour(smallGrid(), TEN_DAYS).initial();
        for (int i = 1; i < days.length; i++) {
            ReactionDiffusionProblem part = tumour(smallGrid(), interval(days[i - 1], days[i]));
            state = end(part.withInitial(state), 1);
        }
        assertClose(state, whole, "in parts");
    }

    @Test
    @DisplayName("Law 2, a step is a step: a uniform density follows the logistic curve")
    void uniformDensityIsLogistic() {
        Grid grid = smallGrid();
        byte[] classes = everywhere(grid, 1);
        Field end = end(
                problem(Field.constant(grid, 0.1), classes, 0.3, 0.2, TimeFunction.constant(1), List.of(), TEN_DAYS),
                1);
        // K = 1: u = 1 / (1 + (1 / u0 - 1) exp(-rho t)).
        assertClose(end, Field.constant(grid, 1 / (1 + 9 * StrictMath.exp(-2))), "logistic");
    }

    @Test
    @DisplayName("Law 2, a step is a step: a cosine decays by diffusion at the rate of its grid")
    void cosineDecays() {
        // On n voxels of spacing h without flux at the ends, cos(pi (i + 1/2) / n) is an eigenvector with rate (4 D /
        // h^2) sin^2(pi / (2 n)).
        Grid grid = new Grid(20, 3, 3, Affine.scaling(1.5, 2, 1));
        double d = 0.4;
        double[] start = new double[grid.size()];
        double[] wanted = new double[grid.size()];
        double sine = StrictMath.sin(Math.PI / 40);
        double decay = StrictMath.exp(-4 * d / (1.5 * 1.5) * sine * sine * 10);
        for (int index = 0; index < start.length; index++) {
            double mode = StrictMath.cos(Math.PI * (index % 20 + 0.5) / 20);
            start[index] = 0.5 + 0.4 * mode;
            wanted[index] = 0.5 + 0.4 * mode * decay;
        }
        Field end = end(
                problem(
                        Field.of(grid, start),
                        everywhere(grid, 1),
                        d,
                        0,
                        TimeFunction.constant(1),
                        List.of(),
                        TEN_DAYS),
                1);
        assertClose(end, Field.of(grid, wanted), "cosine");
    }

    @Test
    @DisplayName("Law 2, a step is a step: a rate that decays within hours kills by its exact integral")
    void fastRateActsFully() {
        // k(t) = 5 exp(-t / (1 h)) /d: its integral is 5/24 after a day or two, all of it in the first hours.
        TimeFunction rate = new Exponential(5, 24);
        Grid grid = smallGrid();
        Field end = end(
                problem(
                        Field.constant(grid, 0.5),
                        everywhere(grid, 1),
                        0.3,
                        0,
                        TimeFunction.constant(1),
                        List.of(new Sink(rate, SpatialValue.uniform(1))),
                        TEN_DAYS),
                1);
        assertClose(end, Field.constant(grid, 0.5 * StrictMath.exp(-rate.integral(0, 10))), "fast rate");
    }

    @Test
    @DisplayName("Law 2, a step is a step: equations see the time since day 0, wherever the interval starts")
    void timeIsAbsolute() {
        Interval late = interval(200, 203);
        TimeFunction rate = new Exponential(2e8, 0.1);
        Grid grid = smallGrid();
        Field end = end(
                problem(
                        Field.constant(grid, 0.5),
                        everywhere(grid, 1),
                        0,
                        0,
                        TimeFunction.constant(1),
                        List.of(new Sink(rate, SpatialValue.uniform(1))),
                        late),
                1);
        assertClose(end, Field.constant(grid, 0.5 * StrictMath.exp(-rate.integral(200, 203))), "late interval");
    }

    // ---- Law 3 ----

    @Test
    @DisplayName("Law 3, nothing hides: the problem is not changed")
    void problemIsNotChanged() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        byte[] classes = classes(problem.medium());
        double[] diffusion = problem.medium().diffusion();
        double[] proliferation = problem.medium().proliferation();
        Field initial = Field.of(problem.grid(), problem.initial().toArray());
        ReactionDiffusionSolver solver = newSolver();
        Field first = solver.solve(problem, Execution.sequential()).density();
        Field firstCopy = Field.of(first.grid(), first.toArray());
        assertThat(classes(problem.medium())).isEqualTo(classes);
        assertThat(problem.medium().diffusion()).isEqualTo(diffusion);
        assertThat(problem.medium().proliferation()).isEqualTo(proliferation);
        assertThat(problem.initial()).isEqualTo(initial);
        Field second = solver.solve(problem, Execution.sequential()).density();
        assertThat(first).as("an earlier solution is not overwritten").isEqualTo(firstCopy);
        assertThat(second).isEqualTo(firstCopy);
    }

    @Test
    @DisplayName("Law 3, nothing hides: what a solver keeps of one medium does not show in another")
    void mediaDoNotMeet() {
        ReactionDiffusionProblem one = tumour(smallGrid(), TEN_DAYS);
        ReactionDiffusionProblem other =
                one.withMedium(one.medium().withTables(new double[] {0, 0.1, 0.02}, new double[] {0, 0.08, 0.05}));
        Field oneAlone = end(one, 1);
        Field otherAlone = end(other, 1);
        assertThat(otherAlone).as("the media differ").isNotEqualTo(oneAlone);
        ReactionDiffusionSolver shared = newSolver();
        for (int round = 1; round <= 2; round++) {
            assertThat(shared.solve(one, Execution.sequential()).density())
                    .as("round %d", round)
                    .isEqualTo(oneAlone);
            assertThat(shared.solve(other, Execution.sequential()).density())
                    .as("another medium, round %d", round)
                    .isEqualTo(otherAlone);
        }
    }

    @Test
    @DisplayName("Law 3, nothing hides: the orientation of a medium is solved, or the medium is refused")
    void orientationIsNotPassedOver() {
        Grid grid = new Grid(20, 3, 3, Affine.scaling(1.5, 2, 1));
        double[] start = new double[grid.size()];
        double[] wanted = new double[grid.size()];
        double sine = StrictMath.sin(Math.PI / 40);
        // As for the cosine of law 2; along the first index the tensor doubles D.
        double decay = StrictMath.exp(-4 * 2 * 0.4 / (1.5 * 1.5) * sine * sine * 10);
        for (int index = 0; index < start.length; index++) {
            double mode = StrictMath.cos(Math.PI * (index % 20 + 0.5) / 20);
            start[index] = 0.5 + 0.4 * mode;
            wanted[index] = 0.5 + 0.4 * mode * decay;
        }
        ReactionDiffusionProblem p = problem(
                Field.of(grid, start), everywhere(grid, 1), 0.4, 0, TimeFunction.constant(1), List.of(), TEN_DAYS);
        solvedOrRefused(p.withMedium(p.medium().withOrientation(tensors(grid, 2, 0.5f, 0.5f, 0, 0, 0))))
                .ifPresent(end -> assertClose(end, Field.of(grid, wanted), "cosine along the direction of diffusion"));
    }

    // ---- Law 4 ----

    @Test
    @DisplayName("Law 4, zero is zero: a rate of 0 and a weight of 0 kill nothing")
    void zeroSinkChangesNothing() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        Field untouched = end(problem, 1);
        Field none = end(problem.withSinks(List.of(new Sink(TimeFunction.constant(0), SpatialValue.uniform(1)))), 1);
        assertThat(none).as("rate 0").isEqualTo(untouched);
        assertClose(
                end(problem.withSinks(List.of(new Sink(TimeFunction.constant(1), SpatialValue.uniform(0)))), 1),
                untouched,
                "weight 0");
    }

    @Test
    @DisplayName("Law 4, zero is zero: where there is nothing, nothing grows")
    void nothingStaysNothing() {
        Grid grid = smallGrid();
        ReactionDiffusionProblem empty = tumour(grid, TEN_DAYS).withInitial(Field.constant(grid, 0));
        assertThat(end(empty, 1)).isEqualTo(Field.constant(grid, 0));
    }

    // ---- Law 5 ----

    @Test
    @DisplayName("Law 5, bounds hold: density stays between 0 and the carrying capacity, and 0 outside the domain")
    void densityStaysInRange() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), interval(0, 60));
        Field end = end(problem, 1);
        for (int index = 0; index < problem.grid().size(); index++) {
            if (!problem.medium().contains(index)) {
                assertThat(end.value(index)).as("outside, voxel %d", index).isZero();
            } else {
                assertThat(end.value(index))
                        .as("inside, voxel %d", index)
                        .isBetween(0.0, problem.carryingCapacity() * (1 + 1e-12));
            }
        }
    }

    @Test
    @DisplayName(
            "Law 5, bounds hold: diffusion alone conserves mass to 1e-12, in a domain with thin parts and two tissues")
    void diffusionConservesMass() {
        Grid grid = smallGrid();
        ReactionDiffusionProblem p = tumour(grid, TEN_DAYS);
        ReactionDiffusionProblem pure =
                p.withMedium(p.medium().withTables(new double[] {0, 0.1, 0.5}, new double[] {0, 0, 0}));
        double before = 0;
        for (int index = 0; index < grid.size(); index++) {
            before += p.medium().contains(index) ? p.initial().value(index) : 0;
        }
        assertThat(Math.abs(end(pure, 1).sum() - before) / before).isLessThanOrEqualTo(1e-12);
    }

    @Test
    @DisplayName("Law 5, bounds hold: diffusion along directions conserves mass to 1e-12, or is refused")
    void orientedDiffusionConservesMass() {
        Grid grid = smallGrid();
        ReactionDiffusionProblem p = tumour(grid, TEN_DAYS);
        Medium pure = p.medium().withTables(new double[] {0, 0.1, 0.5}, new double[] {0, 0, 0});
        double before = 0;
        for (int index = 0; index < grid.size(); index++) {
            before += p.medium().contains(index) ? p.initial().value(index) : 0;
        }
        Optional<Field> end =
                solvedOrRefused(p.withMedium(pure.withOrientation(tensors(grid, 1.5f, 1, 0.5f, 0.9f, -0.2f, 0.3f))));
        if (end.isPresent()) {
            assertThat(Math.abs(end.get().sum() - before) / before).isLessThanOrEqualTo(1e-12);
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: nothing crosses a wall of one voxel")
    void nothingCrossesWalls() {
        Grid grid = new Grid(9, 4, 4, Affine.scaling(1, 1, 1));
        byte[] classes = everywhere(grid, 1);
        double[] start = new double[grid.size()];
        for (int index = 0; index < start.length; index++) {
            int i = index % 9;
            classes[index] = (byte) (i == 4 ? 0 : 1);
            start[index] = i < 4 ? 0.5 : 0;
        }
        Field end =
                end(problem(Field.of(grid, start), classes, 1, 0.1, TimeFunction.constant(1), List.of(), TEN_DAYS), 1);
        for (int index = 0; index < start.length; index++) {
            if (index % 9 >= 4) {
                assertThat(end.value(index))
                        .as("voxel %d behind the wall", index)
                        .isZero();
            }
        }
    }

    @Test
    @DisplayName("Law 5, bounds hold: what stands outside the domain is not looked at")
    void outsideIsIgnored() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        double[] dirty = problem.initial().toArray();
        for (int index = 0; index < dirty.length; index++) {
            if (!problem.medium().contains(index)) {
                dirty[index] = Double.NaN;
            }
        }
        assertThat(end(problem.withInitial(Field.owning(problem.grid(), dirty)), 1))
                .isEqualTo(end(problem, 1));
    }

    @Test
    @DisplayName("Law 5, bounds hold: a value that is not finite stops the solution and names the time")
    void notFiniteNamesTime() {
        ReactionDiffusionProblem problem = tumour(smallGrid(), interval(20_000, 20_010));
        double[] broken = problem.initial().toArray();
        for (int index = 0; index < broken.length; index++) {
            if (problem.medium().contains(index)) {
                broken[index] = Double.NaN;
                break;
            }
        }
        ReactionDiffusionProblem bad = problem.withInitial(Field.owning(problem.grid(), broken));
        Throwable failure = catchThrowable(() -> newSolver().solve(bad, Execution.sequential()));
        assertThat(failure).isInstanceOf(SolverException.class);
        SolverAssertions.assertNamesTime(failure, problem.interval());
    }

    // ---- Law 7 ----

    @Test
    @DisplayName("Law 7, everything ends: a cancelled solution ends soon, and ends as cancelled")
    void cancellationIsHonoured() {
        ReactionDiffusionProblem p = tumour(smallGrid(), interval(0, 1000));
        // A million steps: few enough not to be refused, and a solver that takes them all ends well, which is not what
        // was asked.
        ReactionDiffusionProblem endless = p.withSteps(p.steps().atMost(OptionalDouble.of(1e-3)));
        for (int threads : new int[] {1, 2}) {
            AtomicInteger asked = new AtomicInteger();
            Cancellation atTheTenthTime = () -> asked.incrementAndGet() >= 10;
            Throwable outcome = assertTimeoutPreemptively(
                    patience(),
                    () -> catchThrowable(() -> newSolver().solve(endless, new Execution(threads, atTheTenthTime))));
            assertThat(outcome).as("%d threads", threads).isInstanceOf(CancellationException.class);
        }
    }

    // ---- Law 10 ----

    @Test
    @DisplayName("Law 10, the log can prove it: description and statistics are complete")
    void descriptionAndStatisticsAreComplete() {
        ReactionDiffusionSolver solver = newSolver();
        SolverAssertions.assertComplete(solver.description());
        assertThat(newSolver().description()).isEqualTo(solver.description());
        ReactionDiffusionProblem problem = tumour(smallGrid(), TEN_DAYS);
        ReactionDiffusionSolution solution = solver.solve(problem, Execution.sequential());
        SolverAssertions.assertPlausible(solution.statistics(), solver.description(), problem.interval());
        largestStep().ifPresent(step -> assertThat(solution.statistics().longestStep())
                .as("the longest step that was asked for is kept")
                .isLessThanOrEqualTo(step * (1 + 1e-12)));
        assertThat(solution.density().grid()).isEqualTo(problem.grid());
        StepSequence steps = solution.steps();
        assertThat(steps.count()).as("number of steps").isEqualTo((int)
                solution.statistics().steps());
        assertThat(steps.end(0)).as("end of the first step").isGreaterThan(0);
        assertThat(steps.end(steps.count() - 1)).as("end of the last step").isEqualTo(10);
    }

    // ---- Problems ----

    private static Grid smallGrid() {
        return new Grid(14, 12, 9, Affine.scaling(1, 1.25, 2));
    }

    private static byte[] everywhere(Grid grid, int label) {
        byte[] classes = new byte[grid.size()];
        Arrays.fill(classes, (byte) label);
        return classes;
    }

    private ReactionDiffusionProblem problem(
            Field initial,
            byte[] classes,
            double diffusion,
            double proliferation,
            TimeFunction factor,
            List<Sink> sinks,
            Interval interval) {
        return new ReactionDiffusionProblem(
                initial,
                Medium.of(initial.grid(), classes, new double[] {0, diffusion}, new double[] {0, proliferation}),
                1,
                factor,
                sinks,
                interval,
                steps());
    }

    /** A round tumour in an ellipsoid of two tissues with a needle of one voxel's thickness through the corner of the grid. */
    private ReactionDiffusionProblem tumour(Grid grid, Interval interval) {
        byte[] classes = new byte[grid.size()];
        double[] start = new double[grid.size()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    double x = (i + 0.5) / grid.nx() * 2 - 1;
                    double y = (j + 0.5) / grid.ny() * 2 - 1;
                    double z = (k + 0.5) / grid.nz() * 2 - 1;
                    boolean needle = j == grid.ny() / 2 && k == grid.nz() / 2;
                    if (needle || x * x + y * y + z * z < 0.9) {
                        int index = grid.index(i, j, k);
                        classes[index] = (byte) (x + 0.3 * y > 0.1 ? 2 : 1);
                        start[index] = 0.8 * StrictMath.exp(-8 * (x * x + y * y + z * z));
                    }
                }
            }
        }
        return new ReactionDiffusionProblem(
                Field.of(grid, start),
                Medium.of(grid, classes, new double[] {0, 0.02, 0.1}, new double[] {0, 0.05, 0.08}),
                1,
                TimeFunction.constant(1),
                List.of(),
                interval,
                steps());
    }

    private StepControl steps() {
        return StepControl.adaptive(relativeTolerance()).atMost(largestStep());
    }

    private static byte[] classes(Medium medium) {
        byte[] classes = new byte[medium.grid().size()];
        for (int index = 0; index < classes.length; index++) {
            classes[index] = (byte) medium.classOf(index);
        }
        return classes;
    }

    private static TensorField tensors(Grid grid, float... tensor) {
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int component = 0; component < components.length; component++) {
            Arrays.fill(components[component], tensor[component]);
        }
        return TensorField.owning(grid, components);
    }

    /** The density at the end; empty if the solver refuses the problem. */
    private Optional<Field> solvedOrRefused(ReactionDiffusionProblem problem) {
        try {
            return Optional.of(end(problem, 1));
        } catch (SolverException refused) {
            assertThat(refused.getMessage()).as("reason").containsIgnoringCase("direction");
            return Optional.empty();
        }
    }

    private Field end(ReactionDiffusionProblem problem, int threads) {
        return newSolver()
                .solve(problem, new Execution(threads, Cancellation.NEVER))
                .density();
    }

    private void assertClose(Field actual, Field expected, String what) {
        double scale = 0;
        double worst = 0;
        for (int index = 0; index < expected.grid().size(); index++) {
            scale = Math.max(scale, Math.abs(expected.value(index)));
            worst = Math.max(worst, Math.abs(actual.value(index) - expected.value(index)));
        }
        assertThat(worst / scale).as("%s: largest error", what).isLessThanOrEqualTo(tolerance());
    }

    private static Interval interval(double from, double to) {
        return new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
    }

    /** k0 exp(-lambda t), with its exact integral. */
    private record Exponential(double start, double decay) implements TimeFunction {

        @Override
        public double at(double day) {
            return start * StrictMath.exp(-decay * day);
        }

        @Override
        public double integral(double from, double to) {
            return -start / decay * StrictMath.exp(-decay * from) * StrictMath.expm1(-decay * (to - from));
        }
    }
}
