package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.solver.Medium;

/**
 * Brings a density into its range, 0 to an upper bound, at the end of an interval, and keeps its sum. Steps leave the range by rounding, by less than their tolerance beside steep
 * fronts, and by more where diffusion has an orientation and couplings are negative. What is cut off is given to, or taken from, all voxels in proportion to u (1 - u/K), which
 * moves none across a bound and nothing where there is nothing.
 */
public final class Confinement {

    private final Medium medium;
    private final double largest;
    private final double missing;
    private final double room;
    private final double change;

    /**
     * Measures a density.
     *
     * @param largest upper bound
     * @param density by voxel number
     */
    public Confinement(Medium medium, double largest, double[] density) {
        this.medium = medium;
        this.largest = largest;
        double cut = 0;
        double cutMagnitude = 0;
        double free = 0;
        double sum = 0;
        for (int index = 0; index < density.length; index++) {
            if (medium.contains(index)) {
                double inside = inside(density[index]);
                cut += density[index] - inside;
                cutMagnitude += Math.abs(density[index] - inside);
                free += weight(inside);
                sum += inside;
            }
        }
        missing = cut;
        room = free;
        change = sum > 0 ? 2 * cutMagnitude / sum : 0;
    }

    private double inside(double value) {
        return Math.min(largest, Math.max(0, value));
    }

    private double weight(double inside) {
        return inside * (largest - inside);
    }

    private double share() {
        return room > 0 ? missing / room : 0;
    }

    /** Sum of the absolute changes over the sum of the density, at most. */
    public double change() {
        return change;
    }

    /** Brings the density into range. */
    public void confine(double[] density) {
        for (int index = 0; index < density.length; index++) {
            if (medium.contains(index)) {
                double inside = inside(density[index]);
                density[index] = inside(inside + share() * weight(inside));
            }
        }
    }

    /**
     * The derivative backwards.
     *
     * @param density the density before
     * @param cotangent derivative with respect to the confined density; afterwards to the density before
     */
    public void pullBack(double[] density, double[] cotangent) {
        double mean = 0;
        for (int index = 0; index < density.length; index++) {
            if (medium.contains(index)) {
                mean += cotangent[index] * weight(inside(density[index]));
            }
        }
        mean = room > 0 ? mean / room : 0;
        for (int index = 0; index < density.length; index++) {
            if (medium.contains(index)) {
                double inside = inside(density[index]);
                boolean free = density[index] >= 0 && density[index] <= largest;
                double c = cotangent[index];
                cotangent[index] = free ? c + share() * (largest - 2 * inside) * (c - mean) : mean;
            }
        }
    }
}
