package org.oncotwin.guidance;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * The rigid motion that brings fiducial points seen by a tracker onto the same points of an image, by least squares (Arun KS, Huang TS, Blostein SD 1987. Least-squares fitting of two 3-D point sets. IEEE Trans Pattern Anal Mach Intell
 * 9:698-700, with the sign of Umeyama 1991 so that it never mirrors), and the errors to be expected of it (Fitzpatrick JM, West JB, Maurer CR 1998. Predicting error in rigid-body point-based registration. IEEE Trans Med Imaging
 * 17:694-702). Lengths are in the unit of the points. Immutable.
 */
public final class RigidRegistration {

    /** Fewest fiducials. */
    public static final int FEWEST = 3;

    private static final double COLLINEAR = 1e-6;

    private final double[] rotation;
    private final double[] translation;
    private final double fiducialError;
    private final double localisationError;
    private final double[] centre;
    private final double[] axes;
    private final double[] spread;
    private final int fiducials;

    private RigidRegistration(
            double[] rotation,
            double[] translation,
            double fiducialError,
            double localisationError,
            double[] centre,
            double[] axes,
            double[] spread,
            int fiducials) {
        this.rotation = rotation;
        this.translation = translation;
        this.fiducialError = fiducialError;
        this.localisationError = localisationError;
        this.centre = centre;
        this.axes = axes;
        this.spread = spread;
        this.fiducials = fiducials;
    }

    /**
     * Registers.
     *
     * @param tracked points seen by the tracker, x, y and z of each
     * @param image the same points in the image, in the same order
     * @param localisationError root mean square error with which a single fiducial is localised; if 0 or less, it is estimated from how well the points fit
     * @throws InvalidInputException if there are fewer than three, not as many of both, one is not finite, or all lie on a line
     */
    public static RigidRegistration of(double[] tracked, double[] image, double localisationError) {
        int n = tracked.length / 3;
        if (tracked.length != image.length || tracked.length % 3 != 0) {
            throw new InvalidInputException(
                    "fiducials",
                    tracked.length + " coordinates of the tracker and " + image.length
                            + " of the image; allowed are three per point and as many of both");
        }
        if (n < FEWEST) {
            throw new InvalidInputException("fiducials", n + " points; allowed are " + FEWEST + " or more");
        }
        for (double value : tracked) {
            requireFinite("tracked", value);
        }
        for (double value : image) {
            requireFinite("image", value);
        }
        double[] from = mean(tracked);
        double[] to = mean(image);
        RealMatrix covariance = new Array2DRowRealMatrix(3, 3);
        for (int p = 0; p < n; p++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    covariance.addToEntry(
                            row, column, (image[3 * p + row] - to[row]) * (tracked[3 * p + column] - from[column]));
                }
            }
        }
        SingularValueDecomposition spreadOfImage = spread(image, to);
        double[] moments = spreadOfImage.getSingularValues();
        if (!(moments[1] > COLLINEAR * COLLINEAR * moments[0])) {
            throw new InvalidInputException(
                    "fiducials", "all lie on a line, about which nothing says how to turn; add one beside it");
        }
        SingularValueDecomposition svd = new SingularValueDecomposition(covariance);
        RealMatrix u = svd.getU();
        RealMatrix vt = svd.getVT();
        double sign = Math.signum(determinant(u) * determinant(vt));
        RealMatrix r = u.multiply(diagonal(1, 1, sign)).multiply(vt);
        double[] rotation = new double[9];
        double[] translation = to.clone();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                rotation[3 * row + column] = r.getEntry(row, column);
                translation[row] -= r.getEntry(row, column) * from[column];
            }
        }
        double fiducialError = fiducialError(rotation, translation, tracked, image);
        double estimated = n > 2 ? fiducialError / Math.sqrt(1 - 2.0 / n) : fiducialError;
        double[] axes = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                axes[3 * column + row] = spreadOfImage.getU().getEntry(row, column);
            }
        }
        return new RigidRegistration(
                rotation,
                translation,
                fiducialError,
                localisationError > 0 ? localisationError : estimated,
                to,
                axes,
                distancesFromAxes(moments, n),
                n);
    }

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInputException("fiducials." + what, value + " is not allowed; allowed are finite numbers");
        }
    }

    private static double[] mean(double[] points) {
        double[] mean = new double[3];
        for (int n = 0; n < points.length; n++) {
            mean[n % 3] += points[n];
        }
        return Arrays.stream(mean).map(sum -> sum * 3 / points.length).toArray();
    }

    private static SingularValueDecomposition spread(double[] points, double[] middle) {
        RealMatrix moments = new Array2DRowRealMatrix(3, 3);
        for (int p = 0; p < points.length; p += 3) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    moments.addToEntry(
                            row, column, (points[p + row] - middle[row]) * (points[p + column] - middle[column]));
                }
            }
        }
        return new SingularValueDecomposition(moments);
    }

    /** Mean squared distance of the fiducials from each principal axis: f_k^2 of the paper. */
    private static double[] distancesFromAxes(double[] moments, int n) {
        double total = moments[0] + moments[1] + moments[2];
        return new double[] {(total - moments[0]) / n, (total - moments[1]) / n, (total - moments[2]) / n};
    }

    private static RealMatrix diagonal(double a, double b, double c) {
        return new Array2DRowRealMatrix(new double[][] {{a, 0, 0}, {0, b, 0}, {0, 0, c}});
    }

    private static double determinant(RealMatrix m) {
        return m.getEntry(0, 0) * (m.getEntry(1, 1) * m.getEntry(2, 2) - m.getEntry(1, 2) * m.getEntry(2, 1))
                - m.getEntry(0, 1) * (m.getEntry(1, 0) * m.getEntry(2, 2) - m.getEntry(1, 2) * m.getEntry(2, 0))
                + m.getEntry(0, 2) * (m.getEntry(1, 0) * m.getEntry(2, 1) - m.getEntry(1, 1) * m.getEntry(2, 0));
    }

    private static double fiducialError(double[] rotation, double[] translation, double[] tracked, double[] image) {
        double sum = 0;
        for (int p = 0; p < tracked.length; p += 3) {
            for (int row = 0; row < 3; row++) {
                double d = rotation[3 * row] * tracked[p]
                        + rotation[3 * row + 1] * tracked[p + 1]
                        + rotation[3 * row + 2] * tracked[p + 2]
                        + translation[row]
                        - image[p + row];
                sum += d * d;
            }
        }
        return Math.sqrt(sum * 3 / tracked.length);
    }

    /** A coordinate in the image of a point of the tracker; axis 0, 1 or 2. */
    public double toImage(int axis, double x, double y, double z) {
        return rotation[3 * axis] * x + rotation[3 * axis + 1] * y + rotation[3 * axis + 2] * z + translation[axis];
    }

    /** A coordinate in the frame of the tracker of a point of the image; axis 0, 1 or 2. */
    public double toTracker(int axis, double x, double y, double z) {
        return rotation[axis] * (x - translation[0])
                + rotation[3 + axis] * (y - translation[1])
                + rotation[6 + axis] * (z - translation[2]);
    }

    /** Root mean square distance between the fiducials after registration. It says how well they fit, not how exact the target is. */
    public double fiducialRegistrationError() {
        return fiducialError;
    }

    /** Root mean square error with which a single fiducial is localised, as given or estimated: FRE^2 = (1 - 2/N) FLE^2. */
    public double fiducialLocalisationError() {
        return localisationError;
    }

    /**
     * Root mean square error to be expected at a target: TRE^2 = FLE^2 / N (1 + 1/3 sum of d_k^2 / f_k^2), with the distances d of the target and f of the fiducials from the principal axes of the fiducials.
     *
     * @param x of the target in the image, as y and z
     */
    public double targetRegistrationError(double x, double y, double z) {
        double dx = x - centre[0];
        double dy = y - centre[1];
        double dz = z - centre[2];
        double length = dx * dx + dy * dy + dz * dz;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double along = axes[3 * k] * dx + axes[3 * k + 1] * dy + axes[3 * k + 2] * dz;
            sum += Math.max(0, length - along * along) / spread[k];
        }
        return localisationError * Math.sqrt((1 + sum / 3) / fiducials);
    }
}
