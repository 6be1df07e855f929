package org.oncotwin.api.solver;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.oncotwin.api.twin.Interval;

/**
 * An initial value problem. Made by {@link #of} and the methods that add to it.
 *
 * @param system the equations
 * @param interval from the initial state to the wanted one
 * @param initial the initial state
 * @param parameters parameters of the equations at the start
 * @param kind what the asker knows of the equations, by which a solver is chosen
 * @param tolerance allowed error of a step
 * @param events what happens at known times, in the order of time, those of one instant in the order in which they happen. They act from the start of the interval on and before its end: what happens at the end belongs to
 *     whatever follows
 * @param conditions what happens when the state meets a condition
 * @param outputs days at which the state is wanted, rising, within the interval; where it jumps, the state after the jump
 * @param continuous true if the solution is wanted at all times
 * @param nonNegative components that are never negative in truth and shall not be in the solution, which keeps the sums that the equations keep
 * @param steadyState if present, the solution ends when no event is to come and every |dy/dt| is at most this (per day) times |y| + absolute/relative tolerance
 * @param largestStep longest step in days, if the asker wants one
 * @param directions derivatives that are wanted of the solution
 */
public record OdeProblem(
        OdeSystem system,
        Interval interval,
        double[] initial,
        double[] parameters,
        SolverKind kind,
        OdeTolerance tolerance,
        List<OdeEvent> events,
        List<OdeCondition> conditions,
        double[] outputs,
        boolean continuous,
        List<Integer> nonNegative,
        OptionalDouble steadyState,
        OptionalDouble largestStep,
        List<OdeDirection> directions) {

    private static final double[] NONE = new double[0];

    /** Checks sizes and ranges, sorts the events by time and copies the arrays. */
    public OdeProblem {
        check(initial, system.dimension(), "an initial state", "equations");
        check(parameters, system.parameters(), "a list", "parameters");
        if (kind == SolverKind.REACTION_DIFFUSION) {
            throw new IllegalArgumentException("ordinary differential equations are not " + kind.words());
        }
        if (kind == SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS && !(system instanceof LinearOdeSystem)) {
            throw new IllegalArgumentException("only a LinearOdeSystem is of the kind " + kind.words());
        }
        int tolerances = tolerance.absolute().length;
        if (tolerances != 1 && tolerances != initial.length) {
            throw new IllegalArgumentException(
                    tolerances + " absolute tolerances for " + system.dimension() + " equations; give 1 or as many");
        }
        events = events.stream().sorted(Comparator.comparing(OdeEvent::time)).toList();
        for (OdeEvent event : events) {
            if (!interval.contains(event.time()) || event.time().equals(interval.end())) {
                throw new IllegalArgumentException("an event at " + event.time() + " is not within the interval from "
                        + interval.start() + " to before " + interval.end());
            }
        }
        conditions = List.copyOf(conditions);
        for (int n = 0; n < outputs.length; n++) {
            if (!(outputs[n] >= interval.start().days()
                            && outputs[n] <= interval.end().days())
                    || n > 0 && !(outputs[n] > outputs[n - 1])) {
                throw new IllegalArgumentException("output days must rise from " + interval.start() + " to "
                        + interval.end() + ", not " + Arrays.toString(outputs));
            }
        }
        nonNegative = List.copyOf(nonNegative);
        for (int component : nonNegative) {
            if (component < 0 || component >= initial.length) {
                throw new IllegalArgumentException("no component " + component + " in " + initial.length);
            }
            if (initial[component] < 0) {
                throw new IllegalArgumentException("the initial " + system.name(component) + " is " + initial[component]
                        + " and shall not be negative");
            }
        }
        above0(steadyState, "a rate of the steady state");
        above0(largestStep, "a largest step");
        directions = List.copyOf(directions);
        for (OdeDirection direction : directions) {
            check(direction.initial(), system.dimension(), "a direction", "equations");
            check(direction.parameters(), system.parameters(), "a direction", "parameters");
        }
        initial = initial.clone();
        parameters = parameters.clone();
        outputs = outputs.clone();
    }

    /** The state at the end of an interval, of equations of which nothing is known. */
    public static OdeProblem of(
            OdeSystem system, Interval interval, double[] initial, double[] parameters, OdeTolerance tolerance) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS,
                tolerance,
                List.of(),
                List.of(),
                NONE,
                false,
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of());
    }

    private static void check(double[] values, int size, String what, String of) {
        if (values.length != size) {
            throw new IllegalArgumentException(what + " of " + values.length + " numbers for " + size + " " + of);
        }
    }

    private static void above0(OptionalDouble value, String what) {
        if (value.isPresent() && !(value.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    what + " of " + value.getAsDouble() + " is not allowed; allowed is above 0");
        }
    }

    /** What a solver must offer for it. */
    public SolverNeed need() {
        Set<SolverFeature> features = EnumSet.noneOf(SolverFeature.class);
        if (!directions.isEmpty()) {
            features.add(SolverFeature.SENSITIVITIES);
        }
        if (!conditions.isEmpty()) {
            features.add(SolverFeature.CONDITIONS);
        }
        return new SolverNeed(kind, features);
    }

    /** As this, of a kind by which a better solver may be found. */
    public OdeProblem ofKind(SolverKind known) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                known,
                tolerance,
                events,
                conditions,
                outputs,
                continuous,
                nonNegative,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, with these events beside those that it has. */
    public OdeProblem withEvents(List<OdeEvent> more) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                Stream.concat(events.stream(), more.stream()).toList(),
                conditions,
                outputs,
                continuous,
                nonNegative,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, with conditions. */
    public OdeProblem withConditions(List<OdeCondition> watched) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                watched,
                outputs,
                continuous,
                nonNegative,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, with the states at some days. */
    public OdeProblem withOutputs(double... days) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                days,
                continuous,
                nonNegative,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, with the solution at all times. */
    public OdeProblem withTrajectory() {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                outputs,
                true,
                nonNegative,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, with components that shall not become negative. */
    public OdeProblem withNonNegative(List<Integer> components) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                outputs,
                continuous,
                components,
                steadyState,
                largestStep,
                directions);
    }

    /** As this, ending where nothing moves faster than a rate per day. */
    public OdeProblem untilSteady(double rate) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                outputs,
                continuous,
                nonNegative,
                OptionalDouble.of(rate),
                largestStep,
                directions);
    }

    /** As this, with no step longer than some days. */
    public OdeProblem withLargestStep(OptionalDouble days) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                outputs,
                continuous,
                nonNegative,
                steadyState,
                days,
                directions);
    }

    /** As this, with derivatives of the solution. */
    public OdeProblem alongDirections(List<OdeDirection> wanted) {
        return new OdeProblem(
                system,
                interval,
                initial,
                parameters,
                kind,
                tolerance,
                events,
                conditions,
                outputs,
                continuous,
                nonNegative,
                steadyState,
                largestStep,
                wanted);
    }

    @Override
    public double[] initial() {
        return initial.clone();
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    @Override
    public double[] outputs() {
        return outputs.clone();
    }
}
