package org.oncotwin.solver.grid.scheme;

import org.oncotwin.api.solver.Medium;

/**
 * The discrete diffusion operator of a medium: {@code (L u)_i = sum over pairs of w_il (u_l - u_i)} in 1/d. As every pair enters both of its voxels with one number, the
 * operator is symmetric, so self-adjoint, and it conserves the sum of u; a constant is mapped to exactly 0. Nothing flows across the edge of the medium or into voxels that
 * do not diffuse.
 */
public interface Conductances {

    /** Gives all couplings that are not zero to a target. */
    void forEach(CouplingTarget target);

    /**
     * The operator of a medium: {@link TensorConductances} if it has an orientation, else {@link FaceConductances}.
     *
     * @throws org.oncotwin.api.solver.SolverException if a voxel has a class without coefficients or a tensor that cannot be one of diffusion
     */
    static Conductances of(Medium medium) {
        return medium.orientation().isPresent() ? TensorConductances.of(medium) : FaceConductances.of(medium);
    }
}
