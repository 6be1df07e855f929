package org.oncotwin.api.effect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What treatments do to a growth model, at an instant or over an interval: at most one value per port. Immutable. */
public final class Effects {

    private static final Effects NONE = new Effects(Map.of());

    private final Map<EffectPort<?>, Object> values;

    private Effects(Map<EffectPort<?>, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** No effect at all. */
    public static Effects none() {
        return NONE;
    }

    /** One effect. */
    public static <T> Effects of(EffectPort<T> port, T value) {
        return NONE.and(port, value);
    }

    /** These effects and one more, which replaces an earlier one of its port. */
    public <T> Effects and(EffectPort<T> port, T value) {
        Map<EffectPort<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(port, port.cast(value));
        return new Effects(copy);
    }

    /** The effect at a port; its neutral value if nothing drives it. */
    public <T> T get(EffectPort<T> port) {
        Object value = values.get(port);
        return value == null ? port.neutral() : port.cast(value);
    }

    /** The ports that are driven. */
    public Set<EffectPort<?>> ports() {
        return values.keySet();
    }

    /** True if nothing is driven. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The joint effects of several courses, by the rule of each port. The caller gives them in a fixed order, sorted by course label. */
    public static Effects combine(List<Effects> courses) {
        Map<EffectPort<?>, Object> combined = new LinkedHashMap<>();
        for (Effects course : courses) {
            for (EffectPort<?> port : course.ports()) {
                combined.computeIfAbsent(port, p -> combineAt(p, courses));
            }
        }
        return new Effects(combined);
    }

    private static <T> T combineAt(EffectPort<T> port, List<Effects> courses) {
        List<T> values = new ArrayList<>();
        for (Effects course : courses) {
            Object value = course.values.get(port);
            if (value != null) {
                values.add(port.cast(value));
            }
        }
        return port.combine(values);
    }
}
