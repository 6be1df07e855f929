package org.oncotwin.api.solver;

import java.util.List;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Reaction and diffusion of one density u on the voxels of a medium over an interval:
 *
 * <pre>du/dt = div(D grad u) + f(t) rho u (1 - u/K) - sum_j k_j(t) w_j(x) u</pre>
 *
 * with no flux through the boundary of the medium. Where diffusion is the same in all directions, the flux between voxels uses the harmonic mean of their D, which makes it
 * continuous where D jumps (Patankar 1980, section 4.2-3).
 *
 * @param initial u at the start; not negative; ignored outside the medium, where the result is 0
 * @param medium D and rho in space
 * @param carryingCapacity K, above 0
 * @param proliferationFactor f(t)
 * @param sinks killing terms
 * @param interval from the initial field to the wanted one
 * @param steps how exact the solution is to be
 */
public record ReactionDiffusionProblem(
        Field initial,
        Medium medium,
        double carryingCapacity,
        TimeFunction proliferationFactor,
        List<Sink> sinks,
        Interval interval,
        StepControl steps) {

    /**
     * One killing term.
     *
     * @param rate k(t) in 1/d
     * @param weight w(x)
     */
    public record Sink(TimeFunction rate, SpatialValue weight) {}

    /** Checks sizes and ranges. */
    public ReactionDiffusionProblem {
        sinks = List.copyOf(sinks);
        if (initial.grid().size() != medium.grid().size()) {
            throw new IllegalArgumentException("the initial field lies on "
                    + initial.grid().describe() + ", the medium on "
                    + medium.grid().describe());
        }
        if (!(carryingCapacity > 0) || !Double.isFinite(carryingCapacity)) {
            throw new IllegalArgumentException("carrying capacity " + carryingCapacity);
        }
    }

    /** The grid. */
    public Grid grid() {
        return medium.grid();
    }

    /** The same problem from another field. */
    public ReactionDiffusionProblem withInitial(Field other) {
        return new ReactionDiffusionProblem(
                other, medium, carryingCapacity, proliferationFactor, sinks, interval, steps);
    }

    /** The same problem in another medium. */
    public ReactionDiffusionProblem withMedium(Medium other) {
        return new ReactionDiffusionProblem(
                initial, other, carryingCapacity, proliferationFactor, sinks, interval, steps);
    }

    /** The same problem with other killing terms. */
    public ReactionDiffusionProblem withSinks(List<Sink> others) {
        return new ReactionDiffusionProblem(
                initial, medium, carryingCapacity, proliferationFactor, others, interval, steps);
    }

    /** The same problem over another interval. */
    public ReactionDiffusionProblem withInterval(Interval other) {
        return new ReactionDiffusionProblem(
                initial, medium, carryingCapacity, proliferationFactor, sinks, other, steps);
    }

    /** The same problem with other steps. */
    public ReactionDiffusionProblem withSteps(StepControl other) {
        return new ReactionDiffusionProblem(
                initial, medium, carryingCapacity, proliferationFactor, sinks, interval, other);
    }
}
