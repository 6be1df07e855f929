package org.oncotwin.treatment.compartments;

/**
 * A linear system of a central and up to two peripheral compartments as independent exponentials. With amounts over the square root of the volume as unknowns its matrix is symmetric; Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 2013, section 8.5) give its eigenvalues and eigenvectors to rounding, whatever coincides. Doses enter the central compartment alone, so that the concentration is a sum of exponentials with coefficients that are
 * squares: never negative.
 *
 * @param rates of the exponentials, 1/d
 * @param concentration concentration in mg/L for each mg in an exponential
 * @param amount amount in the body for each mg in an exponential; they sum to 1
 */
record Modes(double[] rates, double[] concentration, double[] amount) {

    private static final int SWEEPS = 60;

    static Modes of(DrugKinetics drug) {
        double[] volumes = {drug.volume(), drug.firstVolume(), drug.secondVolume()};
        double[] exchanges = {0, drug.firstExchange(), drug.secondExchange()};
        int size = 1;
        int[] place = {0, 0, 0};
        for (int peripheral = 1; peripheral < 3; peripheral++) {
            if (exchanges[peripheral] > 0) {
                place[size] = peripheral;
                size++;
            }
        }
        double[][] matrix = new double[size][size];
        double[][] vectors = new double[size][size];
        matrix[0][0] = drug.clearance() / volumes[0];
        vectors[0][0] = 1;
        for (int row = 1; row < size; row++) {
            double exchange = exchanges[place[row]];
            double volume = volumes[place[row]];
            matrix[0][0] += exchange / volumes[0];
            matrix[row][row] = exchange / volume;
            matrix[0][row] = -exchange / Math.sqrt(volumes[0] * volume);
            matrix[row][0] = matrix[0][row];
            vectors[row][row] = 1;
        }
        diagonalise(matrix, vectors);
        double[] rates = new double[size];
        double[] concentration = new double[size];
        double[] amount = new double[size];
        double sum = 0;
        for (int mode = 0; mode < size; mode++) {
            rates[mode] = Math.max(0, matrix[mode][mode]);
            double central = vectors[0][mode];
            concentration[mode] = central * central / volumes[0];
            double spread = 0;
            for (int row = 0; row < size; row++) {
                spread += Math.sqrt(volumes[place[row]] / volumes[0]) * vectors[row][mode];
            }
            amount[mode] = Math.max(0, central * spread);
            sum += amount[mode];
        }
        for (int mode = 0; mode < size; mode++) {
            amount[mode] /= sum;
        }
        return new Modes(rates, concentration, amount);
    }

    private static void diagonalise(double[][] a, double[][] vectors) {
        int size = a.length;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean diagonal = true;
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    double small = 1e-18 * Math.sqrt(Math.abs(a[p][p]) * Math.abs(a[q][q]));
                    if (Math.abs(a[p][q]) > small) {
                        rotate(a, vectors, p, q);
                        diagonal = false;
                    }
                }
            }
            if (diagonal) {
                return;
            }
        }
    }

    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        double moved = tangent * a[p][q];
        a[p][p] -= moved;
        a[q][q] += moved;
        a[p][q] = 0;
        a[q][p] = 0;
        for (int k = 0; k < a.length; k++) {
            if (k != p && k != q) {
                double first = a[k][p];
                double second = a[k][q];
                a[k][p] = cosine * first - sine * second;
                a[p][k] = a[k][p];
                a[k][q] = sine * first + cosine * second;
                a[q][k] = a[k][q];
            }
            double first = vectors[k][p];
            double second = vectors[k][q];
            vectors[k][p] = cosine * first - sine * second;
            vectors[k][q] = sine * first + cosine * second;
        }
    }
}
