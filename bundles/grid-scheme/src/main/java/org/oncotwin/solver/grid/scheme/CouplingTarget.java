package org.oncotwin.solver.grid.scheme;

/** Takes the couplings of a scheme one after the other, to store them in whatever layout a solver sweeps. */
@FunctionalInterface
public interface CouplingTarget {

    /**
     * Takes one coupling. Each pair comes once; pairs come in the order of their lower voxel, and for one lower voxel in the order of their direction.
     *
     * @param direction how the two lie to each other: the ordinal of a {@link Direction}
     * @param lower voxel number on the grid of the medium
     * @param upper voxel number on the grid of the medium, larger than {@code lower}
     * @param coupling w in 1/d, not zero: the pair adds {@code w (u_upper - u_lower)} to the rate of the lower voxel and takes the same from the upper one
     */
    void accept(int direction, int lower, int upper, double coupling);
}
