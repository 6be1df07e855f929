package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.twin.Grid;

/**
 * What a solver should know of an operator before it steps.
 *
 * @param pairs number of coupled pairs
 * @param negative number of pairs with a negative coupling; if there are any, no discrete maximum principle holds
 * @param spectralBound no eigenvalue of the operator lies below {@code -spectralBound} (1/d), by Gershgorin's theorem: the largest diagonal element plus the sum of magnitudes
 *     beside it, which is twice the largest sum of positive couplings of a voxel; 0 without pairs
 */
public record CouplingSummary(long pairs, long negative, double spectralBound) {

    /** Looks at all couplings of an operator once. */
    public static CouplingSummary of(Conductances conductances, Grid grid) {
        Count count = new Count(grid);
        conductances.forEach(count);
        return count.summary();
    }

    /** Share of negative couplings, 0 to 1; 0 without pairs. */
    public double negativeShare() {
        return pairs == 0 ? 0 : (double) negative / pairs;
    }

    /** Sums of positive couplings by voxel, in a ring that holds the voxels that later pairs can still reach: pairs come in the order of their lower voxel. */
    private static final class Count implements CouplingTarget {

        private final double[] ring;
        private int reached = -1;
        private long pairs;
        private long negative;
        private double largestSum;

        Count(Grid grid) {
            // The farthest step is one plane and one row.
            ring = new double[Math.toIntExact((long) grid.nx() * grid.ny() + grid.nx() + 1)];
        }

        @Override
        public void accept(int direction, int lower, int upper, double coupling) {
            pairs++;
            while (reached < upper) {
                reached++;
                ring[reached % ring.length] = 0;
            }
            if (coupling < 0) {
                negative++;
            } else {
                addTo(lower, coupling);
                addTo(upper, coupling);
            }
        }

        private void addTo(int voxel, double coupling) {
            int at = voxel % ring.length;
            ring[at] += coupling;
            largestSum = Math.max(largestSum, ring[at]);
        }

        CouplingSummary summary() {
            return new CouplingSummary(pairs, negative, 2 * largestSum);
        }
    }
}
