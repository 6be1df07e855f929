package org.oncotwin.solver.ode;

import java.util.Arrays;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.StateChange;

/** What happens at once: changes of state and parameters, and what they do to the derivatives of the solution. Of one solution. */
final class Changes {

    /** Rate of a condition's function, as a part of the terms that it is the sum of, below which its time has no derivative. */
    private static final double GRAZING = 1e-8;

    private final OdeProblem problem;
    private final RightHandSide rightHandSide;
    private final Names names;

    Changes(OdeProblem problem, RightHandSide rightHandSide) {
        this.problem = problem;
        this.rightHandSide = rightHandSide;
        this.names = new Names(problem.system());
    }

    /** The situation after a change at a time that nothing moves. */
    Situation atEvent(StateChange change, double day, Situation before) {
        Situation after = applied(change, day, before, "an event");
        if (before.directions() == 0) {
            return after;
        }
        double[][] columns = columns(change, day, before, before.dimension() + before.parameters().length);
        for (int d = 0; d < before.directions(); d++) {
            write(multiplied(columns, tangent(before, d)), after, d);
        }
        return checked(after, day, "an event");
    }

    /**
     * The situation after the change of a condition. Its time moves with the solution: with c the function of the condition, f the right-hand side before and f+ after the
     * change g, S+ = dg/dy (S + f t') + dg/dp dp + dg/dt t' - f+ t' with t' = -(dc/dy S + dc/dp dp) / (dc/dt + dc/dy f) (Hiskens, Pai: Trajectory sensitivity analysis of
     * hybrid systems, IEEE Trans. Circuits Syst. I 47 (2000) 204-220). Where the solution ends nothing follows that would have begun earlier or later, and f+ t' stays out.
     */
    Situation atCondition(OdeCondition condition, double day, Situation before) {
        StateChange change = condition.change().orElse((time, state, parameters) -> {});
        String what = "condition '" + condition.name() + "'";
        Situation after = applied(change, day, before, what);
        if (before.directions() == 0) {
            return after;
        }
        int n = before.dimension();
        int arguments = n + before.parameters().length + 1;
        double[][] columns = columns(change, day, before, arguments);
        double[] gradient = new double[arguments];
        for (int j = 0; j < arguments; j++) {
            gradient[j] = Differences.column(
                    z -> new double[] {
                        condition
                                .function()
                                .value(z[z.length - 1], Arrays.copyOf(z, n), Arrays.copyOfRange(z, n, z.length - 1))
                    },
                    arguments(before, day),
                    j,
                    scale(before, j))[0];
        }
        double[] slopeBefore = rightHandSide.at(day, before.values(), before.parameters());
        double[] slopeAfter = rightHandSide.at(day, after.values(), after.parameters());
        double rate = gradient[arguments - 1];
        double size = Math.abs(rate);
        for (int i = 0; i < n; i++) {
            rate += gradient[i] * slopeBefore[i];
            size += Math.abs(gradient[i] * slopeBefore[i]);
        }
        if (!(Math.abs(rate) > GRAZING * size)) {
            throw new SolverException("at day " + day + " the function of " + what
                    + " changes at a rate of " + rate
                    + " per day: the solution touches the condition, and has no derivative there");
        }
        for (int d = 0; d < before.directions(); d++) {
            double[] tangent = tangent(before, d);
            double moved = 0;
            for (int j = 0; j < arguments - 1; j++) {
                moved -= gradient[j] * tangent[j];
            }
            double time = moved / rate;
            tangent[arguments - 1] = time;
            for (int i = 0; i < n; i++) {
                tangent[i] += slopeBefore[i] * time;
            }
            double[] derivative = multiplied(columns, tangent);
            for (int i = 0; i < n; i++) {
                derivative[i] -= condition.ends() ? 0 : slopeAfter[i] * time;
            }
            write(derivative, after, d);
        }
        return checked(after, day, what);
    }

    private Situation applied(StateChange change, double day, Situation before, String what) {
        double[] state = before.state();
        double[] parameters = before.parameters().clone();
        change.apply(day, state, parameters);
        double[] values = before.values().clone();
        System.arraycopy(state, 0, values, 0, state.length);
        double[][] changes = new double[before.directions()][];
        for (int d = 0; d < changes.length; d++) {
            changes[d] = before.parameterChanges()[d].clone();
        }
        return checked(new Situation(before.dimension(), values, parameters, changes), day, what);
    }

    private Situation checked(Situation after, double day, String what) {
        int index = Names.firstNotFinite(after.values());
        if (index >= 0) {
            throw new SolverException(
                    "at day " + day + " " + what + " makes " + names.of(index) + " " + after.values()[index]);
        }
        index = Names.firstNotFinite(after.parameters());
        if (index >= 0) {
            throw new SolverException(
                    "at day " + day + " " + what + " makes parameter " + index + " " + after.parameters()[index]);
        }
        for (int i : problem.nonNegative()) {
            if (after.values()[i] < 0) {
                throw new SolverException("at day " + day + " " + what + " makes " + names.of(i) + " "
                        + after.values()[i] + ", which shall not be negative");
            }
        }
        return after;
    }

    /** Derivatives of state and parameters after a change with respect to state, parameters and, if asked for, the day. */
    private double[][] columns(StateChange change, double day, Situation before, int count) {
        int n = before.dimension();
        double[][] columns = new double[count][];
        for (int j = 0; j < count; j++) {
            columns[j] = Differences.column(
                    z -> {
                        double[] state = Arrays.copyOf(z, n);
                        double[] parameters = Arrays.copyOfRange(z, n, z.length - 1);
                        change.apply(z[z.length - 1], state, parameters);
                        double[] result = Arrays.copyOf(state, n + parameters.length);
                        System.arraycopy(parameters, 0, result, n, parameters.length);
                        return result;
                    },
                    arguments(before, day),
                    j,
                    scale(before, j));
        }
        return columns;
    }

    private static double[] arguments(Situation situation, double day) {
        int n = situation.dimension();
        double[] arguments = Arrays.copyOf(situation.state(), n + situation.parameters().length + 1);
        System.arraycopy(situation.parameters(), 0, arguments, n, situation.parameters().length);
        arguments[arguments.length - 1] = day;
        return arguments;
    }

    /** Scale of an argument: for a component at least where its tolerance begins to be absolute, for the day a day. */
    private double scale(Situation situation, int argument) {
        int n = situation.dimension();
        if (argument < n) {
            return Math.max(
                    Math.abs(situation.values()[argument]),
                    problem.tolerance().absolute(argument) / problem.tolerance().relative());
        }
        return argument < n + situation.parameters().length ? Math.abs(situation.parameters()[argument - n]) : 1;
    }

    private static double[] tangent(Situation situation, int direction) {
        int n = situation.dimension();
        double[] tangent = Arrays.copyOf(situation.derivative(direction), n + situation.parameters().length + 1);
        System.arraycopy(situation.parameterChanges()[direction], 0, tangent, n, situation.parameters().length);
        return tangent;
    }

    private static double[] multiplied(double[][] columns, double[] tangent) {
        double[] result = new double[tangent.length - 1];
        for (int j = 0; j < columns.length; j++) {
            if (tangent[j] != 0) {
                for (int i = 0; i < result.length; i++) {
                    result[i] += columns[j][i] * tangent[j];
                }
            }
        }
        return result;
    }

    private static void write(double[] derivative, Situation after, int direction) {
        int n = after.dimension();
        System.arraycopy(derivative, 0, after.values(), n * (1 + direction), n);
        System.arraycopy(derivative, n, after.parameterChanges()[direction], 0, derivative.length - n);
    }
}
