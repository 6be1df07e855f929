package org.oncotwin.solver.grid.scheme;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionPullBack.Direction;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Coefficients of the reaction over stretches of time, for one thread, from the exact integrals of what acts. The logistic equation with a rate and a killing that change with time is
 * Bernoulli's: with g(s) = exp(rho F(s) - k(s)) for the integrals F and k from the start of the stretch, u = g u0 / (1 + u0 integral of (rho/K) f g).
 */
public final class ReactionFlow {

    private static final double[] NONE = new double[0];

    /** Integrals taken as differences of antiderivatives may be this much below 0. */
    private static final double ROUNDING = 1e-12;

    /** Places in what integrals over time are made of: f, F, k, the rest of the stretch, and what changes of f, F and k. */
    private static final int FACTOR = 0;

    private static final int GROWTH = 1;
    private static final int KILLED = 2;
    private static final int REST = 3;
    private static final int FACTOR_CHANGE = 4;
    private static final int GROWTH_CHANGE = 5;
    private static final int KILLED_CHANGE = 6;

    /** Stretches whose integrals are kept: those of some steps. */
    private static final int MOST_TIMES = 64;

    private final Map<Stretch, GaussLegendre> times = new HashMap<>();
    private final TimeFunction factor;
    private final List<Sink> uniform;
    private final List<Sink> varying;
    private final double capacity;
    private final Rates rates;
    private final double[] largestWeights;
    private final TimeFunction acting;

    /**
     * The flow of a problem.
     *
     * @param rates range of its proliferation rates
     */
    public ReactionFlow(ReactionDiffusionProblem problem, Rates rates) {
        this.factor = problem.proliferationFactor();
        this.uniform = uniform(problem.sinks());
        this.varying = varying(problem.sinks());
        this.capacity = problem.carryingCapacity();
        this.rates = rates;
        this.acting = acting(factor, uniform);
        for (Sink sink : varying) {
            Field weight = ((SpatialValue.Varying) sink.weight()).field();
            if (weight.grid().size() != problem.grid().size()) {
                throw new SolverException("the weight of a sink lies on "
                        + weight.grid().describe() + ", the density on "
                        + problem.grid().describe());
            }
        }
        this.largestWeights = weights().stream()
                .mapToDouble(weight -> largest(weight, problem.medium()))
                .toArray();
    }

    private record Stretch(double from, double to) {}

    private static double largest(Field weight, Medium medium) {
        double largest = 0;
        for (int index = 0; index < medium.grid().size(); index++) {
            if (medium.contains(index)) {
                largest = Math.max(largest, weight.value(index));
            }
        }
        return largest;
    }

    /** What jumps where a proliferation factor or one of the sinks does. */
    private static TimeFunction acting(TimeFunction factor, List<Sink> sinks) {
        return TimeFunction.sum(
                Stream.concat(Stream.of(factor), sinks.stream().map(Sink::rate)).toList());
    }

    /** Where between two days something that acts jumps, ascending. */
    double[] jumps(double from, double to) {
        return TimeFunction.sum(List.of(acting, acting(TimeFunction.constant(0), varying)))
                .jumps(from, to);
    }

    static List<Sink> uniform(List<Sink> sinks) {
        return sinks.stream()
                .filter(s -> s.weight() instanceof SpatialValue.Uniform)
                .toList();
    }

    static List<Sink> varying(List<Sink> sinks) {
        return sinks.stream()
                .filter(s -> s.weight() instanceof SpatialValue.Varying)
                .toList();
    }

    /** Weights of the sinks that differ from place to place, in the order of the integrals of a {@link ReactionStep}. */
    public List<Field> weights() {
        return varying.stream()
                .map(s -> ((SpatialValue.Varying) s.weight()).field())
                .toList();
    }

    /** True if over a stretch a sink kills that differs from place to place and so does not commute with the rest of the reaction. */
    boolean killsUnevenly(double from, double to) {
        for (int s = 0; s < largestWeights.length; s++) {
            if (largestWeights[s] * varying.get(s).rate().integral(from, to) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * How unevenly over a stretch kill that differs from place to place acts: the largest difference of its integrals over the two halves. The rows of the table share what such a
     * kill and diffusion do to each other while it lasts if nearly all of it falls into the first of many substeps, and their differences do not show it.
     */
    double unevenness(double from, double to) {
        double middle = 0.5 * (from + to);
        double sum = 0;
        for (int s = 0; s < largestWeights.length; s++) {
            TimeFunction rate = varying.get(s).rate();
            sum += largestWeights[s] * Math.abs(rate.integral(from, middle) - rate.integral(middle, to));
        }
        return sum;
    }

    /** Largest integral of rho f over a stretch, for the choice of steps. */
    public double growth(double from, double to) {
        return Math.max(Math.abs(rates.least()), Math.abs(rates.greatest())) * factor(from, to);
    }

    /** E and I, or derivatives of theirs, as polynomials of the scaled rate. */
    public interface Coefficients {

        /** Those of the reaction over a stretch of time. */
        ReactionStep over(double from, double to);

        /** That of I if nothing killed. */
        double[] unkilledCrowding(double from, double to);

        /** The mean over a stretch of time of what kill makes of that of I, from its start to each moment of it. */
        double[] meanOfKill(double from, double to);
    }

    /** E and I themselves. */
    public Coefficients values() {
        return new Coefficients() {
            @Override
            public ReactionStep over(double from, double to) {
                return ReactionFlow.this.over(from, to);
            }

            @Override
            public double[] unkilledCrowding(double from, double to) {
                double growth = factor(from, to);
                return PolynomialFit.of(z -> StrictMath.expm1(rates.rate(z) * growth) / capacity, rates.uniform());
            }

            @Override
            public double[] meanOfKill(double from, double to) {
                GaussLegendre times = times(from, to);
                return fit(rate -> times.of(t -> t[REST] * rate * t[FACTOR] * ofKill(rate, t)) / (to - from));
            }
        };
    }

    /** Their derivatives with respect to the rate of proliferation, in 1 per (1/d). */
    public Coefficients slopes() {
        return new Coefficients() {
            @Override
            public ReactionStep over(double from, double to) {
                return byRate(from, to);
            }

            @Override
            public double[] unkilledCrowding(double from, double to) {
                double growth = factor(from, to);
                return PolynomialFit.of(
                        z -> growth * StrictMath.exp(rates.rate(z) * growth) / capacity, rates.uniform());
            }

            @Override
            public double[] meanOfKill(double from, double to) {
                GaussLegendre times = times(from, to);
                return fit(rate ->
                        times.of(t -> t[REST] * t[FACTOR] * (1 + rate * t[GROWTH]) * ofKill(rate, t)) / (to - from));
            }
        };
    }

    /** Their derivatives along a direction, what it has of sinks that differ from place to place left out. */
    public Coefficients along(Direction direction) {
        List<Sink> everywhere = uniform(direction.sinks());
        TimeFunction change = direction.proliferationFactor();
        return new Coefficients() {
            @Override
            public ReactionStep over(double from, double to) {
                return along(direction, from, to);
            }

            @Override
            public double[] unkilledCrowding(double from, double to) {
                double growth = factor(from, to);
                double growthChange = change.integral(from, to);
                return PolynomialFit.of(
                        z -> rates.rate(z) * growthChange * StrictMath.exp(rates.rate(z) * growth) / capacity,
                        rates.uniform());
            }

            @Override
            public double[] meanOfKill(double from, double to) {
                GaussLegendre times = times(change, everywhere, from, to);
                return fit(rate -> rate
                        * times.of(t -> t[REST]
                                * ((t[FACTOR_CHANGE] + t[FACTOR] * rate * t[GROWTH_CHANGE]) * ofKill(rate, t)
                                        - t[FACTOR] * t[KILLED_CHANGE] * unlimited(rate, t)))
                        / (to - from));
            }
        };
    }

    /** exp(rho F - k) - exp(rho F). */
    private static double ofKill(double rate, double[] t) {
        return StrictMath.exp(rate * t[GROWTH]) * StrictMath.expm1(-t[KILLED]);
    }

    /** exp(rho F - k): growth of a density far below the carrying capacity. */
    private static double unlimited(double rate, double[] t) {
        return StrictMath.exp(rate * t[GROWTH] - t[KILLED]);
    }

    /** What integrals over a stretch of time are made of. Steps and their way back ask for the same stretches several times. */
    private GaussLegendre times(double from, double to) {
        if (times.size() >= MOST_TIMES) {
            times.clear();
        }
        return times.computeIfAbsent(new Stretch(from, to), stretch -> newTimes(from, to));
    }

    private GaussLegendre newTimes(double from, double to) {
        return new GaussLegendre(
                s -> new double[] {factor.at(s), factor(from, s), killed(from, s), to - s},
                acting.jumps(from, to),
                from,
                to);
    }

    /** The same and, after it, what changes along a direction. */
    private GaussLegendre times(TimeFunction change, List<Sink> everywhere, double from, double to) {
        return new GaussLegendre(
                s -> new double[] {
                    factor.at(s),
                    factor(from, s),
                    killed(from, s),
                    to - s,
                    change.at(s),
                    change.integral(from, s),
                    integral(everywhere, from, s)
                },
                TimeFunction.sum(List.of(acting, acting(change, everywhere))).jumps(from, to),
                from,
                to);
    }

    /** A function of the rate (1/d), divided by K, as a polynomial. */
    private double[] fit(DoubleUnaryOperator function) {
        return PolynomialFit.of(z -> function.applyAsDouble(rates.rate(z)) / capacity, rates.uniform());
    }

    /**
     * The reaction over a stretch of time.
     *
     * @throws SolverException if an integral is negative or not finite
     */
    public ReactionStep over(double from, double to) {
        double growth = factor(from, to);
        double killed = killed(from, to);
        double[] exponent = PolynomialFit.of(z -> StrictMath.expm1(rates.rate(z) * growth - killed), rates.uniform());
        double[] crowding;
        if (killed == 0) {
            // d/ds exp(rho F) = rho f exp(rho F), so that the integral is E / K.
            crowding = new double[exponent.length];
            for (int k = 0; k < crowding.length; k++) {
                crowding[k] = exponent[k] / capacity;
            }
        } else {
            GaussLegendre times = times(from, to);
            crowding = fit(rate -> rate * times.of(t -> t[FACTOR] * unlimited(rate, t)));
        }
        return new ReactionStep(
                exponent, crowding, integrals(from, 0.5 * (from + to)), integrals(0.5 * (from + to), to));
    }

    /**
     * Derivatives of E and I with respect to the rate of proliferation, as polynomials of z in 1 per (1/d).
     *
     * @return exponent and crowding; no integrals
     */
    public ReactionStep byRate(double from, double to) {
        double growth = factor(from, to);
        double killed = killed(from, to);
        GaussLegendre times = times(from, to);
        return new ReactionStep(
                PolynomialFit.of(z -> growth * StrictMath.exp(rates.rate(z) * growth - killed), rates.uniform()),
                killed == 0
                        ? fit(rate -> growth * StrictMath.exp(rate * growth))
                        : fit(rate -> times.of(t -> t[FACTOR] * (1 + rate * t[GROWTH]) * unlimited(rate, t))),
                NONE,
                NONE);
    }

    /**
     * Derivatives of E and I along a direction, and of the integrals of sinks that differ from place to place, in the order of {@link #weights(Direction)}.
     */
    public ReactionStep along(Direction direction, double from, double to) {
        List<Sink> everywhere = uniform(direction.sinks());
        TimeFunction change = direction.proliferationFactor();
        double growth = factor(from, to);
        double killed = killed(from, to);
        double growthChange = change.integral(from, to);
        double killedChange = integral(everywhere, from, to);
        double[] exponent = PolynomialFit.of(
                z -> (rates.rate(z) * growthChange - killedChange) * StrictMath.exp(rates.rate(z) * growth - killed),
                rates.uniform());
        GaussLegendre times = times(change, everywhere, from, to);
        double[] crowding = fit(rate -> rate
                * times.of(t -> (t[FACTOR_CHANGE] + t[FACTOR] * (rate * t[GROWTH_CHANGE] - t[KILLED_CHANGE]))
                        * unlimited(rate, t)));
        double middle = 0.5 * (from + to);
        List<Sink> places = varying(direction.sinks());
        return new ReactionStep(
                exponent,
                crowding,
                places.stream()
                        .mapToDouble(s -> s.rate().integral(from, middle))
                        .toArray(),
                places.stream().mapToDouble(s -> s.rate().integral(middle, to)).toArray());
    }

    /** Weights of the sinks of a direction that differ from place to place. */
    public static List<Field> weights(Direction direction) {
        return varying(direction.sinks()).stream()
                .map(s -> ((SpatialValue.Varying) s.weight()).field())
                .toList();
    }

    private double factor(double from, double to) {
        return checked(factor.integral(from, to), "the proliferation factor", from, to);
    }

    /** Integral of the rates of the sinks that are the same everywhere. */
    double killed(double from, double to) {
        return checked(integral(uniform, from, to), "a kill rate", from, to);
    }

    private static double integral(List<Sink> sinks, double from, double to) {
        double sum = 0;
        for (Sink sink : sinks) {
            sum += ((SpatialValue.Uniform) sink.weight()).value() * sink.rate().integral(from, to);
        }
        return sum;
    }

    private double[] integrals(double from, double to) {
        double[] integrals = new double[varying.size()];
        boolean any = false;
        for (int s = 0; s < integrals.length; s++) {
            integrals[s] = checked(varying.get(s).rate().integral(from, to), "a kill rate", from, to);
            any |= integrals[s] != 0;
        }
        return any ? integrals : NONE;
    }

    private static double checked(double integral, String what, double from, double to) {
        if (!(integral >= -ROUNDING) || integral == Double.POSITIVE_INFINITY) {
            throw new SolverException("the integral of " + what + " from day " + from + " to day " + to + " is "
                    + integral + "; it must be finite and not negative");
        }
        return Math.max(0, integral);
    }
}
