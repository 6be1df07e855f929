package org.oncotwin.solver.jcuda;

import java.util.Arrays;

/** Numbers in a row that grows, for kernels to read. */
final class NumberTable {

    private double[] numbers = new double[256];
    private int length;

    /** Appends numbers and returns where the first of them stands. */
    int add(double... more) {
        int at = length;
        int needed = Math.addExact(length, more.length);
        if (needed > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(needed, Math.multiplyExact(numbers.length, 2)));
        }
        System.arraycopy(more, 0, numbers, length, more.length);
        length = needed;
        return at;
    }

    /** Numbers so far. */
    int length() {
        return length;
    }

    /** The numbers, with room behind them. */
    double[] array() {
        return numbers;
    }
}
