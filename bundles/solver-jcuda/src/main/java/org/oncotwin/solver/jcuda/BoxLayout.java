package org.oncotwin.solver.jcuda;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * How voxels are laid out on a device: the smallest box around the medium, the first index running fastest, with a margin before and after it that is as long as the farthest
 * neighbour of a voxel is away. No neighbour has to be looked for, and threads beside each other read numbers beside each other. Places count from the first voxel of the box.
 */
final class BoxLayout {

    private final Medium medium;
    private final int i0;
    private final int j0;
    private final int k0;
    private final int nx;
    private final int ny;
    private final int nz;

    private BoxLayout(Medium medium, int[] first, int[] last) {
        this.medium = medium;
        i0 = first[0];
        j0 = first[1];
        k0 = first[2];
        nx = last[0] - i0 + 1;
        ny = last[1] - j0 + 1;
        nz = last[2] - k0 + 1;
    }

    /**
     * The layout of a medium.
     *
     * @throws SolverException if the medium has no voxel
     */
    static BoxLayout of(Medium medium) {
        Grid grid = medium.grid();
        int[] first = {grid.nx(), grid.ny(), grid.nz()};
        int[] last = {-1, -1, -1};
        for (int index = 0; index < grid.size(); index++) {
            if (medium.contains(index)) {
                int[] place = {index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny()};
                for (int axis = 0; axis < place.length; axis++) {
                    first[axis] = Math.min(first[axis], place[axis]);
                    last[axis] = Math.max(last[axis], place[axis]);
                }
            }
        }
        if (last[0] < 0) {
            throw new SolverException("no voxel of " + grid.describe() + " belongs to the medium");
        }
        return new BoxLayout(medium, first, last);
    }

    /** Voxels of the box. */
    int voxels() {
        return nx * ny * nz;
    }

    /** Distance of neighbours along the second index. */
    int row() {
        return nx;
    }

    /** Distance of neighbours along the third index. */
    int plane() {
        return nx * ny;
    }

    /** Elements before the first voxel and after the last one. */
    int margin() {
        return nx * ny + nx + 1;
    }

    /** Elements of a field with its margins. */
    long stride() {
        return voxels() + 2L * margin();
    }

    /** Place in the box of a voxel number of the grid; the voxel must lie in the box. */
    int place(int index) {
        Grid grid = medium.grid();
        int i = index % grid.nx() - i0;
        int j = index / grid.nx() % grid.ny() - j0;
        int k = index / grid.nx() / grid.ny() - k0;
        return i + nx * (j + ny * k);
    }

    /** Something done with a voxel of the medium. */
    @FunctionalInterface
    interface Visitor {

        /** Called with its number on the grid and its place in the box. */
        void visit(int index, int place);
    }

    /** Visits the voxels of the medium in the order of their numbers. */
    void forEach(Visitor visitor) {
        Grid grid = medium.grid();
        int place = 0;
        for (int k = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                int row = grid.index(i0, j0 + j, k0 + k);
                for (int i = 0; i < nx; i++, place++) {
                    if (medium.contains(row + i)) {
                        visitor.visit(row + i, place);
                    }
                }
            }
        }
    }

    /** Values in the box, 0 outside the medium. */
    double[] gather(Field field) {
        double[] values = new double[voxels()];
        forEach((index, place) -> values[place] = field.value(index));
        return values;
    }

    /** A field from values in the box, 0 outside the medium. */
    Field scatter(double[] values) {
        double[] all = new double[medium.grid().size()];
        forEach((index, place) -> all[index] = values[place]);
        return Field.owning(medium.grid(), all);
    }

    /** Indices of a voxel in words, such as {@code (12, 40, 7)}. */
    static String describe(Grid grid, int index) {
        return "(" + index % grid.nx() + ", " + index / grid.nx() % grid.ny() + ", " + index / grid.nx() / grid.ny()
                + ")";
    }
}
