package org.oncotwin.solver.grid.scheme;

/**
 * The exact flow of du/dt = f(t) rho u (1 - u/K) - k(t) u in a voxel over a stretch of time, and killing that differs from place to place before and after it:
 *
 * <pre>u := u exp(-first(x));  u := u + u (E - I u) / (1 + I u);  u := u exp(-second(x))</pre>
 *
 * E and I are polynomials of the voxel's rate z, its proliferation rate scaled to -1 to 1, with coefficients from the lowest power; a single coefficient each if all voxels
 * have one rate.
 *
 * @param exponent coefficients of E = exp(rho F - k) - 1, where F and k are the integrals of f and k(t) over the stretch
 * @param crowding coefficients of I = integral of (rho/K) f(s) exp(rho F(s) - k(s)) ds
 * @param first integral over the first half of the stretch of the rate of each sink that differs from place to place; empty if there is none
 * @param second the same over the second half
 */
public record ReactionStep(double[] exponent, double[] crowding, double[] first, double[] second) {

    /** True if all voxels have one rate. */
    public boolean uniform() {
        return exponent.length == 1 && crowding.length == 1;
    }
}
