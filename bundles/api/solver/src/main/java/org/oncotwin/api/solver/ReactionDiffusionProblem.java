package org.oncotwin.api.solver;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Reaction and diffusion of one density u on the voxels of a grid over an interval:
 *
 * <pre>du/dt = div(D grad u) + f(t) rho u (1 - u/K) - sum_j k_j(t) w_j(x) u</pre>
 *
 * with no flux through the boundary of the domain. D (mm2/d) and rho (1/d) depend on the tissue class of the voxel. Between voxels of different class the
 * flux uses the harmonic mean of D, which makes it continuous (Patankar 1980, section 4.2-3).
 *
 * @param initial u at the start; not negative; ignored outside the domain, where the result is 0
 * @param classes class per voxel, in voxel order: 0 is outside the domain, other values index the two tables. Taken over without a copy
 * @param diffusion D in mm2/d by class, not negative; entry 0 is not used
 * @param proliferation rho in 1/d by class; entry 0 is not used
 * @param carryingCapacity K, above 0
 * @param proliferationFactor f(t)
 * @param sinks killing terms
 * @param interval from the initial field to the wanted one
 * @param largestStep longest time step in days, if the asker wants one; the solver may take shorter ones
 */
public record ReactionDiffusionProblem(
        Field initial,
        byte[] classes,
        double[] diffusion,
        double[] proliferation,
        double carryingCapacity,
        TimeFunction proliferationFactor,
        List<Sink> sinks,
        Interval interval,
        OptionalDouble largestStep) {

    /**
     * One killing term.
     *
     * @param rate k(t) in 1/d
     * @param weight w(x)
     */
    public record Sink(TimeFunction rate, SpatialValue weight) {}

    /** Checks sizes and ranges. */
    public ReactionDiffusionProblem {
        diffusion = diffusion.clone();
        proliferation = proliferation.clone();
        sinks = List.copyOf(sinks);
        if (classes.length != initial.grid().size()
                || diffusion.length != proliferation.length
                || diffusion.length > 128) {
            throw new IllegalArgumentException("sizes do not fit: " + classes.length + " classes of voxels on "
                    + initial.grid().describe() + ", tables of " + diffusion.length + " and " + proliferation.length);
        }
        for (int c = 1; c < diffusion.length; c++) {
            if (!(diffusion[c] >= 0) || !Double.isFinite(diffusion[c]) || !Double.isFinite(proliferation[c])) {
                throw new IllegalArgumentException("diffusion " + Arrays.toString(diffusion) + ", proliferation "
                        + Arrays.toString(proliferation));
            }
        }
        if (!(carryingCapacity > 0) || !Double.isFinite(carryingCapacity)) {
            throw new IllegalArgumentException("carrying capacity " + carryingCapacity);
        }
        if (largestStep.isPresent() && !(largestStep.getAsDouble() > 0)) {
            throw new IllegalArgumentException("largest step " + largestStep);
        }
        if (!initial.grid().affine().isOrthogonal(1e-4)) {
            throw new IllegalArgumentException(
                    "a sheared grid cannot be solved on; resample it to one with axes at right angles");
        }
    }

    /** The grid. */
    public Grid grid() {
        return initial.grid();
    }
}
