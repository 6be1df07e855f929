package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.solver.grid.GridSolver;

/** The host's part of the solver with kernels that run in Java. */
class CudaSolverTest {

    private static final Execution TWO_THREADS =
            new Execution(2, Execution.sequential().cancellation());

    private final FakeDriver driver = new FakeDriver(64 << 20);
    private final CudaSolver solver = new CudaSolver(CudaProcessor.open(driver).orElseThrow());

    /** Whatever happened in a test, the device must be given back as it was. */
    @AfterEach
    void nothingIsLeftOnTheDevice() {
        driver.before(call -> {});
        solver.close();
        assertThat(driver.used()).as("bytes left").isZero();
        assertThat(driver.open()).as("contexts and modules left").isZero();
    }

    @Tag("SR-314")
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-9})
    void takesTheStepsOfSplittingOnTheCpuToTheSameDensity(double tolerance) {
        for (Medium medium : List.of(Problems.medium(), Problems.fibres())) {
            for (List<Sink> sinks : List.of(List.<Sink>of(), Problems.drugs())) {
                ReactionDiffusionProblem problem = Problems.problem(medium, 0.8, sinks, tolerance);
                ReactionDiffusionSolution here = solver.solve(problem, TWO_THREADS);
                ReactionDiffusionSolution there = new GridSolver().solve(Problems.forSplitting(problem), TWO_THREADS);
                assertThat(here.steps().count()).isEqualTo(there.steps().count());
                assertThat(Problems.difference(here.density(), there.density().toArray()))
                        .isLessThan(1e-12);
                assertThat(here.statistics().solver()).isEqualTo("grid-cuda");
                assertThat(here.statistics().evaluations())
                        .isEqualTo(there.statistics().evaluations());
                assertThat(here.statistics().error().getAsDouble())
                        .isCloseTo(there.statistics().error().getAsDouble(), offset(1e-12));
            }
        }
    }

    @Test
    void solvesTheEquation() {
        for (Medium medium : List.of(Problems.medium(), Problems.fibres())) {
            ReactionDiffusionProblem problem = Problems.problem(medium, 0.8, Problems.drugs(), 1e-7);
            ReactionDiffusionSolution solution = solver.solve(problem, TWO_THREADS);
            assertThat(Problems.difference(solution.density(), Problems.rungeKutta(problem, 2000)))
                    .isLessThan(2e-7);
            assertThat(solution.statistics().error().getAsDouble()).isLessThanOrEqualTo(1e-7);
        }
    }

    @Test
    void whatLeavesTheRangeIsBroughtBackAtTheEndAndStatedAsError() {
        ReactionDiffusionProblem problem = Problems.peak(Problems.fibres(), 1e-4);
        double[] continuous = Problems.rungeKutta(problem, 2000);
        assertThat(Arrays.stream(continuous).min().getAsDouble())
                .as("couplings below 0 make densities below 0")
                .isLessThan(-1e-4);
        ReactionDiffusionSolution here = solver.solve(problem, TWO_THREADS);
        ReactionDiffusionSolution there = new GridSolver().solve(Problems.forSplitting(problem), TWO_THREADS);
        double[] density = here.density().toArray();
        assertThat(Arrays.stream(density).min().getAsDouble()).isZero();
        assertThat(Arrays.stream(density).sum())
                .isCloseTo(Arrays.stream(continuous).sum(), offset(1e-12));
        assertThat(Problems.difference(here.density(), there.density().toArray()))
                .isLessThan(1e-12);
        double stated = here.statistics().error().getAsDouble();
        assertThat(stated).isCloseTo(there.statistics().error().getAsDouble(), offset(1e-12));
        assertThat(Problems.difference(here.density(), continuous)).isBetween(1e-4, stated);
    }

    /** Extrapolation from a long step takes more than there is: an estimate relative to a sum below 0 would be below every tolerance. */
    @Test
    void aStepThatLeavesLessThanNothingIsNotTaken() {
        ReactionDiffusionProblem problem = Problems.refuge(10, 1e-2);
        ReactionDiffusionSolution solution = solver.solve(problem, TWO_THREADS);
        assertThat(solution.statistics().rejectedSteps()).isPositive();
        assertThat(solution.statistics().error().getAsDouble()).isBetween(0.0, 1e-2);
        assertThat(Problems.difference(solution.density(), Problems.rungeKutta(problem, 2000)))
                .isLessThan(1e-2);
    }

    @Test
    void oneRateNeedsNoRates() {
        Medium medium = Problems.medium()
                .withTables(new double[] {0, 0.05, 0.3}, new double[] {0, 0.1, 0.1})
                .withRelativeProliferation(SpatialValue.uniform(1));
        ReactionDiffusionProblem problem = Problems.problem(medium, 0.8, List.of(), 1e-7);
        assertThat(Problems.difference(
                        solver.solve(problem, TWO_THREADS).density(), Problems.rungeKutta(problem, 2000)))
                .isLessThan(1e-7);
    }

    @Test
    void problemsOnOneMediumAreSolvedTogetherAndEachIsWhatItIsAlone() {
        Medium medium = Problems.fibres();
        ReactionDiffusionProblem first = Problems.problem(medium, 0.8, Problems.drugs(), 1e-5);
        List<ReactionDiffusionProblem> problems = List.of(
                first,
                Problems.problem(medium, 0.2, List.of(), 1e-5),
                first.withInterval(Problems.interval(2, 3)),
                Problems.problem(medium, 1.4, Problems.drugs(), 1e-8),
                Problems.problem(medium, 0, List.of(), 1e-3));
        List<Field> alone = problems.stream()
                .map(p -> solver.solve(p, TWO_THREADS).density())
                .toList();
        int launchesAlone = driver.launches().size();
        List<ReactionDiffusionSolution> together = solver.solveAll(problems, TWO_THREADS);
        assertThat(together.stream().map(ReactionDiffusionSolution::density)).isEqualTo(alone);
        List<FakeDriver.Call> launches =
                driver.launches().subList(launchesAlone, driver.launches().size());
        assertThat(launches).extracting(FakeDriver.Call::members).contains(5);
        assertThat(launches.size()).isLessThan(launchesAlone);
    }

    @Test
    void problemsOnSeveralMediaComeBackInOrder() {
        Medium one = Problems.medium();
        Medium other = Problems.fibres();
        List<ReactionDiffusionProblem> problems = List.of(
                Problems.problem(one, 0.5, List.of(), 1e-4),
                Problems.problem(other, 0.5, List.of(), 1e-4),
                Problems.problem(other, 0.9, List.of(), 1e-4),
                Problems.problem(one, 0.9, List.of(), 1e-4));
        assertThat(solver.solveAll(problems, TWO_THREADS).stream().map(ReactionDiffusionSolution::density))
                .isEqualTo(problems.stream()
                        .map(p -> solver.solve(p, TWO_THREADS).density())
                        .toList());
        assertThat(solver.solveAll(List.of(), TWO_THREADS)).isEmpty();
    }

    @Test
    void membersThatDoNotFitTogetherAreSolvedInParts() {
        Medium medium = Problems.medium();
        List<ReactionDiffusionProblem> problems = List.of(
                Problems.problem(medium, 0.3, List.of(), 1e-4),
                Problems.problem(medium, 0.5, List.of(), 1e-4),
                Problems.problem(medium, 0.7, List.of(), 1e-4));
        DeviceMedium onDevice = DeviceMedium.of(
                medium,
                CudaProcessor.open(new FakeDriver(64 << 20)).orElseThrow().context());
        long member = DeviceBatch.bytesPerMember(onDevice, MemberFields.slots(2), 0);
        FakeDriver small = new FakeDriver(5 * onDevice.layout().stride() * Double.BYTES + 3 * member);
        List<Field> expected = problems.stream()
                .map(p -> solver.solve(p, TWO_THREADS).density())
                .toList();
        try (CudaSolver inParts = new CudaSolver(CudaProcessor.open(small).orElseThrow())) {
            assertThat(inParts.solveAll(problems, TWO_THREADS).stream().map(ReactionDiffusionSolution::density))
                    .isEqualTo(expected);
        }
        assertThat(small.launches())
                .extracting(FakeDriver.Call::members)
                .contains(2)
                .doesNotContain(3);
        assertThat(small.used()).isZero();
    }

    @Test
    void lackOfMemoryIsAnErrorThatSaysHowMuchIsNeeded() {
        FakeDriver tiny = new FakeDriver(20_000);
        try (CudaSolver onTiny = new CudaSolver(CudaProcessor.open(tiny).orElseThrow())) {
            assertThatThrownBy(
                            () -> onTiny.solve(Problems.problem(Problems.medium(), 0.5, List.of(), 1e-4), TWO_THREADS))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("the densities of 1 members of 9 x 8 x 7 voxels")
                    .hasMessageContaining("Fake device")
                    .hasMessageContaining("MiB are needed")
                    .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
        }
        assertThat(tiny.used()).isZero();
    }

    @Test
    void anyCallThatFailsEndsTheSolutionAndLeavesNothing() {
        Medium medium = Problems.medium();
        List<ReactionDiffusionProblem> problems = List.of(
                Problems.problem(medium, 0.5, Problems.drugs(), 1e-2),
                Problems.problem(medium, 0.9, Problems.drugs(), 1e-2));
        AtomicInteger calls = new AtomicInteger();
        driver.before(call -> calls.incrementAndGet());
        solver.solveAll(problems, TWO_THREADS);
        assertThat(calls.get()).isGreaterThan(30);
        for (int failing = 1; failing <= calls.get(); failing++) {
            AtomicInteger left = new AtomicInteger(failing);
            FakeDriver faulty = new FakeDriver(64 << 20);
            try (CudaSolver onFaulty = new CudaSolver(CudaProcessor.open(faulty).orElseThrow())) {
                faulty.before(call -> {
                    if (left.decrementAndGet() == 0) {
                        throw new CudaException(call, "CUDA_ERROR_LAUNCH_FAILED");
                    }
                });
                assertThatThrownBy(() -> onFaulty.solveAll(problems, TWO_THREADS))
                        .as("call %d", failing)
                        .isInstanceOf(SolverException.class)
                        .hasMessageContaining("Fake device")
                        .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED");
            }
            assertThat(faulty.used()).as("after call %d", failing).isZero();
            assertThat(faulty.open()).isZero();
        }
    }

    @Test
    void aDeviceThatCannotBeMadeReadyIsGivenBack() {
        for (String call : List.of("devices", "open", "load", "kernel")) {
            FakeDriver faulty = new FakeDriver(64 << 20);
            faulty.before(name -> {
                if (name.equals(call)) {
                    throw new CudaException(call, "CUDA_ERROR_UNKNOWN");
                }
            });
            assertThatThrownBy(() -> CudaProcessor.open(faulty))
                    .isInstanceOf(CudaException.class)
                    .hasMessageContaining(call);
            assertThat(faulty.open()).isZero();
        }
    }

    @Test
    void cancellationEndsAllMembers() {
        Medium medium = Problems.medium();
        ReactionDiffusionProblem problem = Problems.problem(medium, 0.5, List.of(), 1e-8);
        for (int at = 1; at < 200; at += 13) {
            AtomicInteger left = new AtomicInteger(at);
            Execution cancelled = new Execution(2, () -> left.decrementAndGet() <= 0);
            assertThat(catchThrowable(() -> solver.solveAll(List.of(problem, problem, problem), cancelled)))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void aMemberThatFailsEndsTheOthers() {
        Medium medium = Problems.medium();
        TimeFunction negativeFromDayFour = new TimeFunction() {
            @Override
            public double at(double day) {
                return day < 4 ? 0.1 : -1;
            }

            @Override
            public double integral(double from, double to) {
                return 0.1 * (Math.min(to, 4) - Math.min(from, 4)) - (Math.max(to, 4) - Math.max(from, 4));
            }
        };
        ReactionDiffusionProblem good = Problems.problem(medium, 0.5, List.of(), 1e-8);
        ReactionDiffusionProblem bad = good.withSinks(List.of(new Sink(negativeFromDayFour, SpatialValue.uniform(1))));
        assertThatThrownBy(() -> solver.solveAll(List.of(good, bad, good), TWO_THREADS))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("the integral of a kill rate");
    }

    @Test
    void aMediumStaysOnTheDeviceUntilAnotherOneCame() {
        Medium medium = Problems.medium();
        solver.solve(Problems.problem(medium, 0.5, List.of(), 1e-3), TWO_THREADS);
        long kept = driver.used();
        assertThat(kept).isPositive();
        AtomicInteger allocations = new AtomicInteger();
        driver.before(call -> allocations.addAndGet(call.equals("allocate") ? 1 : 0));
        solver.solve(Problems.problem(medium, 0.7, List.of(), 1e-3), TWO_THREADS);
        int again = allocations.getAndSet(0);
        solver.solve(Problems.problem(Problems.medium(), 0.7, List.of(), 1e-3), TWO_THREADS);
        assertThat(allocations.get()).isEqualTo(again + 3);
        assertThat(driver.used()).isEqualTo(kept);
    }

    @Test
    void whatIsNotADensityIsRefused() {
        Medium medium = Problems.medium();
        int inside = 0;
        while (!medium.contains(inside)) {
            inside++;
        }
        for (double bad : new double[] {Double.NaN, -1e-9, Double.POSITIVE_INFINITY}) {
            double[] values = Problems.bump(0.5).toArray();
            values[inside] = bad;
            ReactionDiffusionProblem problem =
                    Problems.problem(medium, 0.5, List.of(), 1e-3).withInitial(Field.owning(Problems.GRID, values));
            assertThatThrownBy(() -> solver.solve(problem, TWO_THREADS))
                    .isInstanceOf(SolverException.class)
                    .hasMessageContaining("on day 2.0 the initial density is " + bad + " at voxel (");
        }
    }

    @Test
    void ratesThatAreNoNumbersAreRefused() {
        Medium medium = Problems.medium();
        ReactionDiffusionProblem problem = Problems.problem(medium, 0.5, List.of(), 1e-3);
        ReactionDiffusionProblem explosive = new ReactionDiffusionProblem(
                problem.initial(),
                medium,
                1.5,
                new TimeFunction() {
                    @Override
                    public double at(double day) {
                        return Double.NaN;
                    }

                    @Override
                    public double integral(double from, double to) {
                        return Double.NaN;
                    }
                },
                List.of(),
                problem.interval(),
                problem.steps());
        assertThatThrownBy(() -> solver.solve(explosive, TWO_THREADS))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void aSolverThatIsStoppedFinishesWhatItHasBegun() {
        ReactionDiffusionProblem problem = Problems.problem(Problems.medium(), 0.5, List.of(), 1e-3);
        Field expected = solver.solve(problem, TWO_THREADS).density();
        AtomicInteger calls = new AtomicInteger();
        driver.before(call -> {
            if (calls.incrementAndGet() == 10) {
                solver.close();
            }
        });
        assertThat(solver.solve(problem, TWO_THREADS).density()).isEqualTo(expected);
        assertThat(driver.open()).as("given back as soon as the call ended").isZero();
        assertThatThrownBy(() -> solver.solve(problem, TWO_THREADS))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("stopped");
    }
}
