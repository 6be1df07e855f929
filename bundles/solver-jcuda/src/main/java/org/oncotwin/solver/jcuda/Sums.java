package org.oncotwin.solver.jcuda;

/**
 * Sums over the voxels of a candidate.
 *
 * @param difference of |candidate - next best|; not finite if a voxel is not
 * @param total of the candidate
 */
record Sums(double difference, double total) {

    /**
     * Difference over the magnitude of the total; 0 if the difference is. A total below 0 comes of a step that is too long, which must not look better than any tolerance.
     */
    double ratio() {
        return difference == 0 ? 0 : difference / Math.abs(total);
    }
}
