package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.solver.grid.scheme.Rates;

/** Proliferation rates of the voxels of a medium. */
final class Proliferation {

    private final Medium medium;
    private final double[] ofClass;
    private final SpatialValue factor;

    Proliferation(Medium medium) {
        this.medium = medium;
        this.ofClass = medium.proliferation();
        this.factor = medium.relativeProliferation();
    }

    /** rho in 1/d of a voxel of the medium. */
    double at(int index) {
        return ofClass[medium.classOf(index)] * factor.at(index);
    }

    /**
     * Range of the rates.
     *
     * @throws SolverException if one is negative
     */
    static Rates range(Medium medium) {
        Proliferation proliferation = new Proliferation(medium);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < medium.grid().size(); index++) {
            if (medium.contains(index)) {
                double rate = proliferation.at(index);
                if (!(rate >= 0)) {
                    throw new SolverException("the proliferation rate of voxel " + Tiles.place(medium.grid(), index)
                            + " (class " + medium.classOf(index) + ") is " + rate
                            + " /d; rates of 0 or more can be solved");
                }
                least = Math.min(least, rate);
                greatest = Math.max(greatest, rate);
            }
        }
        return new Rates(least, greatest);
    }
}
