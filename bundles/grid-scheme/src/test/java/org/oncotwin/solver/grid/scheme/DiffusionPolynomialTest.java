package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;

/**
 * Polynomials of a diffusion operator against its exponential by dense eigen-decomposition (Commons Math). The operator couples 48 voxels in a ring, each with its neighbour
 * by a coupling between 0.01 and 1 per day, and every seventh with one farther away.
 */
class DiffusionPolynomialTest {

    private static final int SIZE = 48;
    private static final double[][] OPERATOR = operator();

    /** Largest sum of couplings of a voxel, so half of a bound of the spectrum. */
    private static final double LOSS = loss();

    private static final EigenDecomposition MODES = new EigenDecomposition(new Array2DRowRealMatrix(OPERATOR));

    private static double[][] operator() {
        double[][] l = new double[SIZE][SIZE];
        Random random = new Random(7);
        for (int i = 0; i < SIZE; i++) {
            couple(l, i, (i + 1) % SIZE, 0.01 + 0.99 * random.nextDouble());
            if (i % 7 == 0) {
                couple(l, i, (i + 19) % SIZE, 0.5);
            }
        }
        return l;
    }

    private static void couple(double[][] l, int i, int j, double w) {
        l[i][j] += w;
        l[j][i] += w;
        l[i][i] -= w;
        l[j][j] -= w;
    }

    private static double loss() {
        double largest = 0;
        for (int i = 0; i < SIZE; i++) {
            largest = Math.max(largest, -OPERATOR[i][i]);
        }
        return largest;
    }

    private static double[] times(double[] u) {
        double[] product = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            // As differences, as solvers do it: a constant is mapped to 0 exactly.
            for (int j = 0; j < SIZE; j++) {
                product[i] += j == i ? 0 : OPERATOR[i][j] * (u[j] - u[i]);
            }
        }
        return product;
    }

    /** The stages as documented. */
    private static double[] apply(DiffusionPolynomial polynomial, double[] u) {
        double[] now = u;
        for (int part = 0; part < polynomial.parts(); part++) {
            double[] start = now;
            double[] before = new double[SIZE];
            for (Stage s : polynomial.stages()) {
                double[] rate = times(now);
                double[] next = new double[SIZE];
                for (int i = 0; i < SIZE; i++) {
                    next[i] = s.ofStart() * start[i]
                            + s.ofLast() * now[i]
                            + s.ofOperator() * rate[i]
                            + s.ofLastButOne() * before[i];
                }
                before = now;
                now = next;
            }
        }
        return now;
    }

    private static double[] exponential(double days, double[] u) {
        double[] amplitudes = MODES.getVT().operate(u);
        for (int m = 0; m < SIZE; m++) {
            amplitudes[m] *= Math.exp(days * Math.min(0, MODES.getRealEigenvalue(m)));
        }
        return MODES.getV().operate(amplitudes);
    }

    /** Values of 0 and 1, so that all modes are there. */
    private static double[] rough() {
        Random random = new Random(11);
        return random.doubles(SIZE).map(x -> x < 0.3 ? 1 : 0).toArray();
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < SIZE; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** The remainder of the Taylor polynomial in one part is at most (2 h s / parts)^(order + 1) / (order + 1)! for a spectrum that reaches to -2 s, and parts add up. */
    @ParameterizedTest
    @CsvSource({
        "0.01, 2", "0.1, 2", "0.5, 2", "1, 2", "2.5, 2", "6, 2", "0.01, 4", "0.1, 4", "0.5, 4", "1, 4", "2.5, 4", "6, 4"
    })
    void taylorErrsByItsRemainder(double load, int order) {
        DiffusionPolynomial polynomial = DiffusionPolynomial.taylor(load / LOSS, order, (int) Math.ceil(load));
        assertThat(polynomial.applications()).isEqualTo(order * polynomial.parts());
        double remainder =
                polynomial.parts() * Math.pow(2 * load / polynomial.parts(), order + 1) / (order == 2 ? 6 : 120);
        double error = norm(subtract(apply(polynomial, rough()), exponential(load / LOSS, rough())));
        assertThat(error).isLessThan(remainder * norm(rough()) + 1e-13);
        // It is no better than its order either.
        assertThat(error).isGreaterThan(1e-3 * Math.pow(load / polynomial.parts(), order + 1) / 120);
    }

    private static double[] subtract(double[] a, double[] b) {
        double[] difference = new double[SIZE];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double norm(double[] a) {
        return Math.sqrt(Arrays.stream(a).map(x -> x * x).sum());
    }

    @ParameterizedTest
    @CsvSource({
        "6.01, 1e-3", "6.01, 1e-6", "6.01, 1e-10", "6.01, 1e-14",
        "10, 1e-3", "10, 1e-6", "10, 1e-10", "10, 1e-14",
        "30, 1e-3", "30, 1e-6", "30, 1e-10", "30, 1e-14",
        "100, 1e-3", "100, 1e-6", "100, 1e-10", "100, 1e-14",
        "300, 1e-3", "300, 1e-6", "300, 1e-10", "300, 1e-14",
        "1000, 1e-3", "1000, 1e-6", "1000, 1e-10", "1000, 1e-14"
    })
    void chebyshevKeepsToItsError(double load, double error) {
        DiffusionPolynomial polynomial = DiffusionPolynomial.chebyshev(load / LOSS, LOSS, error);
        assertThat(polynomial.parts()).isEqualTo(1);
        double[] difference = subtract(apply(polynomial, rough()), exponential(load / LOSS, rough()));
        // The dropped coefficients sum to the error at most; scaling the rest to sum to 1 can add as much again. Sums
        // of a hundred stages round.
        assertThat(norm(difference)).isLessThan((2 * error + 1e-13) * norm(rough()));
        // The degree grows with the square root of the width: the expansion is within exp(-k^2 / width) of the truth.
        assertThat((double) polynomial.applications())
                .isLessThan(5 + Math.sqrt(2 * load * Math.max(1, 1.5 * Math.log(4 / error))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 1, 3, 6, 7, 20, 100, 1000})
    void theSumIsKeptAndAConstantStays(double load) {
        for (double error : new double[] {1e-3, 1e-6, 1e-12}) {
            DiffusionPolynomial polynomial = load > 6
                    ? DiffusionPolynomial.chebyshev(load / LOSS, LOSS, error)
                    : DiffusionPolynomial.taylor(load / LOSS, 2, (int) Math.ceil(load));
            double[] start = rough();
            double sum = Arrays.stream(start).sum();
            assertThat(Arrays.stream(apply(polynomial, start)).sum()).isCloseTo(sum, within(1e-13 * sum));
            double[] constant = new double[SIZE];
            Arrays.fill(constant, 0.7);
            assertThat(largestDifference(apply(polynomial, constant), constant)).isLessThan(0.7e-13);
        }
    }

    /** From any field of 0 and 1: each part is a convex combination. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.999, 1, 1.7, 5.5, 6})
    void taylorKeepsBounds(double load) {
        for (int order : new int[] {1, 2, 3, 4}) {
            DiffusionPolynomial polynomial = DiffusionPolynomial.taylor(load / LOSS, order, (int) Math.ceil(load));
            for (int place = 0; place < SIZE; place++) {
                double[] one = new double[SIZE];
                one[place] = 1;
                for (double value : apply(polynomial, one)) {
                    assertThat(value).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void nothingIsDoneWhereNothingDiffuses() {
        assertThat(DiffusionPolynomial.none().stages()).isEmpty();
        assertThat(DiffusionPolynomial.none().applications()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.2, 1", "1, 1", "1.01, 2", "3, 3", "3.01, 0", "1e9, 0"})
    void longStepsTakeTheChebyshevExpansion(double load, int parts) {
        assertThat(DiffusionPolynomial.parts(load)).isEqualTo(parts);
    }
}
