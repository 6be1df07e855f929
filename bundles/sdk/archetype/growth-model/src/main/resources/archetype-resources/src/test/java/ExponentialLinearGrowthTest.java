package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.oncotwin.api.growth.VolumeEffects;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.ReferenceOdeSolver;

/** The equation against what is known of it: far below lambda1 / lambda0 it is exponential, far above it is linear. */
class ExponentialLinearGrowthTest {

    private static final ExponentialLinearGrowth GROWTH = new ExponentialLinearGrowth(0.27, 0.8);

    private static double after(double volume, double days, double killRate) {
        return GROWTH.volumeAfter(
                volume,
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(days)),
                new VolumeEffects(TimeFunction.constant(1), TimeFunction.constant(1), TimeFunction.constant(killRate)),
                DirectSolvers.of(new ReferenceOdeSolver(), Execution.sequential()),
                1e-10);
    }

    @Test
    void aSmallTumourGrowsExponentially() {
        double expected = 0.01 * Math.exp(0.27 * 10);
        assertThat(after(0.01, 10, 0)).isCloseTo(expected, within(1e-8 * expected));
    }

    @Test
    void aLargeTumourGrowsLinearly() {
        assertThat(after(30, 100, 0)).isCloseTo(30 + 0.8 * 100, within(1e-6));
    }

    @Test
    void aKillRateIsTakenOffTheExponentialRate() {
        double expected = 0.01 * Math.exp((0.27 - 0.1) * 10);
        assertThat(after(0.01, 10, 0.1)).isCloseTo(expected, within(1e-8 * expected));
    }

    @Test
    void noTumourStaysNoTumour() {
        assertThat(after(0, 100, 0)).isZero();
    }
}
