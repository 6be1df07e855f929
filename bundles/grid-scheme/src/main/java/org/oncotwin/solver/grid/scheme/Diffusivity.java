package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;

/** The scalar part of diffusion, {@code diffusion[class] m(x)} in mm2/d, and 0 outside the medium. */
final class Diffusivity {

    private final Medium medium;
    private final double[] ofClass;
    private final SpatialValue factor;

    /** Checks that all voxels have coefficients. */
    Diffusivity(Medium medium) {
        this.medium = medium;
        ofClass = medium.diffusion();
        factor = medium.relativeDiffusion();
        for (int index = 0; index < medium.grid().size(); index++) {
            int c = medium.classOf(index);
            if (c < 0 || c >= ofClass.length) {
                throw new SolverException("voxel " + place(medium.grid(), index) + " has class " + c
                        + ", but there are coefficients for 1 to " + (ofClass.length - 1));
            }
        }
    }

    double at(int index) {
        int c = medium.classOf(index);
        return c == 0 ? 0 : ofClass[c] * factor.at(index);
    }

    /** Indices of a voxel, for messages. */
    static String place(Grid grid, int index) {
        int row = index / grid.nx();
        return "(" + index % grid.nx() + ", " + row % grid.ny() + ", " + row / grid.ny() + ")";
    }
}
