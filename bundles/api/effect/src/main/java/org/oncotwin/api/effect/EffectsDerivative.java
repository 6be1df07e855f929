package org.oncotwin.api.effect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Derivative of effects with respect to one number, such as a parameter of a treatment: at most one value per port, in the unit of the effect per unit of the number. A port
 * that is not named does not change. Unlike effects, derivatives may be negative. Immutable.
 */
public final class EffectsDerivative {

    private static final EffectsDerivative NONE = new EffectsDerivative(Map.of());

    private final Map<EffectPort<?>, Object> values;

    private EffectsDerivative(Map<EffectPort<?>, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Nothing changes. */
    public static EffectsDerivative none() {
        return NONE;
    }

    /** One effect changes. */
    public static <T> EffectsDerivative of(EffectPort<T> port, T value) {
        return NONE.and(port, value);
    }

    /** This derivative and that of one more effect, which replaces an earlier one of its port. */
    public <T> EffectsDerivative and(EffectPort<T> port, T value) {
        Map<EffectPort<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(port, port.cast(value));
        return new EffectsDerivative(copy);
    }

    /** The derivative at a port; {@link EffectPort#zero()} if the effect does not change. */
    public <T> T get(EffectPort<T> port) {
        Object value = values.get(port);
        return value == null ? port.zero() : port.cast(value);
    }

    /** The ports at which something changes. */
    public Set<EffectPort<?>> ports() {
        return values.keySet();
    }

    /** True if nothing changes. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
