package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {

    /** A drug that decays with rate lambda over a step of a day: (1 - exp(-lambda)) / lambda. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.1, 1, 9.242, 100, 1000})
    void integratesDecayToRounding(double lambda) {
        double exact = -StrictMath.expm1(-lambda) / lambda;
        assertThat(GaussLegendre.integral(t -> StrictMath.exp(-lambda * t), 0, 1))
                .isCloseTo(exact, within(3e-15 * exact));
    }

    @Test
    void endsSoonWhereTheIntegralCancels() {
        int[] evaluations = {0};
        double integral = GaussLegendre.integral(
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
