package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolynomialFitTest {

    /** The largest growth over a step is 5 (SplittingMethod), so exponents reach from 0 to 5 over the rates. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-6, 1e-3, 0.1, 1, 2.5})
    void isExactToRounding(double half) {
        double[] fit = PolynomialFit.of(z -> StrictMath.expm1(half * (1 + z)), false);
        double scale = StrictMath.expm1(2 * half);
        for (double z = -1; z <= 1; z += 1.0 / 64) {
            double exact = StrictMath.expm1(half * (1 + z));
            assertThat(PolynomialFit.at(fit, z)).isCloseTo(exact, within(2e-15 * scale + 1e-16));
        }
    }

    @Test
    void takesAsFewCoefficientsAsMatter() {
        assertThat(PolynomialFit.of(z -> 3 + 2 * z - z * z * z, false)).hasSize(4);
        assertThat(PolynomialFit.of(z -> 7, false)).hasSize(1);
        assertThat(PolynomialFit.of(z -> StrictMath.exp(1e-3 * z), false).length)
                .isBetween(5, 7);
    }

    @Test
    void isTheValueAtTheMiddleIfThereIsOneRate() {
        assertThat(PolynomialFit.of(z -> 5 + z, true)).containsExactly(5);
    }
}
