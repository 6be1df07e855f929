package org.oncotwin.treatment.targeted;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.oncotwin.api.twin.PiecewisePolynomial;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Shares of sensitive and resistant cells under a drug. Sensitive cells proliferate at {@code g p(C/IC50)} and are killed at {@code k(C/IC50)}; resistant ones likewise with their own IC50 and a factor
 * {@code 1 - c} on proliferation; a share u of the divisions of sensitive cells leads to resistant ones. The share w of resistant cells then obeys a replicator equation,
 * {@code dw/dt = w (1 - w) (r - s) + u b (1 - w)}, in which r and s are the rates of the two kinds and b is that of division, so that it is a function of time alone when concentrations are.
 *
 * <p>It is solved in closed form stretch by stretch: {@code w / (1 - w) = e^D (w0 / (1 - w0) + integral of u b e^-D)} with the integral D of {@code r - s + u b} since the start of the stretch.
 */
final class Clones {

    private static final double CONCENTRATION_TOLERANCE = 1e-11;
    private static final double RATE_TOLERANCE = 1e-8;

    /** Stretches are so short that e^D stays far from overflow. */
    private static final double LONGEST_EXPONENT = 40;

    private final Biology biology;
    private final double start;
    private final double end;
    private final double sensitiveHalf;
    private final double resistantHalf;
    private final PiecewisePolynomial unbound;
    private final PiecewisePolynomial selection;
    private final PiecewisePolynomial mutants;
    private final double[] ends;
    private final double[] logRatios;
    private final double[] jumps;

    /**
     * What is known of the cells.
     *
     * @param proliferation rate at which the untreated tumour proliferates at the start, in 1/d
     * @param resistantFraction share of resistant cells at the start
     * @param mutationRate probability that a division of a sensitive cell leads to a resistant one
     * @param cost share of their proliferation that resistant cells lose
     * @param pathway response to inhibition
     */
    record Biology(double proliferation, double resistantFraction, double mutationRate, double cost, Pathway pathway) {

        /** Proliferation of the mixture at the start over that of sensitive cells. */
        double mixture() {
            return 1 - resistantFraction * cost;
        }

        /** Rate of sensitive cells without drug in 1/d, such that the mixture proliferates at the given rate. */
        double sensitiveRate() {
            return proliferation / mixture();
        }
    }

    /**
     * Over a time with drug.
     *
     * @param unbound unbound concentration at the target in nmol/L
     * @param sensitiveHalf concentration in nmol/L at which half of the target of sensitive cells is inhibited
     * @param resistantHalf the same of resistant cells
     * @param start first dose, in days
     * @param end last day that is wanted
     */
    Clones(
            Biology biology,
            TimeFunction unbound,
            double sensitiveHalf,
            double resistantHalf,
            double start,
            double end) {
        this.biology = biology;
        this.start = start;
        this.end = end;
        this.sensitiveHalf = sensitiveHalf;
        this.resistantHalf = resistantHalf;
        double[] doses = unbound.jumps(start, end);
        this.unbound = PiecewisePolynomial.approximating(unbound::at, doses, start, end, CONCENTRATION_TOLERANCE);
        jumps = withStretches(doses);
        ends = DoubleStream.concat(
                        DoubleStream.concat(DoubleStream.of(start), Arrays.stream(jumps)), DoubleStream.of(end))
                .toArray();
        selection = fitted(day -> resistantRate(day) - sensitiveRate(day) + biology.mutationRate() * divisions(day));
        mutants = fitted(this::mutantsBeforeSelection);
        logRatios = new double[ends.length];
        logRatios[0] = StrictMath.log(biology.resistantFraction()) - StrictMath.log1p(-biology.resistantFraction());
        for (int stretch = 0; stretch + 1 < ends.length; stretch++) {
            logRatios[stretch + 1] = logRatio(stretch, ends[stretch + 1]);
        }
    }

    private double[] withStretches(double[] doses) {
        double fastest = 2 * biology.sensitiveRate() + 2 * biology.pathway().maximumKill();
        double longest = LONGEST_EXPONENT / Math.max(fastest, 1e-9);
        DoubleStream.Builder days = DoubleStream.builder();
        Arrays.stream(doses).forEach(days::add);
        for (int stretch = 1; start + stretch * longest < end; stretch++) {
            days.add(start + stretch * longest);
        }
        return days.build().sorted().distinct().toArray();
    }

    private PiecewisePolynomial fitted(DoubleUnaryOperator function) {
        return PiecewisePolynomial.approximating(function, jumps, start, end, RATE_TOLERANCE);
    }

    private double sensitiveRatio(double day) {
        return Math.max(0, unbound.at(day)) / sensitiveHalf;
    }

    private double resistantRatio(double day) {
        return Math.max(0, unbound.at(day)) / resistantHalf;
    }

    private double divisions(double day) {
        return biology.sensitiveRate() * biology.pathway().proliferationFactor(sensitiveRatio(day));
    }

    private double sensitiveRate(double day) {
        return divisions(day) - biology.pathway().kill(sensitiveRatio(day));
    }

    private double resistantRate(double day) {
        double ratio = resistantRatio(day);
        return biology.sensitiveRate()
                        * (1 - biology.cost())
                        * biology.pathway().proliferationFactor(ratio)
                - biology.pathway().kill(ratio);
    }

    private double mutantsBeforeSelection(double day) {
        if (biology.mutationRate() == 0) {
            return 0;
        }
        double selected = selection.integral(ends[stretch(day)], day);
        return biology.mutationRate() * divisions(day) * StrictMath.exp(-selected);
    }

    private int stretch(double day) {
        int place = Arrays.binarySearch(ends, day);
        return Math.min(place >= 0 ? place : -place - 2, ends.length - 2);
    }

    /** Logarithm of resistant over sensitive cells. */
    private double logRatio(int stretch, double day) {
        double acquired = Math.max(0, mutants.integral(ends[stretch], day));
        return selection.integral(ends[stretch], day) + logOfSum(logRatios[stretch], StrictMath.log(acquired));
    }

    private static double logOfSum(double first, double second) {
        double larger = Math.max(first, second);
        double smaller = Math.min(first, second);
        return smaller == Double.NEGATIVE_INFINITY
                ? larger
                : larger + StrictMath.log1p(StrictMath.exp(smaller - larger));
    }

    private double logRatio(double day) {
        return logRatio(stretch(day), day);
    }

    /** Share of resistant cells on a day. */
    double resistantShare(double day) {
        return day <= start ? biology.resistantFraction() : logistic(logRatio(day));
    }

    /** Share of cells whose resistance arose after the start, on a day. */
    double acquiredShare(double day) {
        if (day <= start || biology.mutationRate() == 0) {
            return 0;
        }
        double all = logRatio(day);
        if (all == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double old = logRatios[0] + selection.integral(start, day);
        return logistic(all) * Math.max(0, -StrictMath.expm1(Math.min(0, old - all)));
    }

    private static double logistic(double log) {
        return 1 / (1 + StrictMath.exp(-log));
    }

    /** Factor on the proliferation of the whole tumour on a day. */
    private double proliferationFactor(double day) {
        double log = logRatio(day);
        Pathway pathway = biology.pathway();
        double sensitive = logistic(-log) * pathway.proliferationFactor(sensitiveRatio(day));
        double resistant = logistic(log) * (1 - biology.cost()) * pathway.proliferationFactor(resistantRatio(day));
        return (sensitive + resistant) / biology.mixture();
    }

    private double kill(double day) {
        double log = logRatio(day);
        return logistic(-log) * biology.pathway().kill(sensitiveRatio(day))
                + logistic(log) * biology.pathway().kill(resistantRatio(day));
    }

    /** Factor on the proliferation of the whole tumour over time, 1 before the first dose. */
    TimeFunction proliferationFactor() {
        // Written as 1 less what is lost, because a function in pieces is 0 before its first piece.
        PiecewisePolynomial lost = fitted(day -> 1 - proliferationFactor(day));
        return TimeFunction.sum(
                List.of(TimeFunction.constant(1), TimeFunction.product(List.of(lost, TimeFunction.constant(-1)))));
    }

    /** Rate in 1/d at which the whole tumour is killed over time, 0 before the first dose. */
    TimeFunction killRate() {
        return new NonNegative(fitted(this::kill));
    }

    /** Share of resistant cells over time, as a report plots it. */
    TimeFunction resistantShare() {
        return fromStart(fitted(day -> resistantShare(day) - biology.resistantFraction()), biology.resistantFraction());
    }

    /** Share of cells whose resistance arose after the start, over time. */
    TimeFunction acquiredShare() {
        return biology.mutationRate() == 0 ? TimeFunction.constant(0) : fitted(this::acquiredShare);
    }

    private static TimeFunction fromStart(PiecewisePolynomial change, double before) {
        return TimeFunction.sum(List.of(TimeFunction.constant(before), change));
    }

    /** First day on which half of the cells resist, if it comes and they did not from the start. */
    OptionalDouble dayOfHalf() {
        if (logRatios[0] >= 0) {
            return OptionalDouble.empty();
        }
        for (int stretch = 0; stretch + 1 < ends.length; stretch++) {
            if (logRatios[stretch + 1] >= 0) {
                double low = ends[stretch];
                double high = ends[stretch + 1];
                for (int step = 0; step < 60; step++) {
                    double middle = low + (high - low) / 2;
                    if (logRatio(stretch, middle) >= 0) {
                        high = middle;
                    } else {
                        low = middle;
                    }
                }
                return OptionalDouble.of(high);
            }
        }
        return OptionalDouble.empty();
    }

    /** Last day that is known. */
    double end() {
        return end;
    }
}
