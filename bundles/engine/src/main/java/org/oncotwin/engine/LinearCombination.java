package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** Weighted sums of effects: what differences of them are made of. Integrals over time stay exact. */
final class LinearCombination {

    private LinearCombination() {}

    /** The weighted sum of effects, port by port; the weights add up to 0, so that effects which are all equal give nothing. */
    static EffectsDerivative of(List<Effects> effects, double[] weights) {
        EffectsDerivative sum = EffectsDerivative.none();
        for (Effects some : effects) {
            for (EffectPort<?> port : some.ports()) {
                if (!sum.ports().contains(port)) {
                    sum = and(sum, port, effects, weights);
                }
            }
        }
        return sum;
    }

    private static <T> EffectsDerivative and(
            EffectsDerivative sum, EffectPort<T> port, List<Effects> effects, double[] weights) {
        List<T> values = effects.stream().map(e -> e.get(port)).toList();
        if (allEqual(values)) {
            return sum;
        }
        return sum.and(port, combined(port, values, weights));
    }

    /** Sum of two derivatives of effects at a port. */
    static <T> T sum(EffectPort<T> port, T a, T b) {
        return combined(port, List.of(a, b), new double[] {1, 1});
    }

    @SuppressWarnings("unchecked") // what comes out has the type of what went in
    private static <T> T combined(EffectPort<T> port, List<T> values, double[] weights) {
        Object first = values.get(0);
        if (first instanceof SpatialValue) {
            return (T) ofSpace((List<SpatialValue>) values, weights);
        }
        if (first instanceof TimeFunction) {
            return (T) ofTime((List<TimeFunction>) values, weights);
        }
        if (first instanceof KillRate) {
            return (T) ofKillRates((List<KillRate>) values, weights);
        }
        throw new IllegalArgumentException("effects at the port " + port + " cannot be differenced");
    }

    private static boolean allEqual(List<?> values) {
        return values.stream().allMatch(v -> v.equals(values.get(0)));
    }

    private static SpatialValue ofSpace(List<SpatialValue> values, double[] weights) {
        Field varying = null;
        for (SpatialValue value : values) {
            if (value instanceof SpatialValue.Varying v) {
                varying = v.field();
            }
        }
        if (varying == null) {
            return SpatialValue.uniform(at(values, weights, 0));
        }
        double[] sums = new double[varying.grid().size()];
        for (int index = 0; index < sums.length; index++) {
            sums[index] = at(values, weights, index);
        }
        return SpatialValue.varying(Field.owning(varying.grid(), sums));
    }

    private static double at(List<SpatialValue> values, double[] weights, int index) {
        double sum = 0;
        for (int n = 0; n < weights.length; n++) {
            sum += weights[n] * values.get(n).at(index);
        }
        return sum;
    }

    private static TimeFunction ofTime(List<TimeFunction> functions, double[] weights) {
        return new Combined(List.copyOf(functions), weights.clone());
    }

    /** Term by term where the weights in space agree, which keeps the difference of rates small; else all terms side by side. */
    private static KillRate ofKillRates(List<KillRate> rates, double[] weights) {
        List<KillRate.Term> sum = new ArrayList<>();
        List<KillRate.Term> first = rates.get(0).terms();
        if (rates.stream().allMatch(rate -> sameSpace(first, rate.terms()))) {
            for (int t = 0; t < first.size(); t++) {
                int term = t;
                List<TimeFunction> functions =
                        rates.stream().map(r -> r.terms().get(term).rate()).toList();
                if (!allEqual(functions)) {
                    sum.add(new KillRate.Term(
                            ofTime(functions, weights), first.get(t).weight()));
                }
            }
            return new KillRate(sum);
        }
        for (int n = 0; n < weights.length; n++) {
            double weight = weights[n];
            rates.get(n)
                    .terms()
                    .forEach(t -> sum.add(new KillRate.Term(
                            TimeFunction.product(List.of(TimeFunction.constant(weight), t.rate())), t.weight())));
        }
        return new KillRate(sum);
    }

    private static boolean sameSpace(List<KillRate.Term> a, List<KillRate.Term> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int t = 0; t < a.size(); t++) {
            if (!a.get(t).weight().equals(b.get(t).weight())) {
                return false;
            }
        }
        return true;
    }

    private record Combined(List<TimeFunction> functions, double[] weights) implements TimeFunction {

        @Override
        public double at(double day) {
            double sum = 0;
            for (int n = 0; n < weights.length; n++) {
                sum += weights[n] * functions.get(n).at(day);
            }
            return sum;
        }

        @Override
        public double integral(double from, double to) {
            double sum = 0;
            for (int n = 0; n < weights.length; n++) {
                sum += weights[n] * functions.get(n).integral(from, to);
            }
            return sum;
        }

        @Override
        public double[] jumps(double from, double to) {
            return TimeFunction.sum(functions).jumps(from, to);
        }
    }
}
