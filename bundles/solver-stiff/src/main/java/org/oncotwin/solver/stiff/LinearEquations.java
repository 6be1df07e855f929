package org.oncotwin.solver.stiff;

/** Solves equations with the matrix {@code shift I - J} of a Rosenbrock step. Keeps its memory from one matrix to the next. */
interface LinearEquations {

    /** Forgets what it knows of earlier matrices, so that what follows depends on nothing before. */
    void startAnew();

    /**
     * Takes the matrix apart.
     *
     * @param shift what to add to the diagonal
     * @param jacobian J, in the order of the pattern
     * @return false if it is singular or not finite
     */
    boolean factor(double shift, double[] jacobian);

    /** Solves with the latest matrix, in place. */
    void solve(double[] vector);
}
