package org.oncotwin.solver.jcuda;

/**
 * Sums over the voxels of a candidate.
 *
 * @param difference of |candidate - next best|; not a number if a voxel is not finite
 * @param total of the candidate
 */
record Sums(double difference, double total) {

    /** Difference over total; 0 if both are. */
    double ratio() {
        return difference == 0 ? 0 : difference / total;
    }
}
