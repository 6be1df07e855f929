package org.oncotwin.api.treatment;

import java.util.Set;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.State;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A course that differentiates its effects with respect to parameters of its modality. Courses that do not offer this are planned anew with the parameter a little
 * changed, and their effects differenced.
 */
@ConsumerType
public interface DifferentiableCourse extends Course {

    /** Parameters with respect to which it differentiates, named as in {@link Parameters#values}: those on which neither its breakpoints nor its own state depend. */
    Set<String> differentiableParameters();

    /** Derivative of {@link #instantEffects} with respect to a parameter, at a breakpoint of this course. */
    default EffectsDerivative instantEffectsDerivative(State state, String parameter) {
        return EffectsDerivative.none();
    }

    /** Derivative of {@link #effects} with respect to a parameter; its functions of time have exact integrals, as those of {@link Effects} have. */
    default EffectsDerivative effectsDerivative(State state, Interval interval, String parameter) {
        return EffectsDerivative.none();
    }
}
