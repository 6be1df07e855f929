package org.oncotwin.treatment.pbpk;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.apache.commons.math3.exception.MathArithmeticException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.oncotwin.api.solver.SolverException;

/**
 * Amounts as sums of exponentials: the eigenvalues of A, real or in complex pairs, its eigenvectors and how amounts become coordinates along them. Of a pair one eigenvalue is kept; amounts are real parts.
 */
final class Modes {

    private static final double RESIDUAL = 1e-11;
    private static final int TRIALS = 100;

    /** Subtracted from the eigenvalues for the decomposition, which takes an eigenvalue of 0, that of a drug that stays, for a defect. In 1/d. */
    private static final double SHIFT = 1;

    private final int count;
    private final double[] real;
    private final double[] imaginary;

    /** Amount in a compartment for a unit of a coordinate, real and imaginary part: [compartment][mode]. */
    private final double[][] amountReal;

    private final double[][] amountImaginary;

    /** Coordinate for a unit of an amount: [mode][compartment]. */
    private final double[][] coordinateReal;

    private final double[][] coordinateImaginary;

    private Modes(int count, int compartments) {
        this.count = count;
        real = new double[count];
        imaginary = new double[count];
        amountReal = new double[compartments][count];
        amountImaginary = new double[compartments][count];
        coordinateReal = new double[count][compartments];
        coordinateImaginary = new double[count][compartments];
    }

    /**
     * The modes of a circulation.
     *
     * @throws SolverException if two eigenvalues are too close to be told apart
     */
    static Modes of(Circulation circulation) {
        int n = circulation.count();
        double best = Double.POSITIVE_INFINITY;
        Integer[] order = new Integer[n];
        for (int place = 0; place < n; place++) {
            order[place] = place;
        }
        // From fast to slow, as the QR algorithm likes it. The decomposition of Commons Math 3.6.1 misses eigenvalues
        // of some matrices all the same, and finds them in another order.
        Arrays.sort(order, Comparator.comparingDouble(place -> circulation.rates()[place][place]));
        SplittableRandom shuffle = new SplittableRandom(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            Attempt attempt = Attempt.of(circulation, order);
            if (attempt.defect() <= RESIDUAL) {
                return of(circulation, order, attempt);
            }
            best = Math.min(best, attempt.defect());
            for (int place = n - 1; place > 0; place--) {
                int other = shuffle.nextInt(place + 1);
                Integer moved = order[place];
                order[place] = order[other];
                order[other] = moved;
            }
        }
        throw new SolverException("modes of the exchange between organs are known to " + best + " only; allowed is "
                + RESIDUAL + ". Two of its rates are too close: change one slightly");
    }

    /** A decomposition and the error of it, relative to the matrix. */
    private record Attempt(double[] real, double[] imaginary, RealMatrix vectors, RealMatrix inverse, double defect) {

        static Attempt of(Circulation circulation, Integer[] order) {
            double[] scale = circulation.scale();
            int n = order.length;
            double[][] scaled = new double[n][n];
            for (int row = 0; row < n; row++) {
                for (int column = 0; column < n; column++) {
                    scaled[row][column] =
                            circulation.rates()[order[row]][order[column]] * scale[order[column]] / scale[order[row]];
                }
                scaled[row][row] -= SHIFT;
            }
            RealMatrix matrix = new Array2DRowRealMatrix(scaled, false);
            try {
                EigenDecomposition eigen = new EigenDecomposition(matrix);
                RealMatrix vectors = eigen.getV();
                RealMatrix inverse = new LUDecomposition(vectors, 0).getSolver().getInverse();
                RealMatrix rest = matrix.subtract(vectors.multiply(eigen.getD()).multiply(inverse));
                return new Attempt(
                        eigen.getRealEigenvalues(),
                        eigen.getImagEigenvalues(),
                        vectors,
                        inverse,
                        rest.getNorm() / matrix.getNorm());
            } catch (MathArithmeticException | MathIllegalStateException | SingularMatrixException e) {
                return new Attempt(new double[0], new double[0], matrix, matrix, Double.POSITIVE_INFINITY);
            }
        }
    }

    private static Modes of(Circulation circulation, Integer[] order, Attempt found) {
        double[] scale = circulation.scale();
        int n = scale.length;
        double[] re = found.real();
        double[] im = found.imaginary();
        int pairs = 0;
        for (double part : im) {
            pairs += part > 0 ? 1 : 0;
        }
        Modes modes = new Modes(n - pairs, n);
        int column = 0;
        for (int mode = 0; mode < modes.count; mode++) {
            boolean pair = im[column] != 0;
            modes.real[mode] = re[column] + SHIFT;
            modes.imaginary[mode] = im[column];
            for (int row = 0; row < n; row++) {
                int place = order[row];
                modes.amountReal[place][mode] = scale[place] * found.vectors().getEntry(row, column);
                modes.coordinateReal[mode][place] = found.inverse().getEntry(column, row) / scale[place];
                if (pair) {
                    modes.amountImaginary[place][mode] =
                            scale[place] * found.vectors().getEntry(row, column + 1);
                    modes.coordinateImaginary[mode][place] = -found.inverse().getEntry(column + 1, row) / scale[place];
                }
            }
            modes.keepMass(mode, circulation.eliminated());
            column += pair ? 2 : 1;
        }
        return modes;
    }

    /**
     * The sum of amounts in a mode falls by what is eliminated and by nothing else. In slow modes this gives the eigenvalue more digits than the decomposition, whose error is one of the fastest rate; where amounts of both signs
     * cancel, it gives fewer.
     */
    private void keepMass(int mode, double[] eliminated) {
        double sum = 0;
        double sizes = 0;
        double loss = 0;
        for (int place = 0; place < eliminated.length; place++) {
            double amount = amountReal[place][mode];
            sum += amount;
            sizes += Math.abs(amount);
            loss += eliminated[place] * amount;
        }
        if (imaginary[mode] == 0 && Math.abs(sum) > 0.5 * sizes) {
            real[mode] = -loss / sum;
        }
    }

    /** Number of modes. */
    int count() {
        return count;
    }

    double real(int mode) {
        return real[mode];
    }

    double imaginary(int mode) {
        return imaginary[mode];
    }

    /** Coordinates, real parts and then imaginary parts, of amounts of 1 in a compartment. */
    double[] coordinates(int compartment) {
        double[] coordinates = new double[2 * count];
        for (int mode = 0; mode < count; mode++) {
            coordinates[mode] = coordinateReal[mode][compartment];
            coordinates[count + mode] = coordinateImaginary[mode][compartment];
        }
        return coordinates;
    }

    /** What a unit of each coordinate, real parts and then imaginary parts, adds to a weighted sum of amounts. */
    double[] reading(double[] weights) {
        double[] reading = new double[2 * count];
        for (int place = 0; place < weights.length; place++) {
            if (weights[place] != 0) {
                for (int mode = 0; mode < count; mode++) {
                    reading[mode] += weights[place] * amountReal[place][mode];
                    reading[count + mode] += weights[place] * amountImaginary[place][mode];
                }
            }
        }
        return reading;
    }
}
