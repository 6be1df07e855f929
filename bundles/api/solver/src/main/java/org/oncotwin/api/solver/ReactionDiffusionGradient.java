package org.oncotwin.api.solver;

import java.util.Optional;
import org.oncotwin.api.twin.Field;

/**
 * Derivatives of an objective.
 *
 * @param initial with respect to u at the start, per voxel; 0 outside the medium
 * @param diffusion with respect to D of each class, in units of the objective per mm2/d; entry 0 is 0
 * @param proliferation with respect to rho of each class, in units of the objective per 1/d; entry 0 is 0
 * @param carryingCapacity with respect to K
 * @param directions along each direction asked for
 * @param diffusionMap with respect to the relative diffusion m of every voxel, if maps were asked for
 * @param proliferationMap with respect to the relative proliferation r of every voxel, if maps were asked for
 * @param memory most bytes that were used at once to keep states
 */
public record ReactionDiffusionGradient(
        Field initial,
        double[] diffusion,
        double[] proliferation,
        double carryingCapacity,
        double[] directions,
        Optional<Field> diffusionMap,
        Optional<Field> proliferationMap,
        long memory) {}
