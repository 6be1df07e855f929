package org.oncotwin.solver.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolution.End;
import org.oncotwin.api.solver.OdeTrajectory;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StateChange;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;

/** One problem on its way to the solution: from segment to segment, each from the state at its start. */
final class Propagation {

    /** Smallest relative tolerance; below it the rounding of a double is larger than the error asked for. */
    static final double SMALLEST_TOLERANCE = 1e-14;

    /** Most steps of a segment in which conditions or the steady state are looked for. */
    static final int MOST_STEPS = 2_000_000;

    /** Sets of parameters whose coefficients are kept, such as those of an infusion that is on or off. */
    private static final int MOST_COEFFICIENTS = 8;

    /** How far the right-hand side may be from A y + b, as a part of the sizes of the terms: room for other formulas of the same thing. */
    private static final double RELATIVE_DISAGREEMENT = 1e-9;

    /** The same as a part of the largest terms of all derivatives. */
    private static final double ROUNDING = 1e-13;

    /** Evaluations of the right-hand side. */
    private static final int EQUATION_CHECKS = 2;

    private static final Optional<Optional<End>> SEGMENT_OVER = Optional.of(Optional.empty());

    private final String solver;
    private final OdeProblem problem;
    private final LinearOdeSystem system;
    private final Cancellation cancellation;
    private final Transitions transitions;
    private final int n;
    private final int directions;
    private final double[] outputDays;
    private final NonNegative nonNegative;
    private final Watch[] watches;
    private final Steps steps;
    private final List<Meeting> met = new ArrayList<>();
    private final double[] unmoved;
    private final ChangeDerivative changeDerivative;
    private final List<Coefficients> known = new ArrayList<>();

    private double[] state;
    private double[] other;
    private final double[] ahead;
    private final double[] slope;
    private final double[] parameters;
    private final double[][] along;
    private final double[] alongNext;
    private final double[][] parametersAlong;
    private Coefficients coefficients;

    private SimulationTime origin;
    private double originDay;
    private double limitDay;
    private double offset;
    private double length;

    private final List<double[]> outputs = new ArrayList<>();
    private final List<double[][]> outputsAlong = new ArrayList<>();
    private final List<OdeCrossing> crossings = new ArrayList<>();
    private final List<LinearTrajectory.Segment> segments = new ArrayList<>();
    private long taken;
    private long states;
    private double longest;

    Propagation(
            String solver,
            OdeProblem problem,
            LinearOdeSystem system,
            Cancellation cancellation,
            Transitions transitions) {
        this.solver = solver;
        this.problem = problem;
        this.system = system;
        this.cancellation = cancellation;
        this.transitions = transitions;
        this.n = system.dimension();
        this.directions = problem.directions().size();
        this.outputDays = problem.outputs();
        this.nonNegative = new NonNegative(system, problem.nonNegative());
        this.watches = problem.conditions().stream().map(Watch::new).toArray(Watch[]::new);
        this.steps = new Steps(n, problem.largestStep());
        this.state = problem.initial();
        this.other = new double[n];
        this.ahead = new double[n];
        this.slope = new double[n];
        this.parameters = problem.parameters();
        this.along = new double[directions][];
        this.alongNext = new double[n];
        this.parametersAlong = new double[directions][];
        for (int d = 0; d < directions; d++) {
            along[d] = problem.directions().get(d).initial();
            parametersAlong[d] = problem.directions().get(d).parameters();
        }
        this.unmoved = new double[directions];
        this.changeDerivative = directions == 0 ? null : new ChangeDerivative(n, parameters.length);
    }

    OdeSolution solve() {
        origin = problem.interval().start();
        startAt(origin);
        checkQuestion();
        useCoefficients();
        checkEquations();
        List<OdeEvent> events = problem.events();
        int next = 0;
        while (true) {
            cancellation.check();
            while (next < events.size() && events.get(next).time().equals(origin)) {
                change(events.get(next).change(), originDay, "an event", unmoved);
                next++;
            }
            boolean last = next == events.size();
            SimulationTime until =
                    last ? problem.interval().end() : events.get(next).time();
            limitDay = until.days();
            Optional<End> end = goTo(until, last);
            if (end.isPresent()) {
                return solution(day(0), end.get());
            }
            if (last) {
                return solution(until.days(), End.INTERVAL);
            }
            origin = until;
            startAt(origin);
        }
    }

    private void startAt(SimulationTime time) {
        originDay = time.days();
        limitDay = problem.interval().end().days();
        offset = 0;
    }

    /** Time in days since day 0, never after the next event, whatever rounding does. */
    private double day(double sinceStart) {
        return Math.min(originDay + (offset + sinceStart), limitDay);
    }

    // ---- Segments ----

    /** Goes to the next event or to the end; says why if the solution ends before. */
    private Optional<End> goTo(SimulationTime until, boolean last) {
        double whole = (double) (until.milliseconds() - origin.milliseconds()) / SimulationTime.MILLISECONDS_PER_DAY;
        boolean steady = last && problem.steadyState().isPresent();
        boolean stepsAsked =
                steady || watches.length > 0 || problem.largestStep().isPresent();
        length = whole;
        for (Watch watch : watches) {
            watch.begin(value(watch, 0, state));
        }
        while (true) {
            if (problem.continuous()) {
                segments.add(
                        new LinearTrajectory.Segment(day(0), originDay, offset, length, state.clone(), coefficients));
            }
            if (!stepsAsked) {
                taken++;
                longest = Math.max(longest, length);
                writeOutputs(limitDay);
                advance(length);
                return Optional.empty();
            }
            Optional<Optional<End>> reached = look(steady);
            if (reached.isPresent()) {
                return reached.get();
            }
            length = whole - offset;
            if (!(length > 0)) {
                return Optional.empty();
            }
        }
    }

    /**
     * Goes step by step.
     *
     * @return empty if the solver has to start anew after a change; else why the solution ends, or empty in it if the segment is over
     */
    private Optional<Optional<End>> look(boolean steady) {
        steps.begin(coefficients, length);
        if (!(steps.least() <= MOST_STEPS)) {
            throw new SolverException("from day " + day(0) + " to day " + day(length) + " it takes at least "
                    + steps.least() + " steps to find what is looked for; allowed are at most " + MOST_STEPS);
        }
        double time = 0;
        while (time < length) {
            cancellation.check();
            double next = steps.after(time);
            taken++;
            longest = Math.max(longest, next - time);
            stateAt(next, ahead);
            double stop = firstStop(time, next);
            if (stop <= next) {
                return stopAt(stop);
            }
            if (steady && isSteady()) {
                writeOutputs(day(next));
                advance(next);
                offset += next;
                return Optional.of(Optional.of(End.STEADY_STATE));
            }
            time = next;
        }
        writeOutputs(limitDay);
        advance(length);
        return SEGMENT_OVER;
    }

    /** Writes the state at a time since the start of the segment. */
    private void stateAt(double time, double[] to) {
        states++;
        transitions.over(coefficients, time, false).apply(state, to);
        double day = day(time);
        checkFinite(day, to, "the solution");
        nonNegative.settle(day, to);
    }

    /** The state becomes the one at a time since the start of the segment, and so do its derivatives. */
    private void advance(double time) {
        stateAt(time, other);
        if (directions > 0) {
            Transition transition = transitions.over(coefficients, time, true);
            for (int d = 0; d < directions; d++) {
                transition.applyAlong(d, state, along[d], alongNext);
                System.arraycopy(alongNext, 0, along[d], 0, n);
                checkAlong(day(time), d);
            }
        }
        double[] former = state;
        state = other;
        other = former;
    }

    private void checkAlong(double day, int d) {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(along[d][i])) {
                throw new SolverException("at day " + day + " the derivative of " + system.name(i) + " along direction "
                        + d + " is " + along[d][i]);
            }
        }
    }

    /** Writes the outputs before a day. */
    private void writeOutputs(double before) {
        while (outputs.size() < outputDays.length && outputDays[outputs.size()] < before) {
            double since = Math.min(Math.max(outputDays[outputs.size()] - originDay - offset, 0), length);
            double[] wanted = new double[n];
            double[][] wantedAlong = new double[directions][n];
            if (since == 0) {
                System.arraycopy(state, 0, wanted, 0, n);
                for (int d = 0; d < directions; d++) {
                    System.arraycopy(along[d], 0, wantedAlong[d], 0, n);
                }
            } else {
                stateAt(since, wanted);
                for (int d = 0; d < directions; d++) {
                    transitions.over(coefficients, since, true).applyAlong(d, state, along[d], wantedAlong[d]);
                }
            }
            outputs.add(wanted);
            outputsAlong.add(wantedAlong);
        }
    }

    private boolean isSteady() {
        coefficients.derivatives(ahead, slope);
        double rate = problem.steadyState().orElseThrow();
        for (int i = 0; i < n; i++) {
            double size = Math.abs(ahead[i])
                    + problem.tolerance().absolute(i) / problem.tolerance().relative();
            if (!(Math.abs(slope[i]) <= rate * size)) {
                return false;
            }
        }
        return true;
    }

    // ---- Conditions ----

    private double value(Watch watch, double time, double[] at) {
        double day = day(time);
        double value = watch.condition.function().value(day, at, parameters);
        if (!Double.isFinite(value)) {
            throw new SolverException("at day " + day + " the condition '" + watch.condition.name() + "' is " + value);
        }
        return value;
    }

    /** Lists what is met in a step, until the first that changes something or ends the solution; its time, or infinity. */
    private double firstStop(double from, double to) {
        double stop = Double.POSITIVE_INFINITY;
        met.clear();
        for (Watch watch : watches) {
            double value = value(watch, to, ahead);
            if (watch.isMetBefore(value)) {
                double time = Root.find(
                        at -> {
                            stateAt(at, other);
                            return value(watch, at, other);
                        },
                        from,
                        watch.last(),
                        to,
                        value,
                        watch.condition.tolerance());
                met.add(new Meeting(watch, time));
                if (watch.stops()) {
                    stop = Math.min(stop, time);
                }
            }
            watch.pass(value);
        }
        if (met.isEmpty()) {
            return stop;
        }
        met.sort(Comparator.comparingDouble(Meeting::time));
        for (Meeting meeting : met) {
            if (meeting.time() <= stop) {
                double day = day(meeting.time());
                meeting.watch().count(day);
                crossings.add(new OdeCrossing(meeting.watch().condition.name(), day));
            }
        }
        return stop;
    }

    /** A condition that was met, and when, in days since the start of the segment. */
    private record Meeting(Watch watch, double time) {}

    /** Goes to the time of conditions that change something or end the solution, and does so. */
    private Optional<Optional<End>> stopAt(double time) {
        met.removeIf(meeting -> meeting.time() != time || !meeting.watch().stops());
        if (directions > 0 && met.size() > 1) {
            throw new SolverException("at day " + day(time) + " the conditions '"
                    + met.get(0).watch().condition.name() + "' and '"
                    + met.get(1).watch().condition.name()
                    + "' are met at once, where the solution has no derivative along directions");
        }
        writeOutputs(day(time));
        advance(time);
        offset += time;
        boolean ends =
                met.stream().anyMatch(meeting -> meeting.watch().condition.ends());
        for (Watch watch : watches) {
            watch.meets(value(watch, 0, state));
        }
        for (Meeting meeting : met) {
            OdeCondition condition = meeting.watch().condition;
            double[] later = new double[directions];
            if (directions > 0) {
                coefficients.derivatives(state, slope);
                moveWithCondition(condition, later);
            }
            if (condition.change().isPresent()) {
                change(condition.change().get(), day(0), "the condition '" + condition.name() + "'", later);
            }
            if (directions > 0 && !ends) {
                coefficients.derivatives(state, slope);
                for (int d = 0; d < directions; d++) {
                    for (int i = 0; i < n; i++) {
                        along[d][i] -= slope[i] * later[d];
                    }
                }
            }
        }
        if (ends) {
            return Optional.of(Optional.of(End.CONDITION));
        }
        for (Watch watch : watches) {
            double value = value(watch, 0, state);
            if (met.stream().anyMatch(meeting -> meeting.watch() == watch)) {
                watch.beginAfterChange(value);
            } else {
                watch.begin(value);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes how much later the condition is met along each direction, -dg/(dg/dt), and makes the derivatives those of the state where it is met.
     */
    private void moveWithCondition(OdeCondition condition, double[] later) {
        double day = day(0);
        double[] none = new double[parameters.length];
        double rate = alongLine(condition, 1, slope, none);
        for (int d = 0; d < directions; d++) {
            later[d] = -alongLine(condition, 0, along[d], parametersAlong[d]) / rate;
            if (!Double.isFinite(later[d])) {
                throw new SolverException("at day " + day + " the condition '" + condition.name()
                        + "' is met with a rate of " + rate + " per day; the time at which it is met has no derivative"
                        + " along direction " + d);
            }
            for (int i = 0; i < n; i++) {
                along[d][i] += slope[i] * later[d];
            }
        }
    }

    /** Derivative of a condition along a line through the present. */
    private double alongLine(OdeCondition condition, double dayAlong, double[] stateAlong, double[] parameterAlong) {
        double reach = Math.max(
                CentralDifferences.reach(state, stateAlong), CentralDifferences.reach(parameters, parameterAlong));
        if (reach == 0 && dayAlong == 0) {
            return 0;
        }
        double day = day(0);
        double[] at = new double[n];
        double[] with = new double[parameters.length];
        double[] derivative = new double[1];
        CentralDifferences.Line line = (distance, values) -> {
            for (int i = 0; i < n; i++) {
                at[i] = state[i] + distance * stateAlong[i];
            }
            for (int i = 0; i < with.length; i++) {
                with[i] = parameters[i] + distance * parameterAlong[i];
            }
            values[0] = condition.function().value(day + distance * dayAlong, at, with);
        };
        if (!new CentralDifferences(1).differentiate(line, reach == 0 ? 1 : reach, derivative)) {
            throw new SolverException(
                    "the condition '" + condition.name() + "' has no finite derivative at day " + day);
        }
        return derivative[0];
    }

    // ---- Changes and coefficients ----

    private void change(StateChange change, double day, String cause, double[] dayAlong) {
        for (int d = 0; d < directions; d++) {
            changeDerivative.apply(change, day, dayAlong[d], state, along[d], parameters, parametersAlong[d], d);
        }
        change.apply(day, state, parameters);
        checkFinite(day, state, cause);
        nonNegative.check(day, state, cause);
        checkParameters(day, cause);
        useCoefficients();
    }

    private void useCoefficients() {
        if (coefficients != null && coefficients.belongTo(parameters, parametersAlong)) {
            return;
        }
        for (int k = 0; k < known.size(); k++) {
            if (known.get(k).belongTo(parameters, parametersAlong)) {
                coefficients = known.get(k);
                return;
            }
        }
        if (known.size() == MOST_COEFFICIENTS) {
            known.remove(0);
        }
        coefficients = new Coefficients(system, day(0), parameters, parametersAlong);
        known.add(coefficients);
    }

    // ---- Checks ----

    private void checkQuestion() {
        if (n == 0) {
            throw new SolverException("a system without equations cannot be solved");
        }
        if (problem.tolerance().relative() < SMALLEST_TOLERANCE) {
            throw new SolverException(
                    "a relative tolerance of " + problem.tolerance().relative()
                            + " is finer than the numbers are; the smallest allowed is " + SMALLEST_TOLERANCE);
        }
        checkFinite(originDay, state, "the initial state");
        checkParameters(originDay, "the question");
        for (int d = 0; d < directions; d++) {
            checkAlong(originDay, d);
        }
    }

    private void checkFinite(double day, double[] values, String cause) {
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(values[i])) {
                throw new SolverException("at day " + day + " " + system.name(i) + " is " + values[i] + " by " + cause
                        + ", in step " + taken);
            }
        }
    }

    private void checkParameters(double day, String cause) {
        for (int i = 0; i < parameters.length; i++) {
            if (!Double.isFinite(parameters[i])) {
                throw new SolverException(
                        "at day " + day + " parameter " + i + " is " + parameters[i] + " by " + cause);
            }
        }
    }

    /** The right-hand side is A y + b, at the initial state and at another one at another time. */
    private void checkEquations() {
        double[] elsewhere = new double[n];
        for (int i = 0; i < n; i++) {
            // Neither proportional to the initial state nor to a vector of ones, so that no term cancels by chance.
            elsewhere[i] = (state[i] == 0 ? 1 : state[i]) * (1 + (i * 7 % 5 + 1) / 8.0);
        }
        checkEquations(problem.interval().start().days(), state);
        checkEquations(problem.interval().end().days(), elsewhere);
    }

    private void checkEquations(double day, double[] at) {
        double[] expected = new double[n];
        double[] actual = new double[n];
        double[] sizes = new double[n];
        Arrays.fill(actual, Double.NaN);
        coefficients.derivatives(at, expected);
        system.derivatives(day, at.clone(), parameters.clone(), actual);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            sizes[i] = Math.abs(coefficients.input[i]);
            for (int j = 0; j < n; j++) {
                sizes[i] += Math.abs(coefficients.matrix[i * n + j] * at[j]);
            }
            largest = Math.max(largest, sizes[i]);
        }
        for (int i = 0; i < n; i++) {
            double allowed = RELATIVE_DISAGREEMENT * sizes[i] + ROUNDING * largest;
            if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
                throw new SolverException("at day " + day + " the derivative of " + system.name(i) + " is " + actual[i]
                        + " by the equations, and " + expected[i]
                        + " by their matrix and input; they must be equal at any time and state for a linear system");
            }
        }
    }

    // ---- Result ----

    private OdeSolution solution(double day, End end) {
        while (outputs.size() < outputDays.length && outputDays[outputs.size()] <= day) {
            outputs.add(state.clone());
            outputsAlong.add(copy(along));
        }
        Optional<OdeTrajectory> trajectory = Optional.empty();
        if (problem.continuous()) {
            segments.add(new LinearTrajectory.Segment(day, day, 0, 0, state.clone(), coefficients));
            trajectory = Optional.of(new LinearTrajectory(segments, day, nonNegative));
        }
        return new OdeSolution(
                day,
                end,
                state.clone(),
                parameters.clone(),
                outputs.toArray(new double[0][]),
                copy(along),
                outputsAlong.toArray(new double[0][][]),
                crossings,
                trajectory,
                new SolverStatistics(
                        solver,
                        taken,
                        0,
                        states + EQUATION_CHECKS,
                        OptionalDouble.of(problem.tolerance().relative()),
                        OptionalDouble.empty(),
                        longest));
    }

    private static double[][] copy(double[][] rows) {
        double[][] copies = new double[rows.length][];
        for (int d = 0; d < rows.length; d++) {
            copies[d] = rows[d].clone();
        }
        return copies;
    }
}
