package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Grid;

/**
 * Diffusion that is the same in all directions: seven-point finite volumes. What couples two voxels through a face is the harmonic mean of their diffusivities over the
 * squared spacing, which is the exact flux of a steady profile across a jump (Patankar 1980, Numerical Heat Transfer and Fluid Flow, section 4.2-3); it is 0 if either
 * is outside or does not diffuse.
 */
public final class FaceConductances implements Conductances {

    private final Grid grid;
    private final Diffusivity diffusivity;

    private FaceConductances(Medium medium) {
        grid = medium.grid();
        diffusivity = new Diffusivity(medium);
    }

    /**
     * The couplings of a medium, whose orientation is left out if it has one.
     *
     * @throws org.oncotwin.api.solver.SolverException if a voxel has a class without coefficients
     */
    public static FaceConductances of(Medium medium) {
        return new FaceConductances(medium);
    }

    /** Harmonic mean; equal values are not put through the formula, which would round them. */
    static double harmonicMean(double a, double b) {
        return a == b ? a : a == 0 || b == 0 ? 0 : 2 * a * (b / (a + b));
    }

    @Override
    public void forEach(CouplingTarget target) {
        int[] stride = {1, grid.nx(), grid.nx() * grid.ny()};
        int[] size = {grid.nx(), grid.ny(), grid.nz()};
        double[] inverseSquare = new double[Direction.FACES];
        for (int axis = 0; axis < Direction.FACES; axis++) {
            double h = grid.spacing(axis);
            inverseSquare[axis] = 1 / (h * h);
        }
        int[] place = new int[Direction.FACES];
        int lower = 0;
        for (place[2] = 0; place[2] < size[2]; place[2]++) {
            for (place[1] = 0; place[1] < size[1]; place[1]++) {
                for (place[0] = 0; place[0] < size[0]; place[0]++, lower++) {
                    double here = diffusivity.at(lower);
                    for (int axis = 0; here > 0 && axis < Direction.FACES; axis++) {
                        if (place[axis] + 1 < size[axis]) {
                            int upper = lower + stride[axis];
                            double coupling = harmonicMean(here, diffusivity.at(upper)) * inverseSquare[axis];
                            if (coupling > 0) {
                                target.accept(axis, lower, upper, coupling);
                            }
                        }
                    }
                }
            }
        }
    }
}
