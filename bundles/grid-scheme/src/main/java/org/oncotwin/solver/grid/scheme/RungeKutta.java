package org.oncotwin.solver.grid.scheme;

/**
 * An explicit Runge-Kutta method with an embedded one of the order below, whose difference to it estimates the error of the lesser of the two.
 *
 * @param nodes c: when each stage is taken, in parts of the step; the first is 0
 * @param matrix a: row i has the weights of the i slopes before stage i
 * @param weights b of the result
 * @param difference b less the weights of the embedded method
 * @param order of the embedded method; the result has one more
 * @param interval for eigenvalues l of the linear test problem from -interval / h to 0 no step h makes the solution larger
 */
public record RungeKutta(
        double[] nodes, double[][] matrix, double[] weights, double[] difference, int order, double interval) {

    /**
     * Kutta's method of order 3 with the midpoint rule of order 2 in it (W. Kutta, Zeitschrift fuer Mathematik und Physik 46 (1901) 435-453; Hairer, Norsett, Wanner: Solving
     * Ordinary Differential Equations I, 2nd ed., table 1.1 of section II.1).
     */
    public static final RungeKutta KUTTA = new RungeKutta(
            new double[] {0, 1 / 2.0, 1},
            new double[][] {{}, {1 / 2.0}, {-1, 2}},
            new double[] {1 / 6.0, 4 / 6.0, 1 / 6.0},
            new double[] {1 / 6.0, 4 / 6.0 - 1, 1 / 6.0},
            2,
            2.51);

    /**
     * The pair of orders 5 and 4 with six stages by Cash and Karp: A variable order Runge-Kutta method for initial value problems with rapidly varying right-hand sides, ACM
     * Transactions on Mathematical Software 16 (1990) 201-222.
     */
    public static final RungeKutta CASH_KARP = new RungeKutta(
            new double[] {0, 1 / 5.0, 3 / 10.0, 3 / 5.0, 1, 7 / 8.0},
            new double[][] {
                {},
                {1 / 5.0},
                {3 / 40.0, 9 / 40.0},
                {3 / 10.0, -9 / 10.0, 6 / 5.0},
                {-11 / 54.0, 5 / 2.0, -70 / 27.0, 35 / 27.0},
                {1631 / 55296.0, 175 / 512.0, 575 / 13824.0, 44275 / 110592.0, 253 / 4096.0}
            },
            new double[] {37 / 378.0, 0, 250 / 621.0, 125 / 594.0, 0, 512 / 1771.0},
            new double[] {
                37 / 378.0 - 2825 / 27648.0,
                0,
                250 / 621.0 - 18575 / 48384.0,
                125 / 594.0 - 13525 / 55296.0,
                -277 / 14336.0,
                512 / 1771.0 - 1 / 4.0
            },
            4,
            3.73);

    /** The stage of largest weight. */
    int heaviest() {
        int heaviest = 0;
        for (int i = 1; i < weights.length; i++) {
            if (weights[i] > weights[heaviest]) {
                heaviest = i;
            }
        }
        return heaviest;
    }

    /** Number of stages. */
    public int stages() {
        return nodes.length;
    }
}
