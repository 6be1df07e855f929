package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/**
 * One solution of {@link ReferenceOdeSolver}. Time runs from 0 in each segment between two events, so that a late one is as exact as an early one and no segment knows of
 * another but by the state that it starts from. Steps are controlled as in Hairer, Norsett and Wanner (1993, section II.4).
 */
final class ReferenceIntegration {

    static final long MOST_STEPS = 10_000_000;
    static final double FINEST_TOLERANCE = 1e-13;
    /** A step shorter than this part of its segment leads nowhere. */
    private static final double SHORTEST_STEP = 1e-14;

    private final String solver;
    private final OdeProblem problem;
    private final Execution execution;
    private final OdeVariations equations;
    private final DormandPrinceStep stepper;
    private final OdeWatch watch;
    private final ReferenceRecord record;
    private double origin;
    private double elapsed;
    private double length;
    private double step;
    private OdeSolution.End end;
    private long steps;
    private long rejected;
    private double longest;

    ReferenceIntegration(String solver, OdeProblem problem, Execution execution) {
        this.solver = solver;
        this.problem = problem;
        this.execution = execution;
        this.equations = new OdeVariations(problem);
        this.stepper = new DormandPrinceStep(equations, problem, OdeVariations.initial(problem));
        this.watch = new OdeWatch(equations, problem.conditions());
        this.record = new ReferenceRecord(problem);
    }

    OdeSolution run() {
        Interval interval = problem.interval();
        double tolerance = problem.tolerance().relative();
        if (tolerance < FINEST_TOLERANCE) {
            throw new SolverException("a relative tolerance of " + tolerance
                    + " is finer than this solver can keep; allowed is from " + FINEST_TOLERANCE);
        }
        double[] z = stepper.state();
        SimulationTime from = interval.start();
        checkNumbers(z, from.days(), "at the start");
        List<OdeEvent> events = problem.events();
        int next = 0;
        while (end == null) {
            while (next < events.size() && events.get(next).time().equals(from)) {
                execution.cancellation().check();
                z = equations.changed(from.days(), z, events.get(next).change());
                checkNumbers(z, from.days(), "after an event");
                next++;
            }
            boolean last = next == events.size();
            SimulationTime to = last ? interval.end() : events.get(next).time();
            segment(z, from, to, last);
            z = stepper.state();
            from = to;
            if (last && end == null) {
                end = OdeSolution.End.INTERVAL;
            }
        }
        double day = end == OdeSolution.End.INTERVAL ? interval.end().days() : origin + elapsed;
        record.end(day, z);
        return new OdeSolution(
                day,
                end,
                equations.state(z),
                equations.parameters(),
                record.outputs().stream().map(equations::state).toArray(double[][]::new),
                equations.derivatives(z),
                record.outputs().stream().map(equations::derivatives).toArray(double[][][]::new),
                watch.crossings(),
                record.trajectory(),
                new SolverStatistics(
                        solver,
                        steps,
                        rejected,
                        equations.evaluations(),
                        OptionalDouble.of(tolerance),
                        OptionalDouble.empty(),
                        longest));
    }

    private void segment(double[] z, SimulationTime from, SimulationTime to, boolean last) {
        origin = from.days();
        elapsed = 0;
        length = new Interval(from, to).days();
        begin(z, List.of());
        while (elapsed < length && end == null) {
            execution.cancellation().check();
            boolean reaches = elapsed + step >= length;
            double h = Math.min(step, length - elapsed);
            double error = stepper.attempt(origin, elapsed, h, to.days());
            step = limited(h * Math.min(5, Math.max(0.2, 0.9 * StrictMath.pow(error, -0.2))));
            if (error <= 1) {
                accept(h, reaches ? length : elapsed + h, reaches ? to.days() : origin + (elapsed + h), last);
            } else {
                rejected++;
                if (step < SHORTEST_STEP * length) {
                    throw new SolverException("the step became too small (" + step + " d) at day " + (origin + elapsed)
                            + " after " + steps + " steps: " + stepper.trouble());
                }
            }
            if (steps + rejected > MOST_STEPS) {
                throw new SolverException("more than " + MOST_STEPS + " steps until day " + (origin + elapsed) + ": "
                        + stepper.trouble());
            }
        }
    }

    /** Starts anew where it is. */
    private void begin(double[] z, List<OdeWatch.Met> fired) {
        double day = origin + elapsed;
        if (!stepper.begin(day, z)) {
            throw new SolverException(stepper.trouble() + ", before step " + (steps + 1));
        }
        watch.begin(day, z, fired);
        step = limited((length - elapsed) / 100);
    }

    private double limited(double days) {
        return Math.min(days, problem.largestStep().orElse(Double.POSITIVE_INFINITY));
    }

    private void accept(double h, double until, double untilDay, boolean last) {
        steps++;
        OdePiece piece = stepper.piece();
        List<OdeWatch.Met> fired = new ArrayList<>();
        for (OdeWatch.Met met : watch.step(piece, origin, elapsed, until)) {
            if (!fired.isEmpty() && met.elapsed() > fired.get(0).elapsed()) {
                break;
            }
            OdeCondition condition = watch.condition(met);
            watch.count(met, met.elapsed() == until ? untilDay : origin + met.elapsed());
            if (condition.change().isPresent() || condition.ends()) {
                fired.add(met);
            }
        }
        if (fired.isEmpty()) {
            longest = Math.max(longest, h);
            record.add(piece, untilDay);
            stepper.accept();
            elapsed = until;
            if (last && isAtRest()) {
                end = OdeSolution.End.STEADY_STATE;
            }
        } else {
            double at = fired.get(0).elapsed();
            longest = Math.max(longest, at - elapsed);
            record.add(piece, at == until ? untilDay : origin + at);
            elapsed = at;
            change(piece.atElapsed(at), fired);
        }
    }

    /** At a condition: makes its change, and ends or starts anew there. */
    private void change(double[] found, List<OdeWatch.Met> fired) {
        double day = origin + elapsed;
        double[] z = found;
        for (OdeWatch.Met met : fired) {
            OdeCondition condition = watch.condition(met);
            if (condition.change().isPresent() || condition.ends()) {
                z = equations.changed(day, z, condition);
                checkNumbers(z, day, "after condition '" + condition.name() + "'");
            }
            if (condition.ends()) {
                end = OdeSolution.End.CONDITION;
            }
        }
        begin(z, fired);
    }

    private boolean isAtRest() {
        if (problem.steadyState().isEmpty()) {
            return false;
        }
        double rate = problem.steadyState().getAsDouble();
        for (int i = 0; i < equations.dimension(); i++) {
            double size = Math.abs(stepper.state()[i])
                    + problem.tolerance().absolute(i) / problem.tolerance().relative();
            if (Math.abs(stepper.slope()[i]) > rate * size) {
                return false;
            }
        }
        return true;
    }

    private void checkNumbers(double[] z, double day, String when) {
        for (int i = 0; i < z.length; i++) {
            int component = i % equations.dimension();
            if (!Double.isFinite(z[i])) {
                throw new SolverException(
                        problem.system().name(component) + " is " + z[i] + " " + when + ", day " + day);
            }
            if (i < equations.dimension() && z[i] < 0 && problem.nonNegative().contains(i)) {
                throw new SolverException(problem.system().name(component) + " is " + z[i]
                        + " and shall not be negative " + when + ", day " + day);
            }
        }
        double[] parameters = equations.parameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!Double.isFinite(parameters[i])) {
                throw new SolverException("parameter " + i + " is " + parameters[i] + " " + when + ", day " + day);
            }
        }
    }
}
