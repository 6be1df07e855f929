package org.oncotwin.api.mechanics;

/**
 * A rigid sphere without friction that no node of the outer surface can enter. A node within it is pushed out on the side on which it lies, so that it must not be pressed in by more than about its radius.
 *
 * @param x centre in m
 * @param y centre in m
 * @param z centre in m
 * @param radius in m, above 0
 */
public record RigidSphere(double x, double y, double z, double radius) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public RigidSphere {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new IllegalArgumentException(
                    "the centre of a sphere is " + x + ", " + y + ", " + z + "; allowed are finite numbers");
        }
        if (!(radius > 0 && radius < 1e3)) {
            throw new IllegalArgumentException(
                    "the radius of a sphere is " + radius + "; allowed is above 0 and below 1000 m");
        }
    }
}
