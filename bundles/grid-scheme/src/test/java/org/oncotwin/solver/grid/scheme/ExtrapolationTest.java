package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtrapolationTest {

    /** Two rows: Richardson's 4/3 and -1/3. Three: 1/24, -16/15, 81/40 (Hairer, Norsett, Wanner, section II.9, from equation 9.10 with n = 1, 2, 3). */
    @Test
    void hasTheWeightsOfTheBook() {
        assertThat(Extrapolation.weights(1, 1)).containsExactly(1);
        assertThat(Extrapolation.weights(1, 2)).containsExactly(new double[] {-1.0 / 3, 4.0 / 3}, within(1e-15));
        assertThat(Extrapolation.weights(1, 3))
                .containsExactly(new double[] {1.0 / 24, -16.0 / 15, 81.0 / 40}, within(1e-15));
        assertThat(Extrapolation.weights(2, 3)).containsExactly(new double[] {0, -4.0 / 5, 9.0 / 5}, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "2, 3", "1, 4", "2, 4", "1, 5"})
    void cancelsAllPowersOfTheSquareOfTheSubstepThatItCan(int first, int last) {
        double[] weights = Extrapolation.weights(first, last);
        for (int power = 0; power <= last - first; power++) {
            double sum = 0;
            for (int j = 1; j <= last; j++) {
                sum += weights[j - 1] * Math.pow(j, -2.0 * power);
            }
            assertThat(sum).as("power %d", power).isCloseTo(power == 0 ? 1 : 0, within(2e-14));
        }
        for (int j = 1; j < first; j++) {
            assertThat(weights[j - 1]).isZero();
        }
    }
}
