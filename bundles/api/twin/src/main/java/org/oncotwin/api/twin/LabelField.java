package org.oncotwin.api.twin;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One label (0 to 255, 0 means unlabelled) per voxel of a grid, and the names of the labels that mean something. Immutable. */
public final class LabelField {

    private final Grid grid;
    private final byte[] labels;
    private final SortedMap<String, Integer> names;

    private LabelField(Grid grid, byte[] labels, Map<String, Integer> names) {
        if (labels.length != grid.size()) {
            throw new IllegalArgumentException(
                    "labels on " + grid.describe() + " are " + grid.size() + ", not " + labels.length);
        }
        names.forEach((name, label) -> {
            if (label < 1 || label > 255) {
                throw new IllegalArgumentException("label of '" + name + "' is 1 to 255, not " + label);
            }
        });
        this.grid = grid;
        this.labels = labels;
        this.names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /** Labels with a copy of the array (unsigned bytes in voxel order) and name to label. */
    public static LabelField of(Grid grid, byte[] labels, Map<String, Integer> names) {
        return new LabelField(grid, labels.clone(), names);
    }

    /** Labels that take the array over without a copy; the caller must never write to it again. */
    public static LabelField owning(Grid grid, byte[] labels, Map<String, Integer> names) {
        return new LabelField(grid, labels, names);
    }

    /** The grid. */
    public Grid grid() {
        return grid;
    }

    /** Label of a voxel, 0 to 255. */
    public int label(int index) {
        return labels[index] & 0xff;
    }

    /** Names and their labels, sorted by name. */
    public SortedMap<String, Integer> names() {
        return names;
    }

    /** Number of voxels with a label. */
    public int count(int label) {
        int n = 0;
        for (byte b : labels) {
            if ((b & 0xff) == label) {
                n++;
            }
        }
        return n;
    }

    /** A copy of the labels as unsigned bytes in voxel order. */
    public byte[] toArray() {
        return labels.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelField l
                && grid.equals(l.grid)
                && names.equals(l.names)
                && Arrays.equals(labels, l.labels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * grid.hashCode() + names.hashCode()) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "labels " + names + " on " + grid.describe();
    }
}
