package org.oncotwin.solver.grid.scheme;

/**
 * The nine ways in which two voxels that a scheme couples can lie to each other: through a face, or across an edge. Each leads from the lower voxel of the pair, the one
 * with the smaller number, to the upper one. The ordinals are the direction numbers of {@link CouplingTarget}.
 */
public enum Direction {
    /** Through the face to the next voxel along the first index. */
    X(1, 0, 0),
    /** Through the face to the next voxel along the second index. */
    Y(0, 1, 0),
    /** Through the face to the next voxel along the third index. */
    Z(0, 0, 1),
    /** Across an edge along the third index, both other indices rising. */
    XY_RISING(1, 1, 0),
    /** Across an edge along the third index, the first index falling as the second rises. */
    XY_FALLING(-1, 1, 0),
    /** Across an edge along the second index, both other indices rising. */
    XZ_RISING(1, 0, 1),
    /** Across an edge along the second index, the first index falling as the third rises. */
    XZ_FALLING(-1, 0, 1),
    /** Across an edge along the first index, both other indices rising. */
    YZ_RISING(0, 1, 1),
    /** Across an edge along the first index, the second index falling as the third rises. */
    YZ_FALLING(0, -1, 1);

    /** Number of directions; couplings through faces are the first {@link #FACES} of them. */
    public static final int COUNT = 9;

    /** Number of directions that lead through a face. */
    public static final int FACES = 3;

    private final int di;
    private final int dj;
    private final int dk;

    Direction(int di, int dj, int dk) {
        this.di = di;
        this.dj = dj;
        this.dk = dk;
    }

    /** Step along the first index: -1, 0 or 1. */
    public int di() {
        return di;
    }

    /** Step along the second index: -1, 0 or 1. */
    public int dj() {
        return dj;
    }

    /** Step along the third index: 0 or 1. */
    public int dk() {
        return dk;
    }

    /** Difference of the numbers of the two voxels in a layout with the given strides; the first index has stride 1. */
    public int offset(int rowStride, int planeStride) {
        return di + dj * rowStride + dk * planeStride;
    }
}
