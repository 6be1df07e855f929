package org.oncotwin.api.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * A channel through which treatments act on a growth model. Ports are few and typed; each defines how the effects of several courses combine, so that the
 * order of courses never matters. A new port is a new constant here, which is a minor change of this package.
 *
 * @param <T> what flows through it
 */
public final class EffectPort<T> {

    /** When effects flow through a port. */
    public enum Timing {
        /** At an instant. */
        INSTANT,
        /** Over an interval. */
        CONTINUOUS
    }

    /** Fraction of tumour cells that survive an instant, 0 to 1, such as a fraction of radiation. Fractions multiply. */
    public static final EffectPort<SpatialValue> SURVIVING_FRACTION = new EffectPort<>(
            EffectNames.SURVIVING_FRACTION,
            Timing.INSTANT,
            SpatialValue.class,
            SpatialValue.uniform(1),
            SpatialValue.uniform(0),
            true,
            values -> values.stream().reduce(SpatialValue.uniform(1), SpatialValue::times));

    /** Fraction of tissue that an operation leaves in place, 0 in the cavity and 1 outside. Fractions multiply. */
    public static final EffectPort<SpatialValue> REMAINING_FRACTION = new EffectPort<>(
            EffectNames.REMAINING_FRACTION,
            Timing.INSTANT,
            SpatialValue.class,
            SpatialValue.uniform(1),
            SpatialValue.uniform(0),
            true,
            values -> values.stream().reduce(SpatialValue.uniform(1), SpatialValue::times));

    /** Rate at which tumour cells are killed (1/d, not negative), with its exact integral over time. Rates add. */
    public static final EffectPort<KillRate> KILL_RATE = new EffectPort<>(
            EffectNames.KILL_RATE,
            Timing.CONTINUOUS,
            KillRate.class,
            KillRate.NONE,
            KillRate.NONE,
            false,
            KillRate::sum);

    /** Factor on the proliferation rate, not negative, 1 if nothing acts. Factors multiply. */
    public static final EffectPort<TimeFunction> PROLIFERATION_FACTOR = new EffectPort<>(
            EffectNames.PROLIFERATION_FACTOR,
            Timing.CONTINUOUS,
            TimeFunction.class,
            TimeFunction.constant(1),
            TimeFunction.constant(0),
            true,
            TimeFunction::product);

    /** Factor on the carrying capacity, positive, 1 if nothing acts. Factors multiply. */
    public static final EffectPort<TimeFunction> CARRYING_CAPACITY_FACTOR = new EffectPort<>(
            EffectNames.CARRYING_CAPACITY_FACTOR,
            Timing.CONTINUOUS,
            TimeFunction.class,
            TimeFunction.constant(1),
            TimeFunction.constant(0),
            true,
            TimeFunction::product);

    /**
     * Blockade of PD-1 by antibodies: the sum over drugs of the unbound concentration at the tumour over the equilibrium dissociation constant, not negative, 0 if nothing acts. Drugs that
     * compete for a receptor add; the growth model takes {@code x / (1 + x)} as receptor occupancy where nothing else binds.
     */
    public static final EffectPort<TimeFunction> PD1_BLOCKADE = blockade(EffectNames.PD1_BLOCKADE);

    /** Blockade of PD-L1, as {@link #PD1_BLOCKADE}. */
    public static final EffectPort<TimeFunction> PDL1_BLOCKADE = blockade(EffectNames.PDL1_BLOCKADE);

    /** Blockade of CTLA-4, as {@link #PD1_BLOCKADE}. */
    public static final EffectPort<TimeFunction> CTLA4_BLOCKADE = blockade(EffectNames.CTLA4_BLOCKADE);

    private static EffectPort<TimeFunction> blockade(String name) {
        return new EffectPort<>(
                name,
                Timing.CONTINUOUS,
                TimeFunction.class,
                TimeFunction.constant(0),
                TimeFunction.constant(0),
                false,
                TimeFunction::sum);
    }

    private final String name;
    private final Timing timing;
    private final Class<T> type;
    private final T neutral;
    private final T zero;
    private final boolean multiplies;
    private final Function<List<T>, T> combination;

    private EffectPort(
            String name,
            Timing timing,
            Class<T> type,
            T neutral,
            T zero,
            boolean multiplies,
            Function<List<T>, T> combination) {
        this.name = name;
        this.timing = timing;
        this.type = type;
        this.neutral = neutral;
        this.zero = zero;
        this.multiplies = multiplies;
        this.combination = combination;
    }

    /** Its name, as in {@link EffectNames}. */
    public String name() {
        return name;
    }

    /** When effects flow through it. */
    public Timing timing() {
        return timing;
    }

    /** What a growth model sees when no treatment drives the port. */
    public T neutral() {
        return neutral;
    }

    /** The derivative of an effect that does not change. */
    public T zero() {
        return zero;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    /** The joint effect of several, given in a fixed order; of none it is {@link #neutral()}. */
    public T combine(List<T> effects) {
        return effects.isEmpty() ? neutral : combination.apply(effects);
    }

    /**
     * Derivative of the joint effect of several with respect to a number on which one of them depends: by the product rule where effects multiply; where they add, it is the
     * derivative of the one.
     *
     * @param effects the effects, those of {@link #combine}
     * @param which place of the one that depends on the number
     * @param derivative its derivative
     */
    public T combineDerivative(List<T> effects, int which, T derivative) {
        if (!multiplies) {
            return derivative;
        }
        List<T> factors = new ArrayList<>(effects);
        factors.set(which, derivative);
        return combine(factors);
    }

    @Override
    public String toString() {
        return name;
    }
}
