package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Rogue solvers are caught by the law that they break and by no other. */
@Tag("SR-704")
class SolverContractsCatchRoguesTest {

    @Test
    void goodReactionDiffusionSolverPasses() {
        assertThat(BrokenLaws.failures(GoodGrid.class)).isEmpty();
    }

    @Test
    @DisplayName("ODE, law 2: a tolerance that is not passed on")
    void ignoredTolerance() {
        assertThat(BrokenLaws.failures(IgnoresTolerance.class))
                .contains("Law 2, a step is a step: the error falls with the tolerance, against closed forms");
        // Nor is one that is too fine refused (5), nor are derivatives as exact as asked (9); the statistics tell
        // another tolerance (10).
        assertThat(BrokenLaws.of(IgnoresTolerance.class)).containsExactly(2, 5, 9, 10);
    }

    @Test
    @DisplayName("ODE, law 2: time counted from the start of the interval")
    void relativeTime() {
        // The time in messages is wrong with it, which laws 5 and 7 see, and equations are asked for times outside
        // their interval (3).
        assertThat(BrokenLaws.of(CountsTimeFromTheStart.class)).containsExactly(2, 3, 5, 7);
    }

    @Test
    @DisplayName("ODE, law 7: cancellation not passed on")
    void odeIgnoresCancellation() {
        assertThat(BrokenLaws.of(OdeIgnoresCancellation.class)).containsExactly(7);
    }

    @Test
    @DisplayName("ODE, law 10: no references")
    void odeWithoutReferences() {
        assertThat(BrokenLaws.of(OdeWithoutReferences.class)).containsExactly(10);
    }

    @Test
    @DisplayName("grid, law 1: a result that depends on the number of threads")
    void dependsOnThreads() {
        assertThat(BrokenLaws.of(DependsOnThreads.class)).containsExactly(1);
    }

    @Test
    @DisplayName("grid, law 1: prescribed steps not taken")
    void ignoresPrescribedSteps() {
        assertThat(BrokenLaws.of(IgnoresPrescribedSteps.class)).containsExactly(1);
    }

    @Test
    @DisplayName("grid, law 3: what was derived from one medium kept for another")
    void keepsTheFirstMedium() {
        assertThat(BrokenLaws.of(KeepsTheFirstMedium.class)).contains(3);
    }

    @Test
    @DisplayName("grid, law 3: directions of diffusion passed over")
    void passesOverOrientation() {
        assertThat(BrokenLaws.of(PassesOverOrientation.class)).containsExactly(3);
    }

    @Test
    @DisplayName("grid, law 10: an estimate of the error that is no number")
    void statesNoNumberAsError() {
        assertThat(BrokenLaws.of(StatesNoNumberAsError.class)).containsExactly(10);
    }

    @Test
    @DisplayName("grid, law 5: mass that leaks away")
    void leaksMass() {
        assertThat(BrokenLaws.of(LeaksMass.class)).containsExactly(5);
    }

    @Test
    @DisplayName("grid, law 7: cancellation not passed on")
    void gridIgnoresCancellation() {
        assertThat(BrokenLaws.of(GridIgnoresCancellation.class)).containsExactly(7);
    }

    // ---- Ordinary differential equations ----

    /** Hands a changed problem to the reference solver. */
    abstract static class OdeRogue extends OdeContractCatchesRoguesTest.Rogue {

        OdeProblem problem(OdeProblem p) {
            return p;
        }

        Execution execution(Execution e) {
            return e;
        }

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            return super.solve(problem(p), execution(e));
        }
    }

    static class IgnoresTolerance extends OdeRogue {

        @Override
        OdeProblem problem(OdeProblem p) {
            return with(p, p.interval(), OdeTolerance.of(1e-3, 1e-3), p.events(), p.outputs());
        }
    }

    static class CountsTimeFromTheStart extends OdeRogue {

        @Override
        OdeProblem problem(OdeProblem p) {
            long start = p.interval().start().milliseconds();
            Interval fromZero =
                    new Interval(SimulationTime.ZERO, p.interval().end().plusMilliseconds(-start));
            List<OdeEvent> events = p.events().stream()
                    .map(event -> new OdeEvent(event.time().plusMilliseconds(-start), event.change()))
                    .toList();
            double[] outputs = Arrays.stream(p.outputs())
                    .map(day -> Math.min(
                            fromZero.end().days(), day - p.interval().start().days()))
                    .toArray();
            return with(p, fromZero, p.tolerance(), events, outputs);
        }
    }

    static class OdeIgnoresCancellation extends OdeRogue {

        @Override
        Execution execution(Execution e) {
            return Execution.sequential();
        }
    }

    static class OdeWithoutReferences extends OdeRogue {

        @Override
        SolverDescription description(SolverDescription d) {
            return new SolverDescription(
                    d.id(), d.title(), d.order(), d.stable(), d.kinds(), d.features(), d.limitations(), List.of());
        }
    }

    private static OdeProblem with(
            OdeProblem p, Interval interval, OdeTolerance tolerance, List<OdeEvent> events, double[] outputs) {
        return new OdeProblem(
                p.system(),
                interval,
                p.initial(),
                p.parameters(),
                p.kind(),
                tolerance,
                events,
                p.conditions(),
                outputs,
                p.continuous(),
                p.nonNegative(),
                p.steadyState(),
                p.largestStep(),
                p.directions());
    }

    // ---- Grids ----

    static class GoodGrid extends ReactionDiffusionSolverContractTest {

        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            return new ReferenceReactionDiffusionSolver().solve(p, e);
        }

        @Override
        protected ReactionDiffusionSolver newSolver() {
            return new ReactionDiffusionSolver() {
                @Override
                public SolverDescription description() {
                    return new ReferenceReactionDiffusionSolver().description();
                }

                @Override
                public ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
                    return GoodGrid.this.solve(p, e);
                }
            };
        }

        @Override
        protected OptionalDouble largestStep() {
            return OptionalDouble.of(0.05);
        }

        @Override
        protected double tolerance() {
            return 2e-4;
        }
    }

    static class DependsOnThreads extends GoodGrid {

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            return e.threads() < 3 ? super.solve(p, e) : scaled(super.solve(p, e), 1 - 1e-15);
        }
    }

    /** Takes steps of half the length when steps are prescribed. */
    static class IgnoresPrescribedSteps extends GoodGrid {

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            return p.steps().prescribed().isEmpty()
                    ? super.solve(p, e)
                    : super.solve(p.withSteps(StepControl.adaptive(1).atMost(OptionalDouble.of(0.025))), e);
        }
    }

    /** Solves a medium with directions as if it had none. */
    static class PassesOverOrientation extends GoodGrid {

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            Medium medium = p.medium();
            if (medium.orientation().isEmpty()) {
                return super.solve(p, e);
            }
            byte[] classes = new byte[medium.grid().size()];
            for (int index = 0; index < classes.length; index++) {
                classes[index] = (byte) medium.classOf(index);
            }
            return super.solve(
                    p.withMedium(Medium.of(medium.grid(), classes, medium.diffusion(), medium.proliferation())), e);
        }
    }

    static class KeepsTheFirstMedium extends ReactionDiffusionSolverContractTest {

        @Override
        protected ReactionDiffusionSolver newSolver() {
            AtomicReference<Medium> first = new AtomicReference<>();
            return new ReferenceReactionDiffusionSolver() {
                @Override
                public ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
                    first.compareAndSet(null, p.medium());
                    Medium kept = first.get();
                    return super.solve(kept.grid().equals(p.grid()) ? p.withMedium(kept) : p, e);
                }
            };
        }

        @Override
        protected OptionalDouble largestStep() {
            return OptionalDouble.of(0.05);
        }

        @Override
        protected double tolerance() {
            return 2e-4;
        }
    }

    static class StatesNoNumberAsError extends GoodGrid {

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            ReactionDiffusionSolution good = super.solve(p, e);
            SolverStatistics s = good.statistics();
            return new ReactionDiffusionSolution(
                    good.density(),
                    good.steps(),
                    new SolverStatistics(
                            s.solver(),
                            s.steps(),
                            s.rejectedSteps(),
                            s.evaluations(),
                            s.tolerance(),
                            OptionalDouble.of(Double.NaN),
                            s.longestStep()));
        }
    }

    static class LeaksMass extends GoodGrid {

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            return scaled(super.solve(p, e), 1 - 1e-9);
        }
    }

    static class GridIgnoresCancellation extends GoodGrid {

        @Override
        protected Duration patience() {
            return Duration.ofMillis(500);
        }

        @Override
        ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution e) {
            Cancellation onlyWhenTheTestGaveUp = () -> Thread.currentThread().isInterrupted();
            return super.solve(p, new Execution(1, onlyWhenTheTestGaveUp));
        }
    }

    private static ReactionDiffusionSolution scaled(ReactionDiffusionSolution solution, double factor) {
        double[] u = solution.density().toArray();
        for (int index = 0; index < u.length; index++) {
            u[index] *= factor;
        }
        return new ReactionDiffusionSolution(
                Field.owning(solution.density().grid(), u), solution.steps(), solution.statistics());
    }
}
