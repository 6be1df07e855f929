package org.oncotwin.api.twin;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A table of agents in the state: columns of equal length by name, for example positions, phase and age. Immutable. */
public final class AgentsComponent implements StateComponent {

    private final Quantity quantity;
    private final String owner;
    private final int schemaVersion;
    private final int count;
    private final SortedMap<String, double[]> columns;

    /**
     * A table with copies of its columns.
     *
     * @throws IllegalArgumentException if the quantity is not of agents or a column has another length than {@code count}
     */
    public AgentsComponent(
            Quantity quantity, String owner, int schemaVersion, int count, Map<String, double[]> columns) {
        if (quantity.kind() != QuantityKind.AGENTS) {
            throw new IllegalArgumentException(quantity.name() + " is not a quantity of agents");
        }
        SortedMap<String, double[]> copy = new TreeMap<>();
        columns.forEach((name, values) -> {
            if (values.length != count) {
                throw new IllegalArgumentException(
                        "column " + name + " of " + quantity.name() + " has " + values.length + " rows, not " + count);
            }
            copy.put(name, values.clone());
        });
        this.quantity = quantity;
        this.owner = owner;
        this.schemaVersion = schemaVersion;
        this.count = count;
        this.columns = Collections.unmodifiableSortedMap(copy);
    }

    @Override
    public Quantity quantity() {
        return quantity;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public int schemaVersion() {
        return schemaVersion;
    }

    /** Number of agents. */
    public int count() {
        return count;
    }

    /** Names of the columns, sorted. */
    public java.util.Set<String> columnNames() {
        return columns.keySet();
    }

    /**
     * A copy of a column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public double[] column(String name) {
        double[] values = columns.get(name);
        if (values == null) {
            throw new IllegalArgumentException(
                    quantity.name() + " has columns " + columns.keySet() + ", none named '" + name + "'");
        }
        return values.clone();
    }

    @Override
    public AgentsComponent ownedBy(String newOwner) {
        return new AgentsComponent(quantity, newOwner, schemaVersion, count, columns);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof AgentsComponent a)
                || !quantity.equals(a.quantity)
                || !owner.equals(a.owner)
                || schemaVersion != a.schemaVersion
                || count != a.count
                || !columns.keySet().equals(a.columns.keySet())) {
            return false;
        }
        return columns.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), a.columns.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = quantity.hashCode() + 31 * owner.hashCode() + schemaVersion;
        for (Map.Entry<String, double[]> e : columns.entrySet()) {
            hash = 31 * hash + e.getKey().hashCode() + Arrays.hashCode(e.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        return count + " agents of " + quantity.name() + " with " + columns.keySet();
    }
}
