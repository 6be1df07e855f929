package org.oncotwin.solver.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.twin.Cancellation;

/** Exponentials of matrices. Published values are those that src/test/python/exponentials.py printed (mpmath 1.3.0, 60 digits; SciPy 1.17.1 agrees to 1e-14). */
@Tag("SR-304")
class TransitionTest {

    private static final double[] GENERAL = {
        0.3, -1.2, 0.7, 2.0, 1.1, -0.4, 0.0, -0.9, -2.5, 0.6, 0.2, 1.3, 0.8, -0.1, -1.7, -0.6
    };
    private static final double[] DEFECTIVE = {-2, 1, 0, 0, -2, 1, 0, 0, -2};
    private static final double[] THREE_COMPARTMENTS = {-6, 1.5, 0.125, 4, -1.5, 0, 0.75, 0, -0.125};
    private static final double[] LARGE = {-100, 40, -3, 55, -80, 20, 1, -7, -30};

    @Test
    @DisplayName("a general matrix is that of SciPy and mpmath")
    void general() {
        assertClose(
                exponential(GENERAL, 1),
                5e-15,
                2.0572064704055544,
                -1.5182336559582554,
                -0.9668730490227749,
                2.239003709480805,
                0.46456524703347235,
                0.414253724151529,
                0.3008797090355784,
                0.24448143645395456,
                -2.0493758162518403,
                1.5806242392912924,
                0.935974415264376,
                -1.3916870157069121,
                2.265184968201978,
                -1.409620452099851,
                -1.281850455886786,
                1.7381717818253957);
    }

    @Test
    @DisplayName("a defective matrix is that of SciPy and mpmath")
    void defective() {
        double e = 0.1353352832366127;
        assertClose(exponential(DEFECTIVE, 1), 1e-15, e, e, 0.06766764161830635, 0, e, e, 0, 0, e);
    }

    @Test
    @DisplayName("three compartments are those of SciPy and mpmath")
    void threeCompartments() {
        assertClose(
                exponential(THREE_COMPARTMENTS, 1),
                2e-15,
                0.11111490712138437,
                0.14967783286510417,
                0.029000367677692603,
                0.3991408876402778,
                0.551133561204551,
                0.04807917073144414,
                0.17400220606615563,
                0.10817813414574932,
                0.8971821391956071);
    }

    @Test
    @DisplayName("what has decayed by many orders of magnitude keeps its digits")
    void decayed() {
        assertClose(
                exponential(LARGE, 1),
                1e-13,
                7.383837736672956e-17,
                8.595847185732458e-17,
                -9.428831986581862e-17,
                1.1938937308687255e-16,
                1.3670267884469407e-16,
                -1.2210051163147714e-16,
                4.738243039595601e-17,
                4.5128127637119474e-17,
                7.283587343397153e-17);
    }

    @Test
    @DisplayName("a rotation turns, and a thousand turns do not stretch it")
    void rotation() {
        double[] turned = exponential(new double[] {0, 3, -3, 0}, 1);
        assertThat(turned[0]).isEqualTo(StrictMath.cos(3), within(1e-15));
        assertThat(turned[1]).isEqualTo(StrictMath.sin(3), within(1e-15));
        double[] often = exponential(new double[] {0, 2 * Math.PI, -2 * Math.PI, 0}, 1000);
        assertThat(often[0]).isEqualTo(1, within(1e-11));
        assertThat(often[1]).isEqualTo(0, within(1e-11));
    }

    @Test
    @DisplayName("the exponential of 0 is the identity, to the bit")
    void zero() {
        assertThat(exponential(new double[9], 17)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    @DisplayName("random Metzler matrices of all sizes and speeds, entry by entry, against 60 digits")
    void randomMetzler() {
        Random random = new Random(20261123);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + trial % 6;
            double[] matrix = new double[n * n];
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    if (i != j && random.nextDouble() < 0.7) {
                        matrix[i * n + j] = Math.pow(10, random.nextDouble() * 4 - 3);
                        sum += matrix[i * n + j];
                    }
                }
                // From growth by 0.2 a day over compartments without loss to a loss of 1 a day.
                matrix[j * n + j] = trial % 3 == 0 ? -sum : -sum + (trial % 3 == 1 ? 0.2 : -1) * random.nextDouble();
            }
            double time = 0.01 + 3 * random.nextDouble();
            // The relative error that the rounding of the matrix itself makes is its norm times time.
            assertClose(exponential(matrix, time), 1e-12, ExactExponential.of(n, matrix, time));
        }
    }

    @Test
    @DisplayName("rates that differ by 1e8: fast and slow entries keep their digits")
    void stiff() {
        // Two compartments that exchange in a thousandth of a second, and a slow way out of one into a third.
        double[] cluster = {-1e8, 1e8, 0, 1e8, -1e8 - 1, 0, 0, 1, 0};
        assertClose(exponential(cluster, 2), 1e-12, ExactExponential.of(3, cluster, 2));
        double[] apart = {-1e8, 0, 0, -1};
        assertThat(exponential(apart, 1)[3]).isEqualTo(StrictMath.exp(-1), within(1e-16));
        // Not Metzler: the fast one takes from the slow one.
        double[] general = {-1e8, 2, -3, -1};
        double[] exact = ExactExponential.of(2, general, 1);
        double[] actual = exponential(general, 1);
        for (int e = 0; e < 4; e++) {
            assertThat(actual[e]).isEqualTo(exact[e], within(1e-14));
        }
    }

    @Test
    @DisplayName("sums of columns: 100 thousand times the same transition keeps an amount to 1e-12")
    void columnSums() {
        Random random = new Random(7);
        for (int trial = 0; trial < 20; trial++) {
            int n = 2 + trial % 5;
            double[] matrix = new double[n * n];
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    if (i != j) {
                        matrix[i * n + j] = Math.pow(10, random.nextDouble() * 8 - 4);
                        matrix[j * n + j] -= matrix[i * n + j];
                    }
                }
            }
            Transition transition = transition(Linear.fixed(matrix, new double[n]), 0.7);
            double[] from = new double[n];
            double[] to = new double[n];
            from[0] = 1;
            for (int k = 0; k < 100_000; k++) {
                transition.apply(from, to);
                double[] done = from;
                from = to;
                to = done;
            }
            double sum = 0;
            for (double value : from) {
                assertThat(value).isNotNegative();
                sum += value;
            }
            assertThat(sum).as("trial %d", trial).isEqualTo(1, within(1e-12));
        }
    }

    @Test
    @DisplayName("a constant input adds up as the closed form says, large or small beside the rates")
    void input() {
        for (double k : new double[] {1e-9, 0.3, 200}) {
            for (double b : new double[] {1e-12, 1, 1e12, -5}) {
                double[] to = new double[1];
                transition(Linear.fixed(new double[] {-k}, b), 1.5).apply(new double[1], to);
                assertThat(to[0]).isEqualTo(b * -StrictMath.expm1(-k * 1.5) / k, within(2e-15 * Math.abs(to[0])));
            }
        }
        // y' = J y + (1, 2) with a turning J: y(t) = J^-1 (exp(J t) - I) (1, 2).
        double[] to = new double[2];
        transition(Linear.fixed(new double[] {0, 3, -3, 0}, 1, 2), 0.5).apply(new double[2], to);
        double c = StrictMath.cos(1.5) - 1;
        double s = StrictMath.sin(1.5);
        assertThat(to[0]).isEqualTo(-(-s + 2 * c) / 3, within(1e-15));
        assertThat(to[1]).isEqualTo((c + 2 * s) / 3, within(1e-15));
    }

    @Test
    @DisplayName("derivatives along a direction are those of the exponential, Metzler or not")
    void derivatives() {
        double[] direction = {0.5, -1, 0.25, 2, 0.125, -0.5, 1, 0.75, -0.25};
        for (double sign : new double[] {1, -1}) {
            double[] base = {-2, 0.5, 1, 1.5, -3, 0.25, 0.5, 2, -1};
            base[1] *= sign;
            LinearOdeSystem system = Linear.system(
                    3,
                    1,
                    (p, a) -> {
                        for (int e = 0; e < 9; e++) {
                            a[e] = base[e] + p[0] * direction[e];
                        }
                    },
                    (p, b) -> {
                        b[0] = 1;
                        b[1] = p[0];
                        b[2] = 0;
                    });
            Coefficients c = new Coefficients(system, 0, new double[1], new double[][] {{1}});
            for (double time : new double[] {0.01, 1, 40}) {
                Transition transition = new Transition(3, 1);
                transition(c, 1, time, transition);
                // exp([[A, dA], [0, A]]) has the derivative as its block, here with b as a fourth column.
                double[] block = new double[64];
                double[] b = {1, 0, 0};
                double[] db = {0, 1, 0};
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        block[i * 8 + j] = base[i * 3 + j];
                        block[(i + 4) * 8 + j + 4] = base[i * 3 + j];
                        block[i * 8 + j + 4] = direction[i * 3 + j];
                    }
                    block[i * 8 + 3] = b[i];
                    block[(i + 4) * 8 + 7] = b[i];
                    block[i * 8 + 7] = db[i];
                }
                double[] exact = ExactExponential.of(8, block, time);
                double largest = 0;
                for (int i = 0; i < 3; i++) {
                    for (int j = 4; j < 8; j++) {
                        largest = Math.max(largest, Math.abs(exact[i * 8 + j]));
                    }
                }
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        assertThat(transition.changeAlong[0][i * 3 + j])
                                .isEqualTo(exact[i * 8 + 4 + j], within(2e-14 * largest));
                    }
                    assertThat(transition.gainAlong[0][i]).isEqualTo(exact[i * 8 + 7], within(2e-14 * largest));
                }
            }
        }
    }

    private static double[] exponential(double[] matrix, double time) {
        int n = (int) Math.round(Math.sqrt(matrix.length));
        Transition transition = transition(Linear.fixed(matrix, new double[n]), time);
        double[] result = new double[n * n];
        double[] unit = new double[n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            unit[j] = 1;
            transition.apply(unit, column);
            unit[j] = 0;
            for (int i = 0; i < n; i++) {
                result[i * n + j] = column[i];
            }
        }
        return result;
    }

    private static Transition transition(LinearOdeSystem system, double time) {
        Coefficients c = new Coefficients(system, 0, new double[system.parameters()], new double[0][]);
        Transition transition = new Transition(system.dimension(), 0);
        transition(c, 0, time, transition);
        return transition;
    }

    private static void transition(Coefficients c, int directions, double time, Transition into) {
        int n = c.input.length;
        if (c.metzler) {
            new MetzlerExponential(n, directions).compute(c, time, directions > 0, into, Cancellation.NEVER);
        } else {
            new PadeExponential(n, directions).compute(c, time, directions > 0, into, Cancellation.NEVER);
        }
    }

    private static void assertClose(double[] actual, double relative, double... expected) {
        for (int e = 0; e < expected.length; e++) {
            assertThat(actual[e]).as("entry %d", e).isEqualTo(expected[e], within(relative * Math.abs(expected[e])));
        }
    }
}
