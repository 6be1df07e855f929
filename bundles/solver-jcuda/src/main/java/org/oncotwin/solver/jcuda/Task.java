package org.oncotwin.solver.jcuda;

import java.util.Arrays;

/**
 * Something a kernel does with the fields of one member.
 *
 * @param kernel which kernel
 * @param record what its record starts with
 * @param terms numbers that the last entry of the record points to; empty if the record has no such entry
 */
record Task(KernelName kernel, double[] record, double[] terms) {

    /** The record as it stands in the table, its terms put there before it. */
    double[] in(NumberTable table) {
        if (terms.length == 0) {
            return record;
        }
        double[] complete = Arrays.copyOf(record, record.length + 1);
        complete[record.length] = table.add(terms);
        return complete;
    }
}
