package org.oncotwin.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.InvalidInputException;

@Tag("SR-2105")
class RigidRegistrationTest {

    private static final double[] FIDUCIALS = {
        -60, 40, 80, 70, 45, 85, 0, -90, 70, -50, -30, 140, 65, 20, 130, 5, 95, 20
    };

    private static double[] moved(double[] points, Rotation rotation, Vector3D by, double error, Random random) {
        double[] moved = new double[points.length];
        for (int p = 0; p < points.length; p += 3) {
            Vector3D q = rotation.applyTo(new Vector3D(points[p], points[p + 1], points[p + 2]))
                    .add(by);
            double[] place = q.toArray();
            for (int axis = 0; axis < 3; axis++) {
                moved[p + axis] = place[axis] + error * random.nextGaussian();
            }
        }
        return moved;
    }

    private static Rotation turn(Random random) {
        return new Rotation(
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), true);
    }

    @Test
    void aRigidMotionIsFoundExactlyAndNeverAMirrorImage() {
        Random random = new Random(3);
        for (int n = 0; n < 200; n++) {
            Rotation rotation = turn(random);
            Vector3D by = new Vector3D(100 * random.nextGaussian(), 100 * random.nextGaussian(), 500);
            // Fiducials in a plane fit their mirror image as well.
            double[] image = FIDUCIALS.clone();
            if (n % 2 == 1) {
                for (int p = 2; p < image.length; p += 3) {
                    image[p] = 0;
                }
            }
            RigidRegistration registration = RigidRegistration.of(moved(image, rotation, by, 0, random), image, 0);
            Vector3D target = new Vector3D(10, -20, 30);
            Vector3D tracked = rotation.applyTo(target).add(by);
            for (int axis = 0; axis < 3; axis++) {
                assertThat(registration.toImage(axis, tracked.getX(), tracked.getY(), tracked.getZ()))
                        .isCloseTo(target.toArray()[axis], within(1e-10));
                assertThat(registration.toTracker(axis, target.getX(), target.getY(), target.getZ()))
                        .isCloseTo(tracked.toArray()[axis], within(1e-10));
            }
            assertThat(registration.fiducialRegistrationError()).isLessThan(1e-10);
        }
    }

    /** Against 20,000 registrations with errors of 1 mm in each direction, which know nothing of the formulas: within 2 %, the paper's first order and the spread of so many. */
    @Test
    void errorsAreThoseThatAreExpected() {
        Random random = new Random(5);
        double perAxis = 1;
        double localisation = perAxis * Math.sqrt(3);
        double[] target = {20, 10, 40};
        double targetSquares = 0;
        double fiducialSquares = 0;
        int runs = 20_000;
        for (int n = 0; n < runs; n++) {
            double[] tracked = moved(FIDUCIALS, Rotation.IDENTITY, Vector3D.ZERO, perAxis, random);
            RigidRegistration registration = RigidRegistration.of(tracked, FIDUCIALS, localisation);
            fiducialSquares += Math.pow(registration.fiducialRegistrationError(), 2);
            for (int axis = 0; axis < 3; axis++) {
                targetSquares +=
                        Math.pow(registration.toImage(axis, target[0], target[1], target[2]) - target[axis], 2);
            }
        }
        RigidRegistration exact = RigidRegistration.of(FIDUCIALS, FIDUCIALS, localisation);
        double expected = exact.targetRegistrationError(target[0], target[1], target[2]);
        assertThat(Math.sqrt(targetSquares / runs)).isCloseTo(expected, within(0.02 * expected));
        double fiducial = localisation * Math.sqrt(1 - 2.0 / 6);
        assertThat(Math.sqrt(fiducialSquares / runs)).isCloseTo(fiducial, within(0.02 * fiducial));
        assertThat(exact.targetRegistrationError(200, 10, 40)).isGreaterThan(2 * expected);
    }

    @Test
    void theErrorOfLocalisationIsEstimatedFromTheFitUnlessItIsKnown() {
        double[] tracked = moved(FIDUCIALS, Rotation.IDENTITY, Vector3D.ZERO, 1, new Random(2));
        RigidRegistration estimated = RigidRegistration.of(tracked, FIDUCIALS, 0);
        assertThat(estimated.fiducialLocalisationError())
                .isEqualTo(estimated.fiducialRegistrationError() / Math.sqrt(1 - 2.0 / 6));
        assertThat(RigidRegistration.of(tracked, FIDUCIALS, 0.7).fiducialLocalisationError())
                .isEqualTo(0.7);
    }

    private static void refused(double[] tracked, double[] image, String message) {
        assertThatThrownBy(() -> RigidRegistration.of(tracked, image, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeRegisteredIsRefused() {
        refused(new double[6], new double[6], "2 points; allowed are 3 or more");
        refused(new double[9], new double[12], "as many of both");
        double[] line = {0, 0, 0, 1, 1, 1, 5, 5, 5};
        refused(line, line, "all lie on a line");
        double[] nan = FIDUCIALS.clone();
        nan[4] = Double.NaN;
        refused(nan, FIDUCIALS, "NaN is not allowed");
    }
}
