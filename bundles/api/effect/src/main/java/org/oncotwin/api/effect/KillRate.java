package org.oncotwin.api.effect;

import java.util.List;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Rate at which tumour cells are killed: a sum of terms, each a function of time (1/d) times a weight in space.
 *
 * @param terms the terms; none means no kill
 */
public record KillRate(List<Term> terms) {

    /** Nothing is killed. */
    public static final KillRate NONE = new KillRate(List.of());

    /**
     * One cause of death.
     *
     * @param rate in 1/d over time
     * @param weight factor in space
     */
    public record Term(TimeFunction rate, SpatialValue weight) {}

    /** Leaves terms out that are always zero, so that they cannot change a bit of the result. */
    public KillRate {
        terms = terms.stream().filter(t -> !t.rate().isConstant(0)).toList();
    }

    /** The same rate everywhere. */
    public static KillRate uniform(TimeFunction rate) {
        return new KillRate(List.of(new Term(rate, SpatialValue.uniform(1))));
    }

    /** The rates of several courses, added. */
    public static KillRate sum(List<KillRate> rates) {
        return new KillRate(rates.stream().flatMap(r -> r.terms().stream()).toList());
    }

    /**
     * The rate of a model without space.
     *
     * @throws IllegalArgumentException if a term differs from place to place
     */
    public TimeFunction uniformRate() {
        return TimeFunction.sum(terms.stream().map(KillRate::uniformTerm).toList());
    }

    private static TimeFunction uniformTerm(Term term) {
        if (!(term.weight() instanceof SpatialValue.Uniform u)) {
            throw new IllegalArgumentException("a kill rate that differs from place to place needs a model with space");
        }
        return u.value() == 1
                ? term.rate()
                : TimeFunction.product(List.of(term.rate(), TimeFunction.constant(u.value())));
    }
}
