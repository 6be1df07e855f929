package org.oncotwin.solver.fem;

import java.util.Locale;
import java.util.Optional;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.ElasticityStatistics;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Cancellation;

/** Puts the load on a body, all at once if it can and else in parts, and finds the equilibrium under it. */
final class StaticSolution {

    private static final double SMALLEST_PART = 1.0 / 128;
    private static final int MOST_ROUNDS = 60;

    /** Tolerance while the load is not all on. */
    private static final double ON_THE_WAY = 1e-4;

    /** The pressing forces of a sphere cannot be told more closely. */
    private static final double CLOSEST_CONTACT = 1e-10;

    private final ElasticityProblem problem;
    private final Body body;
    private final Optional<SphereContact> contact;
    private final Equilibrium equilibrium;
    private final ConjugateGradients linear;
    private final NewtonMethod newton;
    private final double[] u;
    private final double[] saved;
    private final double[] change;

    StaticSolution(ElasticityProblem problem, Cancellation cancellation) {
        this.problem = problem;
        cancellation.check();
        body = new Body(problem);
        FreeParts.check(body);
        contact = problem.sphere().map(sphere -> new SphereContact(body, problem.mesh(), sphere));
        equilibrium = new Equilibrium(body, problem, contact);
        BlockMatrix matrix = new BlockMatrix(body);
        linear = new ConjugateGradients(matrix, body.held, cancellation);
        boolean quadratic = problem.law() == ElasticLaw.LINEAR && contact.isEmpty();
        newton = new NewtonMethod(body, equilibrium, matrix, linear, quadratic, cancellation);
        u = new double[3 * body.nodes];
        saved = new double[3 * body.nodes];
        change = new double[3 * body.nodes];
        if (contact.isPresent()) {
            // No load and no pressing forces: the stiffness of the body alone.
            new Equilibrium(body, problem, Optional.empty()).assemble(u, true, matrix);
            contact.get().stiffen(matrix);
        }
    }

    ElasticitySolution solve(String solver) {
        double load = 0;
        double part = 1;
        int parts = 0;
        while (load < 1) {
            double next = Math.min(1, load + part);
            System.arraycopy(u, 0, saved, 0, u.length);
            contact.ifPresent(SphereContact::save);
            Optional<String> failure =
                    put(next, next == 1 ? problem.tolerance() : Math.max(ON_THE_WAY, problem.tolerance()));
            if (failure.isEmpty()) {
                load = next;
                parts++;
            } else {
                System.arraycopy(saved, 0, u, 0, u.length);
                contact.ifPresent(SphereContact::restore);
                part /= 2;
                if (part < SMALLEST_PART) {
                    throw new SolverException(String.format(
                            Locale.ROOT,
                            "no equilibrium of the %s body beyond %.3g of the load: %s; forces out of balance are %.3g of all forces, allowed is %.3g. Put on less load, hold more nodes, take another law or mesh, or loosen the tolerance",
                            problem.law().words(),
                            load,
                            failure.get(),
                            newton.residual(),
                            problem.tolerance()));
                }
            }
        }
        return solution(solver, parts);
    }

    /** Puts on a share of the load; why that failed, if it did. */
    private Optional<String> put(double load, double tolerance) {
        equilibrium.load(load);
        boolean moves = false;
        for (int n = 0; n < u.length; n++) {
            change[n] = body.held[n] ? load * body.prescribed[n] - u[n] : 0;
            moves |= change[n] != 0;
        }
        if (moves) {
            newton.lead(u, change);
            for (int n = 0; n < u.length; n++) {
                if (body.held[n]) {
                    u[n] = load * body.prescribed[n];
                }
            }
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<String> failure = newton.balance(u, tolerance);
            if (failure.isPresent()
                    || contact.isEmpty()
                    || contact.get().change(u) <= Math.max(tolerance, CLOSEST_CONTACT)) {
                return failure;
            }
            contact.get().raise(u);
        }
        return Optional.of("the pressing forces of the sphere do not settle");
    }

    private ElasticitySolution solution(String solver, int parts) {
        equilibrium.evaluate(u);
        double[] reactions = equilibrium.gradient().clone();
        double[] pressing = new double[u.length];
        contact.ifPresent(sphere -> sphere.evaluate(u, pressing, new double[u.length]));
        for (int n = 0; n < u.length; n++) {
            if (!body.held[n]) {
                reactions[n] = 0;
            }
            pressing[n] = 0 - pressing[n];
        }
        return new ElasticitySolution(
                u,
                reactions,
                pressing,
                equilibrium.elastic(),
                new ElasticityStatistics(
                        solver,
                        parts,
                        newton.iterations(),
                        linear.iterations(),
                        newton.residual(),
                        equilibrium.smallestDeterminant(),
                        contact.map(sphere -> sphere.deepest(u)).orElse(0.0)));
    }
}
