package org.oncotwin.treatment.compartments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ExponentialsTest {

    private static double integral(DoubleUnaryOperator f, double to) {
        int panels = 20_000;
        double h = to / panels;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            sum += f.applyAsDouble(i * h) + 4 * f.applyAsDouble((i + 0.5) * h) + f.applyAsDouble((i + 1) * h);
        }
        return sum * h / 6;
    }

    @Test
    void integralsAreThoseOfTheirIntegrands() {
        for (double x : new double[] {0, 1e-12, 1e-6, 1e-3, 0.1, 0.499, 0.501, 1, 3, 30}) {
            assertThat(Exponentials.one(x)).isCloseTo(integral(s -> Math.exp(-x * s), 1), withPercentage(1e-9));
            assertThat(Exponentials.rising(x))
                    .isCloseTo(integral(s -> (1 - s) * Math.exp(-x * s), 1), withPercentage(1e-9));
            assertThat(Exponentials.falling(x)).isCloseTo(integral(s -> s * Math.exp(-x * s), 1), withPercentage(1e-9));
        }
        assertThat(Exponentials.rising(1e300)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void ratesThatCoincideAreNoSpecialCase() {
        for (double difference : new double[] {0, 1e-14, 1e-9, 1e-4, 0.0249, 0.0251, 0.1, 1, 50}) {
            double a = 2;
            double b = 2 + difference;
            double expected = difference < 1e-3
                    ? 4 * Math.exp(-(a + b) / 2 * 4)
                    : (Math.exp(-a * 4) - Math.exp(-b * 4)) / difference;
            assertThat(Exponentials.folded(a, b, 4)).isCloseTo(expected, withPercentage(1e-4));
            assertThat(Exponentials.folded(a, b, 4)).isEqualTo(Exponentials.folded(b, a, 4));
            assertThat(Exponentials.foldedIntegral(a, b, 4))
                    .as("difference %s", difference)
                    .isCloseTo(integral(t -> Exponentials.folded(a, b, t), 4), withPercentage(1e-9));
        }
    }
}
