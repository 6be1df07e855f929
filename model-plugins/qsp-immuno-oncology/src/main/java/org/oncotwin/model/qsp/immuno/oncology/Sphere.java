package org.oncotwin.model.qsp.immuno.oncology;

/** Cells and lymph nodes are spheres. */
final class Sphere {

    private Sphere() {}

    static double volume(double diameter) {
        return Math.PI / 6 * diameter * diameter * diameter;
    }

    static double area(double diameter) {
        return Math.PI * diameter * diameter;
    }

    /** Diameter of the sphere of a volume. */
    static double diameter(double volume) {
        return StrictMath.cbrt(volume * 6 / Math.PI);
    }
}
