package org.oncotwin.api.mechanics;

/**
 * Force per mass that acts on all of a body, such as gravity.
 *
 * @param x in m/s2
 * @param y in m/s2
 * @param z in m/s2
 */
public record Acceleration(double x, double y, double z) {

    /** None. */
    public static final Acceleration NONE = new Acceleration(0, 0, 0);

    /** Standard gravity down along z, 9.80665 m/s2 (ISO 80000-3). */
    public static final Acceleration GRAVITY = new Acceleration(0, 0, -9.80665);

    /**
     * Checks that it is finite and less than a million m/s2 along each axis.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public Acceleration {
        if (!(Math.abs(x) < 1e6 && Math.abs(y) < 1e6 && Math.abs(z) < 1e6)) {
            throw new IllegalArgumentException("force per mass is " + x + ", " + y + ", " + z
                    + "; allowed is above -1e6 and below 1e6 m/s2 along each axis");
        }
    }
}
