package org.oncotwin.api.growth;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.EffectsDerivative;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A growth process that differentiates what it does. Each of its pull-backs is the transpose of the derivative of one of its calls, exact to rounding (a discrete adjoint): given the derivative of an
 * objective with respect to what the call returned, it gives that with respect to all on which the call depends. Processes that do not offer this are differentiated by repeating runs.
 *
 * <p>Such a process depends on a state through its own components alone. Pull-backs keep nothing between calls.
 */
@ConsumerType
public interface DifferentiableGrowthProcess extends GrowthProcess {

    /** Why it cannot be differentiated in this run, for example because the solver in use does not differentiate its solutions; empty if it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Parameters with respect to which it is differentiated, named as in {@link Parameters#values}. For the others runs are repeated. */
    Set<String> differentiableParameters();

    /**
     * Names of factors in space that are 1 everywhere unless a patient differs from the parameters, with respect to each voxel of which it can be differentiated, such as {@code relative_diffusion}; lower-case
     * words joined by underscores. Often none.
     */
    default Set<String> maps() {
        return Set.of();
    }

    /**
     * Pulls back through {@link #initial}.
     *
     * @param cotangent derivative of the objective with respect to the initial state
     * @return derivatives with respect to the observations that it took, by their quantities, and to parameters
     */
    GrowthGradient pullBackInitial(SimulationTime time, List<Observation> observations, StateDerivative cotangent);

    /**
     * Pulls back through {@link #advance}.
     *
     * @throws org.oncotwin.api.solver.SolverException if the memory allowed is not enough, saying how much is
     */
    GrowthGradient pullBackAdvance(AdvancePullBack question);

    /**
     * Pulls back through {@link #respond}.
     *
     * @param before state just before the instant; only components of the model itself
     * @param effects what {@code respond} was given
     * @param directions derivatives of the combined effects with respect to numbers, for each of which the derivative of the objective is wanted
     * @param cotangent derivative of the objective with respect to the state just after
     */
    GrowthGradient pullBackRespond(
            State before, Effects effects, List<EffectsDerivative> directions, StateDerivative cotangent);

    /**
     * Derivative of one observable of {@link #observe}.
     *
     * @param state the state that is observed; only components of the model itself
     * @param observable which observable
     * @throws InvalidInputException if it is not a differentiable function of the state, saying why
     */
    GrowthGradient pullBackObserve(State state, Quantity observable);
}
