package org.oncotwin.treatment.radiation.lq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SR-405")
class LinearQuadraticTest {

    /** Two decimals are published. */
    private static final double PUBLISHED = 0.005;

    /** Radiation Oncology 2021;16:73, table 3 (https://doi.org/10.1186/s13014-021-01802-9), alpha/beta 10 Gy (tumour) and 2 Gy (brain). */
    @Tag("SR-407")
    @ParameterizedTest
    @CsvSource({
        "5, 6, 10, 48, 40",
        "5, 5, 10, 37.5, 31.25",
        "3, 9, 10, 51.3, 42.75",
        "3, 8, 10, 43.2, 36",
        "1, 20, 10, 60, 50",
        "1, 18, 10, 50.4, 42",
        "1, 16, 10, 41.6, 34.67",
        "1, 14, 10, 33.6, 28",
        "1, 12, 10, 26.4, 22",
        "5, 6, 2, 120, 60",
        "5, 5, 2, 87.5, 43.75",
        "3, 9, 2, 148.5, 74.25",
        "3, 8, 2, 120, 60",
        "1, 20, 2, 220, 110",
        "1, 18, 2, 180, 90",
        "1, 16, 2, 144, 72",
        "1, 14, 2, 112, 56",
        "1, 12, 2, 84, 42"
    })
    void brainRadiosurgeryTable(int fractions, double dose, double alphaBeta, double bed, double eqd2) {
        assertDoses(fractions, dose, alphaBeta, bed, eqd2);
    }

    /** Trials 2021, SHARE protocol, table 3 (https://doi.org/10.1186/s13063-021-05708-5): 66 Gy in 33 and 65 Gy in 26 fractions. */
    @Tag("SR-407")
    @ParameterizedTest
    @CsvSource({
        "33, 2, 1.5, 154, 66",
        "33, 2, 10, 79.2, 66",
        "33, 2, 3, 110, 66",
        "26, 2.5, 1.5, 173.33, 74.29",
        "26, 2.5, 10, 81.25, 67.71",
        "26, 2.5, 3, 119.17, 71.5"
    })
    void prostateTrialTable(int fractions, double dose, double alphaBeta, double bed, double eqd2) {
        assertDoses(fractions, dose, alphaBeta, bed, eqd2);
    }

    /** Output of getBED of the R package DVHmetrics 0.4.2. */
    @ParameterizedTest
    @CsvSource({"20, 2.5, 2, 112.5", "20, 2.5, 3, 91.6667", "20, 2.5, 10, 62.5", "3, 18, 10, 151.2"})
    void biologicallyEffectiveDoseOfAnotherProgram(int fractions, double dose, double alphaBeta, double bed) {
        assertThat(LinearQuadratic.of(0.3, alphaBeta).biologicallyEffectiveDose(fractions, dose))
                .isCloseTo(bed, within(5e-5));
    }

    /** Output of getEQD2 of the R package DVHmetrics 0.4.2. */
    @Tag("SR-407")
    @ParameterizedTest
    @CsvSource({"10, 3, 3, 36", "16, 2.5, 3, 44", "3, 18, 10, 126"})
    void equivalentDoseOfAnotherProgram(int fractions, double dose, double alphaBeta, double eqd2) {
        assertThat(LinearQuadratic.of(0.3, alphaBeta).equivalentDoseInTwoGray(fractions, dose))
                .isCloseTo(eqd2, within(1e-12));
    }

    @Test
    void survivingFractionAtTwoGray() {
        // exp(-(0.3 * 2 + 0.03 * 4)), to ten digits.
        assertThat(LinearQuadratic.of(0.3, 10).survivingFraction(2)).isCloseTo(0.4867522560, within(5e-11));
    }

    @Test
    void withoutDoseAllSurvive() {
        assertThat(LinearQuadratic.of(0.3, 10).survivingFraction(0)).isEqualTo(1);
    }

    private static void assertDoses(int fractions, double dose, double alphaBeta, double bed, double eqd2) {
        LinearQuadratic cells = LinearQuadratic.of(0.3, alphaBeta);
        assertThat(cells.biologicallyEffectiveDose(fractions, dose)).isCloseTo(bed, within(PUBLISHED));
        assertThat(cells.equivalentDoseInTwoGray(fractions, dose)).isCloseTo(eqd2, within(PUBLISHED));
    }
}
