package org.oncotwin.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.guidance.Reading.Distance;
import org.oncotwin.guidance.Reading.Tracking;

/** Around a cube of 20 mm. */
@Tag("SR-2106")
class GuidanceTest {

    private static final double[] FIDUCIALS = {-60, 40, 80, 70, 45, 85, 0, -90, 70, -50, -30, 140};

    private static TriangleMesh tumour() {
        TriangleMesh cube = Surfaces.cube();
        double[] coordinates = cube.copyOfCoordinates();
        for (int n = 0; n < coordinates.length; n++) {
            coordinates[n] *= 0.01;
        }
        return TriangleMesh.of(coordinates, cube.copyOfCorners());
    }

    /** The tracker sees the image moved by 100, 200 and 300 mm. */
    private static Guidance guidance(double localisationError) {
        double[] tracked = FIDUCIALS.clone();
        for (int n = 0; n < tracked.length; n++) {
            tracked[n] += 100 * (n % 3 + 1);
        }
        return new Guidance(
                RigidRegistration.of(tracked, FIDUCIALS, localisationError),
                List.of(new Structure("tumour", tumour(), 5)),
                Guidance.Limits.DEFAULT);
    }

    private static TrackedTip tip(double seconds, double x) {
        return new TrackedTip(seconds, 100 + x, 200, 300, true);
    }

    private static Distance only(Reading reading) {
        assertThat(reading.tracking()).isEqualTo(Tracking.TRACKED);
        return reading.distances().get(0);
    }

    /** On its way in: the distance by hand, the probability by another implementation of the normal distribution, the alert from 5 % on. */
    @Test
    void theMarginIsWarnedOfBeforeItIsReached() {
        Guidance guidance = guidance(1);
        RigidRegistration same = RigidRegistration.of(FIDUCIALS, FIDUCIALS, 1);
        boolean warned = false;
        double warnedAt = 0;
        for (int n = 0; n <= 400; n++) {
            double x = 40 - 0.1 * n;
            Distance distance = only(guidance.read(tip(0.01 * n, x)));
            assertThat(distance.millimetres()).isCloseTo(x >= 0 ? x - 10 : -10, within(1e-9));
            double deviation = same.targetRegistrationError(x, 0, 0) / Math.sqrt(3);
            assertThat(distance.standardDeviation()).isCloseTo(deviation, within(1e-9));
            double expected = new NormalDistribution(distance.millimetres(), deviation).cumulativeProbability(5);
            assertThat(distance.withinMargin()).isCloseTo(expected, within(1e-9));
            assertThat(distance.isAlert()).isEqualTo(expected >= 0.05);
            if (distance.isAlert() && !warned) {
                warned = true;
                warnedAt = distance.millimetres();
            }
        }
        assertThat(warnedAt).isBetween(5.5, 8.0);
    }

    @Test
    void withoutErrorTheMarginIsSharp() {
        double[] tracked = FIDUCIALS.clone();
        Guidance exact = new Guidance(
                RigidRegistration.of(tracked, FIDUCIALS, 0),
                List.of(new Structure("tumour", tumour(), 5)),
                Guidance.Limits.DEFAULT);
        assertThat(only(exact.read(new TrackedTip(0, 15.001, 0, 0, true))).isAlert())
                .isFalse();
        assertThat(only(exact.read(new TrackedTip(0.01, 14.999, 0, 0, true))).isAlert())
                .isTrue();
    }

    @Test
    void trackingThatCannotBeReliedOnRaisesAnAlarmAndGivesNoDistance() {
        Guidance guidance = guidance(1);
        assertThat(guidance.read(tip(0, 80)).isAlert()).isFalse();
        assertThat(guidance.read(tip(0.01, 85)).tracking()).isEqualTo(Tracking.TRACKED);
        Reading jump = guidance.read(tip(0.02, 200));
        assertThat(jump.tracking()).isEqualTo(Tracking.JUMP);
        assertThat(jump.isAlert()).isTrue();
        assertThat(jump.distances()).isEmpty();
        assertThat(guidance.read(tip(0.03, 201)).tracking()).isEqualTo(Tracking.TRACKED);
        assertThat(guidance.read(tip(0.03, 201)).tracking()).isEqualTo(Tracking.STALE);
        assertThat(guidance.read(tip(0.5, 201)).tracking()).isEqualTo(Tracking.STALE);
        assertThat(guidance.read(tip(0.51, 201)).tracking()).isEqualTo(Tracking.TRACKED);
        assertThat(guidance.read(new TrackedTip(0.52, 1, 2, 3, false)).tracking())
                .isEqualTo(Tracking.LOST);
        assertThat(guidance.read(tip(0.53, Double.NaN)).tracking()).isEqualTo(Tracking.LOST);
        assertThat(guidance.read(tip(Double.NaN, 1)).tracking()).isEqualTo(Tracking.STALE);
        assertThat(guidance.missing(1).isAlert()).isTrue();
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Guidance.Limits(0, 1, 0.5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("fastest: 0.0 is not allowed; allowed is above 0 and below 1e6 mm/s");
        assertThatThrownBy(() -> new Guidance.Limits(1, Double.NaN, 0.5)).hasMessageContaining("longest-gap: NaN");
        assertThatThrownBy(() -> new Guidance.Limits(1, 1, 1)).hasMessageContaining("alert-probability: 1.0");
        assertThatThrownBy(() -> new Structure("vessel", tumour(), -1))
                .hasMessageContaining("margin of vessel is -1.0");
    }
}
