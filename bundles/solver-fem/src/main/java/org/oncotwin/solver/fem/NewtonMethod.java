package org.oncotwin.solver.fem;

import java.util.Optional;
import org.oncotwin.api.twin.Cancellation;

/**
 * Newton's method with a line search: steps are shortened until the potential energy falls enough (Armijo; near the minimum, where rounding hides the fall, by slopes: Hager, Zhang, SIAM J. Optim. 16 (2005) 170-192). Linear equations are solved as closely as
 * the step deserves (Eisenstat, Walker, SIAM J. Sci. Comput. 17 (1996) 16-32). Where the second derivative is not positive definite, what makes it so is left out.
 */
final class NewtonMethod {

    private static final int MOST_ITERATIONS = 60;
    private static final int MOST_HALVINGS = 25;
    private static final double ARMIJO = 1e-4;
    private static final double LEAST_FORCING = 1e-10;

    private final Body body;
    private final Equilibrium equilibrium;
    private final BlockMatrix matrix;
    private final ConjugateGradients linear;
    private final boolean quadratic;
    private final Cancellation cancellation;

    private final double[] right;
    private final double[] step;
    private final double[] trial;
    private int iterations;
    private double residual;

    NewtonMethod(
            Body body,
            Equilibrium equilibrium,
            BlockMatrix matrix,
            ConjugateGradients linear,
            boolean quadratic,
            Cancellation cancellation) {
        this.body = body;
        this.equilibrium = equilibrium;
        this.matrix = matrix;
        this.linear = linear;
        this.quadratic = quadratic;
        this.cancellation = cancellation;
        right = new double[3 * body.nodes];
        step = new double[3 * body.nodes];
        trial = new double[3 * body.nodes];
    }

    /** Iterations of all equilibria together. */
    int iterations() {
        return iterations;
    }

    /** Forces out of balance over all forces, at the displacements that were reached last. */
    double residual() {
        return residual;
    }

    /**
     * Leads held components to their places and the rest of the body along, as far as the tangent tells.
     *
     * @param u displacements
     * @param change what is added to the held components, 0 elsewhere
     */
    void lead(double[] u, double[] change) {
        equilibrium.evaluate(u);
        equilibrium.assemble(u, false, matrix);
        if (!predict(change)) {
            equilibrium.assemble(u, true, matrix);
            predict(change);
        }
        for (int n = 0; n < u.length; n++) {
            u[n] += step[n] + change[n];
        }
    }

    private boolean predict(double[] change) {
        matrix.multiply(change, right);
        for (int n = 0; n < right.length; n++) {
            right[n] = -right[n] - equilibrium.gradient()[n];
        }
        iterations++;
        return linear.solve(right, quadratic ? LEAST_FORCING : 1e-3, step) != ConjugateGradients.End.INDEFINITE;
    }

    /**
     * Moves the components that are not held until the forces balance.
     *
     * @return why it was given up; empty if they balance
     */
    Optional<String> balance(double[] u, double tolerance) {
        equilibrium.evaluate(u);
        for (int n = 0; n < MOST_ITERATIONS; n++) {
            cancellation.check();
            double unbalanced = equilibrium.unbalanced();
            double forces = equilibrium.forces();
            residual = unbalanced == 0 ? 0 : unbalanced / forces;
            if (equilibrium.refusesInversion() && !(equilibrium.smallestDeterminant() > 0)) {
                return Optional.of("a tetrahedron is inverted");
            }
            if (!Double.isFinite(residual)) {
                return Optional.of("forces are not finite");
            }
            if (unbalanced <= tolerance * forces || unbalanced <= equilibrium.rounding()) {
                return Optional.empty();
            }
            iterations++;
            solve(
                    u,
                    Math.max(
                            LEAST_FORCING,
                            Math.max(
                                    quadratic ? 0 : Math.min(1e-2, residual),
                                    Math.min(0.5, 0.3 * tolerance / residual))));
            if (!search(u)) {
                return Optional.of("no step makes the energy fall");
            }
        }
        return Optional.of(MOST_ITERATIONS + " iterations are not enough");
    }

    private void solve(double[] u, double forcing) {
        for (int n = 0; n < right.length; n++) {
            right[n] = -equilibrium.gradient()[n];
        }
        equilibrium.assemble(u, false, matrix);
        if (linear.solve(right, forcing, step) == ConjugateGradients.End.INDEFINITE) {
            equilibrium.assemble(u, true, matrix);
            linear.solve(right, forcing, step);
        }
    }

    /** Goes along the step as far as the energy falls, the forces there are then evaluated; false if it does nowhere. */
    private boolean search(double[] u) {
        double before = equilibrium.potential();
        double slope = slope();
        double length = 1;
        boolean upright = equilibrium.smallestDeterminant() > 0;
        for (int n = 0; n <= MOST_HALVINGS; n++) {
            cancellation.check();
            for (int m = 0; m < u.length; m++) {
                trial[m] = u[m] + length * step[m];
            }
            equilibrium.evaluate(trial);
            boolean inverted = equilibrium.refusesInversion() && upright && !(equilibrium.smallestDeterminant() > 0);
            double change = equilibrium.potential() - before;
            boolean falls = change <= ARMIJO * length * slope;
            boolean level =
                    Math.abs(change) <= 1e-10 * equilibrium.energies() && Math.abs(slope()) <= 0.9 * Math.abs(slope);
            if (!inverted && (falls || level)) {
                System.arraycopy(trial, 0, u, 0, u.length);
                return true;
            }
            length /= 2;
        }
        equilibrium.evaluate(u);
        return false;
    }

    /** Derivative of the potential energy along the step. */
    private double slope() {
        double sum = 0;
        double[] gradient = equilibrium.gradient();
        for (int n = 0; n < step.length; n++) {
            if (!body.held[n]) {
                sum += gradient[n] * step[n];
            }
        }
        return sum;
    }
}
