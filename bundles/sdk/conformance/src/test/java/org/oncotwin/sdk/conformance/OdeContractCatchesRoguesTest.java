package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Solvers of ordinary differential equations that break the contract in one point are caught by the law of that point. */
@Tag("SR-704")
class OdeContractCatchesRoguesTest {

    private static final String ORDER =
            "Law 2, a step is a step: events of one instant happen in the order of the list";
    private static final String MILLISECOND = "Law 2, a step is a step: a dose at 09:00:00.001 acts at 09:00:00.001";
    private static final String RESTART = "Law 3, nothing hides: a restart at an event gives the bits of going through";
    private static final String OUTPUTS =
            "Law 3, nothing hides: outputs and the trajectory have the same bits and change none of the end";
    private static final String SIGNS =
            "Law 5, bounds hold: what shall not be negative never is, and sums that the equations keep are kept";
    private static final String CROSSINGS =
            "Law 2, a step is a step: conditions are found where they are met, rising, falling or either";
    private static final String NOT_OFFERED =
            "Law 10, the log can prove it: a feature that is not offered is refused, not passed over";
    private static final String TOGETHER =
            "Law 1, same in, same out: problems solved together have the bits and the order of those solved alone";
    private static final String LONGEST =
            "Law 2, a step is a step: no step is longer than the longest that was asked for";
    private static final String FIRST_FAILURE =
            "Law 5, bounds hold: of problems that fail together the first is named by its number, from 0";

    // ---- Solvers that keep it ----

    @Test
    @DisplayName("a solver of linear equations without features passes, and what it does not offer is left out")
    void linearSolverPasses() {
        assertThat(BrokenLaws.failures(LinearAlone.class)).isEmpty();
        assertThat(BrokenLaws.leftOut(LinearAlone.class))
                .anyMatch(reason -> reason.endsWith(SolverFeature.CONDITIONS.words()))
                .anyMatch(reason -> reason.endsWith(SolverFeature.SENSITIVITIES.words()))
                .anyMatch(reason -> reason.endsWith(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS.words()))
                .anyMatch(reason -> reason.endsWith("equations that are not linear"));
    }

    // ---- Events ----

    @Test
    @DisplayName("law 2: events passed over")
    void ignoresEvents() {
        assertThat(BrokenLaws.failures(IgnoresEvents.class)).contains(ORDER, MILLISECOND);
    }

    @Test
    @DisplayName("law 2: two events of an instant in the wrong order")
    void swapsEvents() {
        assertThat(BrokenLaws.failures(SwapsEvents.class)).contains(ORDER).doesNotContain(MILLISECOND);
    }

    @Test
    @DisplayName("law 2: events that act at the end")
    void actsAtTheEnd() {
        assertThat(BrokenLaws.failures(ActsAtTheEnd.class)).contains(MILLISECOND);
    }

    @Test
    @DisplayName("law 2: events a millisecond late")
    void actsLate() {
        assertThat(BrokenLaws.failures(ActsLate.class)).contains(MILLISECOND).doesNotContain(ORDER);
    }

    @Test
    @DisplayName("law 3: a step size carried over an event")
    void carriesTheStep() {
        assertThat(BrokenLaws.failures(CarriesTheStep.class)).containsExactly(RESTART);
    }

    // ---- Between steps ----

    @Test
    @DisplayName("law 3: steps that end at outputs")
    void outputsChangeBits() {
        assertThat(BrokenLaws.failures(StopsAtOutputs.class)).contains(OUTPUTS, RESTART);
        assertThat(BrokenLaws.of(StopsAtOutputs.class)).containsExactly(3);
    }

    @Test
    @DisplayName("law 2: an output at an event that shows the state before it")
    void outputsShowTheStateBefore() {
        assertThat(BrokenLaws.failures(ShowsTheStateBefore.class))
                .contains("Law 2, a step is a step: an output at an event shows the state after it, "
                        + "one before it that before");
    }

    // ---- Bounds ----

    @Test
    @DisplayName("law 5: negative amounts clipped, so that their sum grows")
    void clips() {
        assertThat(BrokenLaws.failures(Clips.class)).containsExactly(SIGNS);
    }

    @Test
    @DisplayName("law 2: the longest step passed over")
    void ignoresTheLongestStep() {
        assertThat(BrokenLaws.failures(IgnoresTheLongestStep.class)).contains(LONGEST);
    }

    @Test
    @DisplayName("law 2: at rest while an event is to come")
    void restsBeforeAnEvent() {
        assertThat(BrokenLaws.failures(RestsBeforeAnEvent.class))
                .containsExactly("Law 2, a step is a step: nothing is at rest while an event is to come");
    }

    @Test
    @DisplayName("law 5: another component named in errors")
    void namesAnotherComponent() {
        assertThat(BrokenLaws.failures(NamesAnotherComponent.class))
                .contains(
                        "Law 5, bounds hold: a right-hand side that is no number is named by component, value and time");
        assertThat(BrokenLaws.of(NamesAnotherComponent.class)).containsExactly(5);
    }

    @Test
    @DisplayName("law 2: a solver that is not made for stiff equations says that it is")
    void claimsStiffness() {
        assertThat(BrokenLaws.failures(ClaimsStiffness.class))
                .containsExactlyInAnyOrder(
                        "Law 2, a step is a step: the stiff reaction of Robertson",
                        "Law 2, a step is a step: what settles a million times faster than the rest costs few steps");
    }

    // ---- Conditions ----

    @Test
    @DisplayName("law 2: a condition that is forgotten")
    void dropsACondition() {
        assertThat(BrokenLaws.failures(DropsACondition.class))
                .contains("Law 2, a step is a step: crossings come in the order of time, "
                        + "and what a change prevents does not happen")
                .doesNotContain(MILLISECOND, RESTART);
    }

    @Test
    @DisplayName("law 2: a condition that is reported late")
    void reportsLate() {
        assertThat(BrokenLaws.failures(ReportsLate.class))
                .contains(CROSSINGS, "Law 2, a step is a step: the tolerance of a condition is kept");
        assertThat(BrokenLaws.of(ReportsLate.class)).containsExactly(2);
    }

    @Test
    @DisplayName("law 10: conditions neither offered nor refused")
    void passesOverConditions() {
        assertThat(BrokenLaws.failures(PassesOverConditions.class)).containsExactly(NOT_OFFERED);
    }

    // ---- Derivatives ----

    @Test
    @DisplayName("law 9: derivatives of the wrong size")
    void wrongDerivatives() {
        assertThat(BrokenLaws.of(WrongDerivatives.class)).containsExactly(9);
    }

    @Test
    @DisplayName("law 9: derivatives that do not know of events")
    void derivativesIgnoreEvents() {
        assertThat(BrokenLaws.failures(DerivativesIgnoreEvents.class))
                .contains(
                        "Law 9, derivatives agree: across a dose that depends on a parameter, and a loss of a fraction")
                .allMatch(name -> name.startsWith("Law 9"));
    }

    // ---- Batches ----

    @Test
    @DisplayName("law 1: solutions in another order than the problems")
    void wrongOrder() {
        assertThat(BrokenLaws.failures(WrongOrder.class)).containsExactly(TOGETHER);
    }

    @Test
    @DisplayName("law 1: other bits on several threads")
    void otherBitsOnThreads() {
        assertThat(BrokenLaws.failures(OtherBitsOnThreads.class)).containsExactly(TOGETHER);
    }

    @Test
    @DisplayName("law 5: a failure of many that is not numbered")
    void doesNotNumberFailures() {
        assertThat(BrokenLaws.failures(DoesNotNumberFailures.class)).containsExactly(FIRST_FAILURE);
    }

    @Test
    @DisplayName("law 5: of several failures the last is told")
    void tellsTheLastFailure() {
        assertThat(BrokenLaws.failures(TellsTheLastFailure.class)).containsExactly(FIRST_FAILURE);
    }

    // ---- Rogues ----

    /** Changes what the reference solver is asked or what it answers. */
    abstract static class Rogue extends OdeSolverContractTest {

        final ReferenceOdeSolver good = new ReferenceOdeSolver();

        OdeSolution solve(OdeProblem p, Execution e) {
            return good.solve(p, e);
        }

        List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
            List<OdeSolution> solutions = new ArrayList<>();
            for (OdeProblem problem : problems) {
                try {
                    solutions.add(solve(problem, e));
                } catch (SolverException failure) {
                    throw new SolverException("problem " + solutions.size() + ": " + failure.getMessage(), failure);
                }
            }
            return solutions;
        }

        SolverDescription description(SolverDescription d) {
            return d;
        }

        @Override
        protected OdeSolver newSolver() {
            return new OdeSolver() {
                @Override
                public SolverDescription description() {
                    return Rogue.this.description(good.description());
                }

                @Override
                public OdeSolution solve(OdeProblem p, Execution e) {
                    return Rogue.this.solve(p, e);
                }

                @Override
                public List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
                    return Rogue.this.solveAll(problems, e);
                }
            };
        }
    }

    /** No rogue: offers little and refuses the rest. */
    static class LinearAlone extends Rogue {

        @Override
        SolverDescription description(SolverDescription d) {
            return offering(d, Set.of(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS), Set.of());
        }

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            if (!newSolver().description().meets(p.need()) || !(p.system() instanceof LinearOdeSystem)) {
                throw new SolverException("not made for " + p.need().words());
            }
            return super.solve(p, e);
        }
    }

    static class IgnoresEvents extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            return super.solve(withEvents(p, List.of()), e);
        }
    }

    static class SwapsEvents extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            List<OdeEvent> reversed = new ArrayList<>(p.events());
            Collections.reverse(reversed);
            return super.solve(withEvents(p, reversed), e);
        }
    }

    static class ActsAtTheEnd extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            SimulationTime end = p.interval().end().plusMilliseconds(-1);
            return super.solve(
                    withEvents(
                            p,
                            p.events().stream()
                                    .map(event -> new OdeEvent(end, event.change()))
                                    .toList()),
                    e);
        }
    }

    static class ActsLate extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            return super.solve(
                    withEvents(
                            p,
                            p.events().stream()
                                    .map(event -> new OdeEvent(event.time().plusMilliseconds(1), event.change()))
                                    .toList()),
                    e);
        }
    }

    /** Goes through events that change nothing with the step that it has. */
    static class CarriesTheStep extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            StateChange nothing = OdeEvent.restart(SimulationTime.ZERO).change();
            return super.solve(
                    withEvents(
                            p,
                            p.events().stream()
                                    .filter(event -> event.change() != nothing)
                                    .toList()),
                    e);
        }
    }

    /** Adds an event that does nothing at each output. */
    static class StopsAtOutputs extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            List<OdeEvent> stops = Arrays.stream(p.outputs())
                    .filter(day ->
                            SimulationTime.ofDays(day).isBefore(p.interval().end()))
                    .filter(day -> p.steadyState().isEmpty())
                    .mapToObj(day -> OdeEvent.restart(SimulationTime.ofDays(day)))
                    .filter(stop -> p.interval().contains(stop.time()))
                    .toList();
            return super.solve(p.withEvents(stops), e);
        }
    }

    static class ShowsTheStateBefore extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            OdeSolution solution = super.solve(p, e);
            double[][] outputs = solution.outputs().clone();
            for (int n = 0; n < outputs.length; n++) {
                SimulationTime day = SimulationTime.ofDays(p.outputs()[n]);
                if (p.interval().start().isBefore(day)
                        && p.events().stream().anyMatch(event -> event.time().equals(day))) {
                    List<OdeEvent> before = p.events().stream()
                            .filter(event -> event.time().isBefore(day))
                            .toList();
                    outputs[n] = super.solve(
                                    withEvents(
                                            OdeProblem.of(
                                                            p.system(),
                                                            new Interval(
                                                                    p.interval().start(), day),
                                                            p.initial(),
                                                            p.parameters(),
                                                            p.tolerance())
                                                    .ofKind(p.kind()),
                                            before),
                                    e)
                            .state();
                }
            }
            return with(solution, solution.state(), outputs, solution.derivatives(), solution.crossings());
        }
    }

    /** Solves without bounds and sets to 0 what is below. */
    static class Clips extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            OdeSolution free = super.solve(p.withNonNegative(List.of()), e);
            return with(
                    free,
                    clipped(p, free.state()),
                    Arrays.stream(free.outputs()).map(y -> clipped(p, y)).toArray(double[][]::new),
                    free.derivatives(),
                    free.crossings());
        }

        private static double[] clipped(OdeProblem p, double[] y) {
            double[] clipped = y.clone();
            p.nonNegative().forEach(i -> clipped[i] = Math.max(0, y[i]));
            return clipped;
        }
    }

    static class IgnoresTheLongestStep extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            return super.solve(p.withLargestStep(OptionalDouble.empty()), e);
        }
    }

    /** Looks for rest before every event. */
    static class RestsBeforeAnEvent extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            if (p.steadyState().isEmpty() || p.events().isEmpty()) {
                return super.solve(p, e);
            }
            OdeSolution first = super.solve(
                    OdeProblem.of(
                                    p.system(),
                                    new Interval(
                                            p.interval().start(),
                                            p.events().get(0).time()),
                                    p.initial(),
                                    p.parameters(),
                                    p.tolerance())
                            .untilSteady(p.steadyState().getAsDouble()),
                    e);
            return first.end() == OdeSolution.End.STEADY_STATE ? first : super.solve(p, e);
        }
    }

    static class NamesAnotherComponent extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            try {
                return super.solve(p, e);
            } catch (SolverException failure) {
                String message = failure.getMessage();
                for (int i = 0; i < p.system().dimension(); i++) {
                    message = message.replace(p.system().name(i), "component " + (i + 1));
                }
                throw new SolverException(message);
            }
        }
    }

    static class ClaimsStiffness extends Rogue {

        @Override
        SolverDescription description(SolverDescription d) {
            return offering(
                    d,
                    Set.of(
                            SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS,
                            SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS),
                    d.features());
        }
    }

    static class DropsACondition extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            List<OdeCondition> conditions = p.conditions();
            return super.solve(
                    conditions.size() < 2 ? p : p.withConditions(conditions.subList(0, conditions.size() - 1)), e);
        }
    }

    static class ReportsLate extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            OdeSolution good = super.solve(p, e);
            return with(
                    good,
                    good.state(),
                    good.outputs(),
                    good.derivatives(),
                    good.crossings().stream()
                            .map(crossing -> good.end() == OdeSolution.End.CONDITION
                                    ? crossing
                                    : new OdeCrossing(crossing.condition(), crossing.day() + 1e-7))
                            .toList());
        }
    }

    /** Does not offer conditions, but solves as if there were none. */
    static class PassesOverConditions extends Rogue {

        @Override
        SolverDescription description(SolverDescription d) {
            return offering(d, d.kinds(), Set.of(SolverFeature.SENSITIVITIES));
        }

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            return super.solve(p.withConditions(List.of()), e);
        }
    }

    static class WrongDerivatives extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            OdeSolution good = super.solve(p, e);
            double[][] derivatives = Arrays.stream(good.derivatives())
                    .map(derivative ->
                            Arrays.stream(derivative).map(value -> value * 1.01).toArray())
                    .toArray(double[][]::new);
            return with(good, good.state(), good.outputs(), derivatives, good.crossings());
        }
    }

    /** Differentiates a problem without its events. */
    static class DerivativesIgnoreEvents extends Rogue {

        @Override
        OdeSolution solve(OdeProblem p, Execution e) {
            OdeSolution good = super.solve(p, e);
            OdeSolution without = p.directions().isEmpty() ? good : super.solve(withEvents(p, List.of()), e);
            return with(good, good.state(), good.outputs(), without.derivatives(), good.crossings());
        }
    }

    static class WrongOrder extends Rogue {

        @Override
        List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
            List<OdeSolution> solutions = new ArrayList<>(super.solveAll(problems, e));
            Collections.reverse(solutions);
            return solutions;
        }
    }

    static class OtherBitsOnThreads extends Rogue {

        @Override
        List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
            return super.solveAll(
                    e.threads() < 3
                            ? problems
                            : problems.stream()
                                    .map(p -> p.withLargestStep(OptionalDouble.of(0.75)))
                                    .toList(),
                    e);
        }
    }

    static class DoesNotNumberFailures extends Rogue {

        @Override
        List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
            return problems.stream().map(problem -> solve(problem, e)).toList();
        }
    }

    static class TellsTheLastFailure extends Rogue {

        @Override
        List<OdeSolution> solveAll(List<OdeProblem> problems, Execution e) {
            List<OdeSolution> solutions = new ArrayList<>();
            Optional<SolverException> last = Optional.empty();
            for (int n = 0; n < problems.size(); n++) {
                try {
                    solutions.add(solve(problems.get(n), e));
                } catch (SolverException failure) {
                    last = Optional.of(new SolverException("problem " + n + ": " + failure.getMessage()));
                }
            }
            if (last.isPresent()) {
                throw last.get();
            }
            return solutions;
        }
    }

    // ---- What rogues share ----

    private static SolverDescription offering(SolverDescription d, Set<SolverKind> kinds, Set<SolverFeature> features) {
        return new SolverDescription(
                d.id(), d.title(), d.order(), d.stable(), kinds, features, d.limitations(), d.references());
    }

    private static OdeProblem withEvents(OdeProblem p, List<OdeEvent> events) {
        return new OdeProblem(
                p.system(),
                p.interval(),
                p.initial(),
                p.parameters(),
                p.kind(),
                p.tolerance(),
                events,
                p.conditions(),
                p.outputs(),
                p.continuous(),
                p.nonNegative(),
                p.steadyState(),
                p.largestStep(),
                p.directions());
    }

    private static OdeSolution with(
            OdeSolution s, double[] state, double[][] outputs, double[][] derivatives, List<OdeCrossing> crossings) {
        return new OdeSolution(
                s.day(),
                s.end(),
                state,
                s.parameters(),
                outputs,
                derivatives,
                s.outputDerivatives(),
                crossings,
                s.trajectory(),
                s.statistics());
    }
}
