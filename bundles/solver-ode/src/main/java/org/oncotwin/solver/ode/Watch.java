package org.oncotwin.solver.ode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.oncotwin.api.solver.OdeCondition;
import org.oncotwin.api.solver.OdeCrossing;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.SolverException;

/** Watches the conditions of one solution. */
final class Watch {

    /** Most crossings of one condition; more are chattering. */
    static final int MOST_CROSSINGS = 1000;

    private final List<OdeCondition> conditions;
    private final int dimension;
    private final int[] counts;
    /** Sign of each function when it was last not 0; 0 if that was not yet in this leg. */
    private final double[] signs;
    /** Size up to which a function counts as 0: above 0 from its own change until it has left the neighbourhood in which it was located. */
    private final double[] bands;

    private final List<OdeCrossing> crossings = new ArrayList<>();

    Watch(OdeProblem problem) {
        this.conditions = problem.conditions();
        this.dimension = problem.system().dimension();
        this.counts = new int[conditions.size()];
        this.signs = new double[conditions.size()];
        this.bands = new double[conditions.size()];
    }

    /**
     * A leg starts.
     *
     * @param acted what happened to the state just before; such a condition does not count as met again where its function is still as near to 0 as it was located
     */
    void begin(double day, Situation start, List<Crossing> acted) {
        Arrays.fill(bands, 0);
        for (Crossing crossing : acted) {
            bands[crossing.number()] = crossing.size();
        }
        for (int k = 0; k < signs.length; k++) {
            signs[k] = sign(k, value(k, day, start.values(), start));
        }
    }

    private double sign(int number, double value) {
        if (Math.abs(value) <= bands[number]) {
            return 0;
        }
        bands[number] = 0;
        return Math.signum(value);
    }

    /**
     * Looks for crossings in a step and lists them.
     *
     * @param end time at its end, since the start of the leg
     * @return the conditions that act, in the order of time; all with the time of the first, where the solver must stop
     */
    List<Crossing> step(
            Clock clock, Situation start, double begin, double end, double[] after, Supplier<DenseStep> dense) {
        List<Crossing> met = new ArrayList<>();
        double[] before = signs.clone();
        for (int k = 0; k < signs.length; k++) {
            double sign = sign(k, value(k, clock.day(end), after, start));
            if (sign != 0) {
                if (before[k] != 0 && sign != before[k] && counts(k, sign)) {
                    met.add(locate(k, sign, clock, start, begin, end, dense.get()));
                }
                signs[k] = sign;
            }
        }
        met.sort(Comparator.comparingDouble(Crossing::time));
        double stop = met.stream()
                .filter(Crossing::acts)
                .mapToDouble(Crossing::time)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        List<Crossing> acting = new ArrayList<>();
        for (Crossing crossing : met) {
            // A condition whose sign has changed where the solver stops is met, though its time was found less exactly.
            if (crossing.time() <= stop
                    || signAt(crossing.number(), stop, clock, start, dense) == signs[crossing.number()]) {
                list(crossing.condition(), crossing.number(), clock.day(Math.min(crossing.time(), stop)));
                if (crossing.acts()) {
                    acting.add(new Crossing(crossing.number(), crossing.condition(), stop, crossing.size()));
                    if (crossing.condition().ends()) {
                        break;
                    }
                }
            }
        }
        return acting;
    }

    private double signAt(int number, double time, Clock clock, Situation start, Supplier<DenseStep> dense) {
        return Math.signum(value(number, clock.day(time), dense.get().at(time), start));
    }

    private boolean counts(int number, double newSign) {
        return switch (conditions.get(number).crossing()) {
            case RISING -> newSign > 0;
            case FALLING -> newSign < 0;
            case EITHER -> true;
        };
    }

    private void list(OdeCondition condition, int number, double day) {
        counts[number]++;
        if (counts[number] > MOST_CROSSINGS) {
            throw new SolverException("at day " + day + " condition '" + condition.name() + "' is met for the "
                    + counts[number] + "th time, and at most " + MOST_CROSSINGS
                    + " are allowed: what it changes seems to bring it about again");
        }
        crossings.add(new OdeCrossing(condition.name(), day));
    }

    /**
     * Interpolate, truncate and project (Oliveira, Takahashi: An enhancement of the bisection method average performance preserving minmax optimality, ACM Trans. Math.
     * Softw. 47 (2020) 5): as fast as the secant method on smooth functions, at most one step more than bisection on any.
     */
    private Crossing locate(
            int number, double newSign, Clock clock, Situation start, double begin, double end, DenseStep dense) {
        double half = 0.5 * conditions.get(number).tolerance();
        double low = begin;
        double high = end;
        double valueLow = newSign * value(number, clock.day(low), dense.at(low), start);
        double valueHigh = newSign * value(number, clock.day(high), dense.at(high), start);
        double factor = 0.2 / (high - low);
        int most = (int) Math.max(0, Math.ceil(Math.log((high - low) / (2 * half)) / Math.log(2))) + 1;
        double radius = half * Math.scalb(1.0, most);
        while (high - low > 2 * half) {
            double middle = 0.5 * (low + high);
            if (!(middle > low && middle < high)) {
                break;
            }
            double time = middle;
            double secant = (valueHigh * low - valueLow * high) / (valueHigh - valueLow);
            if (secant > low && secant < high) {
                double towards = Math.signum(middle - secant);
                double truncated = factor * (high - low) * (high - low);
                double guess = truncated <= Math.abs(middle - secant) ? secant + towards * truncated : middle;
                double allowed = radius - 0.5 * (high - low);
                time = Math.abs(guess - middle) <= allowed ? guess : middle - towards * allowed;
                time = time > low && time < high ? time : middle;
            }
            radius *= 0.5;
            double value = newSign * value(number, clock.day(time), dense.at(time), start);
            if (value > 0) {
                high = time;
                valueHigh = value;
            } else {
                low = time;
                valueLow = value;
            }
        }
        return new Crossing(
                number, conditions.get(number), high, 2 * Math.max(Math.abs(valueLow), Math.abs(valueHigh)));
    }

    private double value(int number, double day, double[] values, Situation start) {
        double[] state = Arrays.copyOf(values, dimension);
        double value = conditions
                .get(number)
                .function()
                .value(day, state, start.parameters().clone());
        if (!Double.isFinite(value)) {
            throw new SolverException("at day " + day + " the function of condition '"
                    + conditions.get(number).name() + "' is " + value + " at the state "
                    + Arrays.toString(Arrays.copyOf(values, dimension)));
        }
        return value;
    }

    List<OdeCrossing> crossings() {
        return crossings;
    }
}
