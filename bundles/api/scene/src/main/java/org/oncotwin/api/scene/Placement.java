package org.oncotwin.api.scene;

import java.util.Arrays;

/**
 * Where a patient lies in a scene. A scene is in metres, z up; a patient in millimetres, RAS+ (x to the right, y to the front, z to the head). {@code scene = rotation * (patient - origin) / 1000}. Immutable.
 */
public final class Placement {

    private static final double TOLERANCE = 1e-9;

    private final double[] rotation;
    private final double[] origin;

    private Placement(double[] rotation, double[] origin) {
        this.rotation = rotation;
        this.origin = origin;
    }

    /**
     * A placement.
     *
     * @param rotation 9 numbers, row by row, of a rotation
     * @param origin the point of the patient at the origin of the scene in mm
     * @throws IllegalArgumentException if it is no rotation, or a number is not finite
     */
    public static Placement of(double[] rotation, double[] origin) {
        if (rotation.length != 9 || origin.length != 3) {
            throw new IllegalArgumentException(
                    "a placement has 9 and 3 numbers, not " + rotation.length + " and " + origin.length);
        }
        for (int row = 0; row < 3; row++) {
            for (int other = 0; other < 3; other++) {
                double dot = 0;
                for (int axis = 0; axis < 3; axis++) {
                    dot += rotation[3 * row + axis] * rotation[3 * other + axis];
                }
                if (!(Math.abs(dot - (row == other ? 1 : 0)) <= TOLERANCE)) {
                    throw new IllegalArgumentException("not a rotation: " + Arrays.toString(rotation));
                }
            }
            if (!Double.isFinite(origin[row])) {
                throw new IllegalArgumentException("an origin is finite, not " + Arrays.toString(origin));
            }
        }
        double determinant = rotation[0] * (rotation[4] * rotation[8] - rotation[5] * rotation[7])
                - rotation[1] * (rotation[3] * rotation[8] - rotation[5] * rotation[6])
                + rotation[2] * (rotation[3] * rotation[7] - rotation[4] * rotation[6]);
        if (determinant < 0) {
            throw new IllegalArgumentException("a mirror image is no placement: " + Arrays.toString(rotation));
        }
        return new Placement(rotation.clone(), origin.clone());
    }

    /** A patient on the back: x of the scene to the patient's right, y to the feet, z to the front. The origin is a point of the patient in mm. */
    public static Placement supine(double... origin) {
        return of(new double[] {1, 0, 0, 0, 0, -1, 0, 1, 0}, origin);
    }

    /** A point of the patient, given in mm, as a point of the scene in m. */
    public double[] toScene(double... patient) {
        double[] scene = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                scene[row] += rotation[3 * row + axis] * (patient[axis] - origin[axis]) / 1000;
            }
        }
        return scene;
    }

    /** A point of the scene, given in m, as a point of the patient in mm. */
    public double[] toPatient(double... scene) {
        double[] patient = origin.clone();
        for (int axis = 0; axis < 3; axis++) {
            for (int row = 0; row < 3; row++) {
                patient[axis] += rotation[3 * row + axis] * scene[row] * 1000;
            }
        }
        return patient;
    }

    /** The 9 numbers of the rotation, row by row. */
    public double[] rotation() {
        return rotation.clone();
    }

    /** The point of the patient in mm at the origin of the scene. */
    public double[] origin() {
        return origin.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement p && Arrays.equals(rotation, p.rotation) && Arrays.equals(origin, p.origin);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rotation) + Arrays.hashCode(origin);
    }

    @Override
    public String toString() {
        return "rotation " + Arrays.toString(rotation) + " about " + Arrays.toString(origin) + " mm";
    }
}
