package org.oncotwin.api.solver;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long steps in time may be. Unless steps are prescribed, a solver takes steps as long as the tolerance allows, none longer than the longest that is asked for.
 *
 * @param relativeTolerance error that the interval may add to the solution, as the sum over voxels of the absolute error divided by the sum of the density; above 0, at most 1
 * @param largestStep longest step in days, if the asker wants one
 * @param prescribed steps of an earlier solution to be taken again, so that the solution is a smooth function of its inputs; their error is stated, not controlled
 */
public record StepControl(double relativeTolerance, OptionalDouble largestStep, Optional<StepSequence> prescribed) {

    /** Checks the ranges. */
    public StepControl {
        if (!(relativeTolerance > 0 && relativeTolerance <= 1)) {
            throw new IllegalArgumentException("relative tolerance " + relativeTolerance);
        }
        if (largestStep.isPresent() && !(largestStep.getAsDouble() > 0)) {
            throw new IllegalArgumentException("largest step " + largestStep);
        }
    }

    /** Steps as long as the tolerance allows. */
    public static StepControl adaptive(double relativeTolerance) {
        return new StepControl(relativeTolerance, OptionalDouble.empty(), Optional.empty());
    }

    /** As this, with no step longer than some days. */
    public StepControl atMost(OptionalDouble days) {
        return new StepControl(relativeTolerance, days, prescribed);
    }

    /** The same tolerance, and the steps of an earlier solution. */
    public StepControl repeating(StepSequence steps) {
        return new StepControl(relativeTolerance, largestStep, Optional.of(steps));
    }
}
