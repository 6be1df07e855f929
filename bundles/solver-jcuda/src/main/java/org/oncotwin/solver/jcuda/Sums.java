package org.oncotwin.solver.jcuda;

/**
 * Sums over the voxels of a candidate.
 *
 * @param difference of |candidate - next best|; not finite if a voxel is not
 * @param total of the candidate
 */
record Sums(double difference, double total) {

    /** Difference over total; 0 if both are. */
    double ratio() {
        return difference == 0 ? 0 : difference / total;
    }
}
