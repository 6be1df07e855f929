package org.oncotwin.api.twin;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that changes in a run, at one instant: components by {@code owner/quantity}. Immutable; equal states have equal bits.
 *
 * @param time the instant
 * @param components by owner and quantity name, sorted
 */
public record State(SimulationTime time, SortedMap<String, StateComponent> components) {

    /** Makes the map immutable. */
    public State {
        components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }

    /** A state with no components yet. */
    public static State at(SimulationTime time) {
        return new State(time, new TreeMap<>());
    }

    /** This state with some components put in or replaced. */
    public State with(List<? extends StateComponent> changed) {
        SortedMap<String, StateComponent> copy = new TreeMap<>(components);
        changed.forEach(c -> copy.put(key(c.owner(), c.quantity().name()), c));
        return new State(time, copy);
    }

    /** The same components at another time. */
    public State at(SimulationTime newTime, List<? extends StateComponent> changed) {
        return new State(newTime, with(changed).components);
    }

    /** The field that an owner keeps under a quantity. */
    public Field field(String owner, Quantity quantity) {
        return require(owner, quantity, FieldComponent.class).field();
    }

    /** The number that an owner keeps under a quantity. */
    public double scalar(String owner, Quantity quantity) {
        return require(owner, quantity, ScalarComponent.class).value();
    }

    /** The agents that an owner keeps under a quantity. */
    public AgentsComponent agents(String owner, Quantity quantity) {
        return require(owner, quantity, AgentsComponent.class);
    }

    /** The components of one owner, sorted by quantity name. */
    public List<StateComponent> ownedBy(String owner) {
        return components.values().stream().filter(c -> c.owner().equals(owner)).toList();
    }

    private <T extends StateComponent> T require(String owner, Quantity quantity, Class<T> type) {
        StateComponent component = components.get(key(owner, quantity.name()));
        if (component == null) {
            throw new IllegalArgumentException(
                    "the state has " + components.keySet() + ", not " + key(owner, quantity.name()));
        }
        return type.cast(component);
    }

    private static String key(String owner, String quantity) {
        return owner + "/" + quantity;
    }
}
