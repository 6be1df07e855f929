package org.oncotwin.geometry;

import java.util.Arrays;

/** Whole numbers, one after the other, as many as come. */
final class Growing {

    private int[] values = new int[1024];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size] = value;
        size++;
    }

    int size() {
        return size;
    }

    int get(int place) {
        return values[place];
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
