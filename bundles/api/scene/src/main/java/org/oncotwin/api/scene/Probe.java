package org.oncotwin.api.scene;

import java.util.List;

/**
 * A rigid sphere that is led along points, such as the tip of a palpation instrument.
 *
 * @param name lower-case words joined by hyphens
 * @param radius in m, above 0
 * @param mass in kg, above 0
 * @param friction coefficient of friction, 0 or more
 * @param start where its centre begins, in m in the frame of the scene
 * @param phases where it is led, one after the other
 */
public record Probe(String name, double radius, double mass, double friction, Point start, List<Phase> phases) {

    /**
     * Checks the values and makes the list immutable.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public Probe {
        Names.check("a probe", name);
        if (!(radius > 0 && radius < 1)) {
            throw new IllegalArgumentException(
                    "radius of " + name + " is " + radius + "; allowed is above 0 and below 1 m");
        }
        if (!(mass > 0 && mass < 100)) {
            throw new IllegalArgumentException(
                    "mass of " + name + " is " + mass + "; allowed is above 0 and below 100 kg");
        }
        if (!(friction >= 0 && friction <= 10)) {
            throw new IllegalArgumentException("friction of " + name + " is " + friction + "; allowed is 0 to 10");
        }
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("probe " + name + " is led nowhere; allowed is one phase or more");
        }
    }

    /** Time that all phases take in s. */
    public double seconds() {
        return phases.stream().mapToDouble(Phase::seconds).sum();
    }

    /**
     * A point of the scene in m.
     *
     * @param x to the patient's right, if the patient lies on the back
     * @param y to the feet
     * @param z up
     */
    public record Point(double x, double y, double z) {

        /** Checks that it is finite. */
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
                throw new IllegalArgumentException("a point is finite, not " + x + ", " + y + ", " + z);
            }
        }
    }

    /**
     * A part of a task: the centre moves in a straight line at constant speed.
     *
     * @param name lower-case words joined by hyphens, such as {@code approach}
     * @param seconds how long it takes, above 0
     * @param target where the centre is at its end
     */
    public record Phase(String name, double seconds, Point target) {

        /** Checks name and time. */
        public Phase {
            Names.check("a phase", name);
            if (!(seconds > 0 && seconds <= 3600)) {
                throw new IllegalArgumentException(
                        "phase " + name + " takes " + seconds + " s; allowed is above 0 to 3600 s");
            }
        }
    }
}
