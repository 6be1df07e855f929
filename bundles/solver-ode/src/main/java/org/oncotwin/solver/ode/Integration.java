package org.oncotwin.solver.ode;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.exception.NumberIsTooSmallException;
import org.apache.commons.math3.ode.nonstiff.EmbeddedRungeKuttaIntegrator;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/**
 * One problem on its way to the solution: in segments from one event to the next, and within each in legs from one change by a condition to the next. Each leg has a new
 * integrator and depends on nothing but the situation at its start and its length.
 */
final class Integration {

    static final Set<SolverKind> KINDS =
            Set.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS, SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);

    static final Set<SolverFeature> FEATURES = Set.of(SolverFeature.SENSITIVITIES, SolverFeature.CONDITIONS);

    static final List<String> LIMITATIONS = List.of(
            "Explicit: a stiff system needs many steps, of which the solution warns, or so many that the bound of "
                    + Effort.MOST_EVALUATIONS + " evaluations ends the run with an error.",
            "The tolerance bounds the error of each step; over a long interval the errors of unstable solutions add up to more.",
            "Where the stages by which order 8 interpolates leave the domain of the right-hand side, though those of the step did not, outputs within the step are of order 3.",
            "Derivatives of a solution that a condition ends are taken at the day of that end, not along with it.");

    /** Smallest relative tolerance; below it the rounding of a double is larger than the error asked for. */
    static final double SMALLEST_TOLERANCE = 1e-14;

    private final Method method;
    private final OdeProblem problem;
    private final Names names;
    private final Effort effort = new Effort();
    private final RightHandSide rightHandSide;
    private final Changes changes;
    private final Stiffness stiffness;
    private final Watch watch;
    private final Outputs outputs;
    private OdeSolution.End end = OdeSolution.End.INTERVAL;
    private double endDay;
    private boolean ended;

    Integration(Method method, OdeProblem problem, Execution execution) {
        this.method = method;
        this.problem = problem;
        this.names = new Names(problem.system());
        this.rightHandSide = new RightHandSide(problem.system(), execution.cancellation(), effort);
        this.changes = new Changes(problem, rightHandSide);
        this.stiffness = new Stiffness(method, names);
        this.watch = new Watch(problem);
        this.outputs = new Outputs(problem);
        this.endDay = problem.interval().end().days();
    }

    OdeSolution solve() {
        check();
        Situation situation = Situation.first(problem);
        List<OdeEvent> events = problem.events();
        SimulationTime start = problem.interval().start();
        int next = 0;
        while (!ended && start.isBefore(problem.interval().end())) {
            while (next < events.size() && events.get(next).time().equals(start)) {
                situation = changes.atEvent(events.get(next).change(), start.days(), situation);
                next++;
            }
            boolean last = next == events.size();
            SimulationTime stop =
                    last ? problem.interval().end() : events.get(next).time();
            situation = segment(new Interval(start, stop), situation, last);
            start = stop;
        }
        outputs.end(endDay, situation.values());
        double[][] derivatives = new double[situation.directions()][];
        for (int d = 0; d < derivatives.length; d++) {
            derivatives[d] = situation.derivative(d);
        }
        return new OdeSolution(
                endDay,
                end,
                situation.state(),
                situation.parameters().clone(),
                outputs.states(),
                derivatives,
                outputs.derivatives(),
                watch.crossings(),
                outputs.trajectory(problem.interval().start().days(), endDay, situation.state()),
                new SolverStatistics(
                        method.id(),
                        effort.accepted(),
                        effort.rejected(),
                        effort.evaluations(),
                        OptionalDouble.of(problem.tolerance().relative()),
                        OptionalDouble.empty(),
                        effort.longest(),
                        stiffness.warning().stream().toList()));
    }

    private void check() {
        if (problem.system().dimension() == 0) {
            throw new SolverException("a system without equations cannot be solved");
        }
        if (problem.tolerance().relative() < SMALLEST_TOLERANCE) {
            throw new SolverException(
                    "a relative tolerance of " + problem.tolerance().relative()
                            + " is finer than the numbers are; the smallest allowed is " + SMALLEST_TOLERANCE);
        }
        Situation first = Situation.first(problem);
        int index = Names.firstNotFinite(first.values());
        if (index >= 0) {
            throw new SolverException("at " + problem.interval().start() + " the initial " + names.of(index) + " is "
                    + first.values()[index]);
        }
        index = Names.firstNotFinite(first.parameters());
        if (index >= 0) {
            throw new SolverException(
                    "at " + problem.interval().start() + " parameter " + index + " is " + first.parameters()[index]);
        }
        for (int d = 0; d < first.directions(); d++) {
            index = Names.firstNotFinite(first.parameterChanges()[d]);
            if (index >= 0) {
                throw new SolverException(
                        "direction " + d + " changes parameter " + index + " by " + first.parameterChanges()[d][index]);
            }
        }
    }

    private Situation segment(Interval segment, Situation start, boolean last) {
        Clock clock = Clock.at(segment);
        Situation situation = start;
        List<Crossing> acted = List.of();
        while (!ended && clock.days() > 0) {
            watch.begin(clock.day(0), situation, acted);
            Steps steps = leg(clock, situation, last);
            situation = situation.with(steps.stopped());
            acted = steps.acting();
            if (acted.isEmpty()) {
                ended = steps.steady()
                        && clock.day(steps.reached()) < problem.interval().end().days();
                if (ended) {
                    end = OdeSolution.End.STEADY_STATE;
                    endDay = clock.day(steps.reached());
                } else {
                    outputs.endSegment(clock, situation.values());
                }
                return situation;
            }
            clock = clock.later(acted.get(0).time());
            situation = act(acted, clock.day(0), situation);
        }
        if (!ended) {
            outputs.endSegment(clock, situation.values());
        }
        return situation;
    }

    private Situation act(List<Crossing> acting, double day, Situation before) {
        Situation situation = before;
        for (Crossing crossing : acting) {
            if (crossing.condition().change().isPresent()
                    || crossing.condition().ends()) {
                situation = changes.atCondition(crossing.condition(), day, situation);
            }
            if (crossing.condition().ends()) {
                ended = true;
                end = OdeSolution.End.CONDITION;
                endDay = day;
            }
        }
        return situation;
    }

    private Steps leg(Clock clock, Situation start, boolean last) {
        ErrorScale scale = ErrorScale.of(problem.tolerance(), start);
        StepLimits limits = StepLimits.of(clock.days(), problem.largestStep(), scale);
        Derivatives derivatives = new Derivatives(rightHandSide, start, clock, effort, scale);
        Positivity positivity = new Positivity(problem.nonNegative(), method.order(), derivatives, scale, names);
        Steps steps = new Steps(
                method,
                limits,
                derivatives,
                start,
                positivity,
                stiffness,
                watch,
                outputs,
                effort,
                last ? problem.steadyState() : OptionalDouble.empty());
        EmbeddedRungeKuttaIntegrator integrator = method.integrator().apply(limits, steps);
        effort.legStarts();
        try {
            checkSlope(derivatives, start);
            integrator.integrate(derivatives, 0, start.values(), clock.days(), new double[start.values().length]);
        } catch (NumberIsTooSmallException e) {
            throw new SolverException(
                    derivatives
                            .notFinite()
                            .map(what -> what + ", however short the step, at last " + steps.lastTried() + " d")
                            .or(positivity::refusal)
                            .orElseGet(() -> tooShort(clock, steps)),
                    e);
        } catch (MaxCountExceededException e) {
            throw new SolverException(tooMany(clock, steps), e);
        }
        return steps;
    }

    private static void checkSlope(Derivatives derivatives, Situation start) {
        derivatives.computeDerivatives(0, start.values(), new double[start.values().length]);
        derivatives.notFinite().ifPresent(what -> {
            throw new SolverException(what);
        });
        derivatives.endTrial();
    }

    private String tooShort(Clock clock, Steps steps) {
        int hardest = steps.hardest();
        return "at day " + clock.day(steps.reached()) + " the step becomes shorter than "
                + steps.limits().shortest() + " d, the shortest allowed; " + names.of(hardest) + ", now "
                + steps.value(hardest)
                + ", is the hardest to follow. The solution may have no value beyond this time, or the right-hand side jumps";
    }

    private String tooMany(Clock clock, Steps steps) {
        int hardest = steps.hardest();
        return "at day " + clock.day(steps.reached()) + " the right-hand side had been evaluated "
                + effort.allowed() + " times, the most allowed, in " + effort.accepted() + " accepted and "
                + effort.rejected() + " rejected steps, the last of " + steps.lastTried() + " d, towards "
                + problem.interval().end() + "; " + names.of(hardest) + ", now " + steps.value(hardest)
                + ", is the hardest to follow. The system is probably stiff: " + method.id()
                + " is an explicit method and cannot solve it; ask for a solver of stiff equations, such as 'rosenbrock'";
    }
}
