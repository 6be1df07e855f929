package org.oncotwin.api.growth;

import java.util.List;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.State;

/**
 * An interval to differentiate, and what is asked for.
 *
 * @param before state at its start; only components of the model itself
 * @param interval the interval
 * @param effects what {@link GrowthProcess#advance} was given
 * @param steps steps that solvers took in the reaction-diffusion problems which {@code advance} posed, in the order in which it posed them
 * @param cotangent derivative of the objective with respect to the state at the end
 * @param directions derivatives of the combined effects with respect to numbers, for each of which the derivative of the objective is wanted
 * @param maps true if derivatives with respect to the maps are wanted
 * @param memory bytes that may be used to keep states; with less, more is computed again
 */
public record AdvancePullBack(
        State before,
        Interval interval,
        Effects effects,
        List<StepSequence> steps,
        StateDerivative cotangent,
        List<EffectsDerivative> directions,
        boolean maps,
        long memory) {

    /** Makes the lists immutable. */
    public AdvancePullBack {
        steps = List.copyOf(steps);
        directions = List.copyOf(directions);
    }
}
