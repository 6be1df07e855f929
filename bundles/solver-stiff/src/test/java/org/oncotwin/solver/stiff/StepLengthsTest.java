package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths of steps. */
class StepLengthsTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-290, 3e-17, 1e-4, 0.5, 1, 1.7, 32, 243, 1e9, 1e290})
    void fifthRootsAreRightToTheLastDigits(double value) {
        double root = StepLengths.fifthRoot(value);
        assertThat(root * root * root * root * root / value - 1).isBetween(-3e-15, 3e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.1, 0.9})
    void noStepGrowsAfterARejectedOne(double error) {
        StepLengths lengths = new StepLengths();
        double next = lengths.afterRejected(1, 20);
        assertThat(next).isBetween(0.2, 0.6);
        assertThat(lengths.afterAccepted(next, error)).isLessThanOrEqualTo(next);
        assertThat(lengths.afterAccepted(next, error)).isLessThanOrEqualTo(6 * next);
        assertThat(lengths.afterFailed(next)).isEqualTo(next / 4);
    }
}
