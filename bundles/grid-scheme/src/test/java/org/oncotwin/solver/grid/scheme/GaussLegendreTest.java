package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

    /** A drug that decays with rate lambda over a step of a day: (1 - exp(-lambda)) / lambda. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.1, 1, 9.242, 100, 1000})
    void integratesDecayToRounding(double lambda) {
        double exact = -StrictMath.expm1(-lambda) / lambda;
        assertThat(integral(t -> StrictMath.exp(-lambda * t), 0, 1)).isCloseTo(exact, within(3e-15 * exact));
    }

    private static double integral(DoubleUnaryOperator function, double from, double to, double... jumps) {
        return new GaussLegendre(t -> new double[] {function.applyAsDouble(t)}, jumps, from, to)
                .of(values -> values[0]);
    }

    /** A dose in the evening after one in the morning: panels end at it, and few are needed. */
    @Test
    void goesFromJumpToJump() {
        double lambda = 9.242;
        int[] evaluations = {0};
        double integral = integral(
                t -> {
                    evaluations[0]++;
                    return StrictMath.exp(-lambda * t) + (t < 0.7 ? 0 : 3 * StrictMath.exp(-lambda * (t - 0.7)));
                },
                0,
                1,
                0.7);
        double exact = -(StrictMath.expm1(-lambda) + 3 * StrictMath.expm1(-lambda * 0.3)) / lambda;
        assertThat(integral).isCloseTo(exact, within(3e-15 * exact));
        assertThat(evaluations[0]).isLessThan(500);
    }

    /** What functions share is taken once for all of them. */
    @Test
    void takesWhatIsSharedOnce() {
        int[] evaluations = {0};
        GaussLegendre times = new GaussLegendre(
                t -> {
                    evaluations[0]++;
                    return new double[] {t};
                },
                new double[0],
                0,
                2);
        assertThat(times.of(t -> t[0] * t[0])).isCloseTo(8 / 3.0, within(1e-15));
        int once = evaluations[0];
        assertThat(times.of(t -> 1 - t[0])).isCloseTo(0, within(1e-15));
        assertThat(evaluations[0]).isEqualTo(once);
    }

    @Test
    void endsSoonWhereTheIntegralCancels() {
        int[] evaluations = {0};
        double integral = integral(
                t -> {
                    evaluations[0]++;
                    return StrictMath.sin(t);
                },
                -1,
                1 + 1e-12);
        // cos(1) - cos(1 + 1e-12) = sin(1) 1e-12
        assertThat(integral).isCloseTo(StrictMath.sin(1) * 1e-12, within(3e-16));
        assertThat(evaluations[0]).isLessThan(300);
    }
}
