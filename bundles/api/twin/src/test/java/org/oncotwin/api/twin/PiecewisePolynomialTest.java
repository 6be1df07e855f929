package org.oncotwin.api.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions as polynomials on pieces, and curves of them, against closed forms. */
class PiecewisePolynomialTest {

    private static final double[] DOSES = {7, 14};

    /** Three doses on days 0, 7 and 14 that decay at a rate per day. */
    private static DoubleUnaryOperator decay(double rate) {
        return day -> {
            double sum = 0;
            for (double dose : new double[] {0, 7, 14}) {
                sum += day >= dose ? StrictMath.exp(-rate * (day - dose)) : 0;
            }
            return sum;
        };
    }

    /** Half-lives of a day, of temozolomide, of minutes, and of seconds, in a year: none is lost between the places that are looked at. */
    @ParameterizedTest(name = "half-life {0} d")
    @ValueSource(doubles = {1, 0.075, 0.0055, 0.0001})
    void decayAfterDosesIsKeptHoweverShortItIs(double halfLife) {
        double rate = StrictMath.log(2) / halfLife;
        DoubleUnaryOperator exact = decay(rate);
        PiecewisePolynomial function = PiecewisePolynomial.approximating(exact, DOSES, 0, 365, 1e-12);
        assertThat(function.integral(0, 365)).isCloseTo(3 / rate, within(1e-10 / rate));
        assertThat(function.integral(14, 14 + halfLife)).isCloseTo((0.5 + tail(rate)) / rate, within(1e-10 / rate));
        for (double day = 0; day < 21; day += 0.37 * halfLife + 0.01) {
            assertThat(function.at(day)).isCloseTo(exact.applyAsDouble(day), within(1e-10));
        }
        assertThat(function.jumps(-1, 365)).containsExactly(0, 7, 14);
        assertThat(function.jumps(0, 14)).containsExactly(7);
        Curve curve =
                Curve.of("c", "C", "1", function, new Interval(SimulationTime.ofDays(0), SimulationTime.ofDays(365)));
        assertThat(curve.at(14)).isCloseTo(1 + tail(rate) * 2, within(1e-6 + 2 * tail(rate)));
        assertThat(curve.at(14 + halfLife)).isCloseTo(exact.applyAsDouble(14 + halfLife), within(2e-3));
    }

    private static double tail(double rate) {
        double earlier = StrictMath.exp(-7 * rate) + StrictMath.exp(-14 * rate);
        return earlier * 0.5;
    }

    /** A drug by mouth is 0 at the dose and peaks later. */
    @Test
    void peakAfterADoseByMouthIsInTheCurve() {
        double fast = StrictMath.log(2) / 0.0125;
        double slow = StrictMath.log(2) / 0.075;
        TimeFunction function = PiecewisePolynomial.approximating(
                day -> day < 28 ? 0 : StrictMath.exp(-slow * (day - 28)) - StrictMath.exp(-fast * (day - 28)),
                new double[] {28},
                0,
                300,
                1e-12);
        double peakDay = 28 + StrictMath.log(fast / slow) / (fast - slow);
        double peak = StrictMath.exp(-slow * (peakDay - 28)) - StrictMath.exp(-fast * (peakDay - 28));
        Curve curve =
                Curve.of("c", "C", "1", function, new Interval(SimulationTime.ofDays(0), SimulationTime.ofDays(300)));
        assertThat(curve.values().stream().mapToDouble(v -> v).max().orElseThrow())
                .isCloseTo(peak, within(2e-3 * peak));
        assertThat(curve.days()).hasSizeLessThan(2000);
        assertThat(function.integral(0, 300)).isCloseTo(1 / slow - 1 / fast, within(1e-11));
    }

    @Test
    void polynomialsAreExactWithTheirIntegrals() {
        PiecewisePolynomial cubic =
                PiecewisePolynomial.approximating(x -> x * x * x - 2 * x, new double[0], -1, 3, 1e-13);
        assertThat(cubic.at(2)).isCloseTo(4, within(1e-12));
        assertThat(cubic.at(3)).isCloseTo(21, within(1e-12));
        assertThat(cubic.integral(-1, 3)).isCloseTo(20 - 8, within(1e-12));
        assertThat(cubic.integral(-5, 0)).isCloseTo(-0.25 + 1, within(1e-12));
        assertThat(cubic.at(-2)).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        PiecewisePolynomial one = PiecewisePolynomial.approximating(x -> 1, new double[0], 0, 1, 1e-12);
        assertThatThrownBy(() -> one.at(1.5)).hasMessage("day 1.5 is after the last day, 1.0");
        assertThatThrownBy(() -> PiecewisePolynomial.approximating(x -> Double.NaN, new double[0], 0, 1, 1e-12))
                .hasMessageContaining("value NaN on day");
        assertThatThrownBy(() -> PiecewisePolynomial.approximating(x -> 1, new double[] {2}, 0, 1, 1e-12))
                .hasMessage("a jump on day 2.0, not from day 0.0 to day 1.0");
        assertThatThrownBy(() -> PiecewisePolynomial.approximating(x -> 1, new double[0], 1, 1, 1e-12))
                .hasMessage("no time between day 1.0 and day 1.0");
    }
}
