package org.oncotwin.solver.grid.scheme;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionProblem;

/**
 * The one-step method for a problem, as a list of operations. A substep is Strang's: half a reaction, diffusion, half a reaction, each exact or nearly so, so that only the
 * order in which they are taken errs; steps of 1, 2, ... substeps are the rows of a table that is extrapolated ({@link Extrapolation}).
 */
public final class Splitting {

    /** Ratio of the rates of diffusion and growth from which on diffusion is stiff. */
    private static final double STIFF = 10;

    private final ReactionFlow flow;
    private final double largestLoss;
    private final double tolerance;
    private final double length;
    private final double rate;
    private final double scaledTolerance;
    private final int rows;
    private final boolean stiff;

    /**
     * The method for a problem.
     *
     * @param flow its reaction
     * @param largestLoss half of a bound of the spectrum of its diffusion operator in 1/d
     */
    public Splitting(ReactionDiffusionProblem problem, ReactionFlow flow, double largestLoss) {
        this.flow = flow;
        this.largestLoss = largestLoss;
        this.tolerance = problem.steps().relativeTolerance();
        double start = problem.interval().start().days();
        double end = problem.interval().end().days();
        this.length = end - start;
        double growth = flow.growth(start, end) / length;
        this.rate = growth + 0.2 * largestLoss;
        this.scaledTolerance = tolerance / (length * rate);
        this.stiff = 0.2 * largestLoss > STIFF * growth;
        // Measured on a course of 270 days (docs/performance.md): two rows with diffusion of order 2 cost least where
        // the tolerance over a time constant of the problem is loose, three with order 4 where it is tight, and the two
        // cost the same at some 1e-6. Where diffusion is stiff it is the tolerance itself that counts, for in the end
        // reaction limits the steps; until then those of order 2 would be short, and a third row asks for three more
        // Chebyshev expansions in each step (same place, Stiff diffusion).
        this.rows = (stiff ? tolerance > 1e-5 : scaledTolerance > 1e-6) ? 2 : 3;
    }

    /** One operation on a field. */
    public sealed interface Operation permits React, Diffuse {}

    /**
     * The field reacts.
     *
     * @param step coefficients
     * @param from start of the stretch in days since day 0
     * @param to its end
     */
    public record React(ReactionStep step, double from, double to) implements Operation {}

    /**
     * The field diffuses.
     *
     * @param polynomial stages
     */
    public record Diffuse(DiffusionPolynomial polynomial) implements Operation {}

    /** Rows of the table. */
    public int rows() {
        return rows;
    }

    /** Weights of the rows in the value that a step takes. */
    public double[] best() {
        return Extrapolation.weights(1, rows);
    }

    /** Weights of the rows in the value that it is compared with. */
    double[] lower() {
        return Extrapolation.weights(2, rows);
    }

    /** A first step in days from the rates, rather too long than too short: one step tried in vain costs less than many that are shorter than they need be. */
    double firstStep() {
        return rate == 0
                ? Double.POSITIVE_INFINITY
                : Math.pow((rows == 2 ? 5e3 : 5e4) * scaledTolerance, 1.0 / (2 * rows - 2)) / rate;
    }

    /** The operations of a row of the table over a step from one day to a later one. */
    public List<Operation> row(int substeps, double from, double to) {
        double days = (to - from) / substeps;
        DiffusionPolynomial diffusion = diffusion(days, to - from);
        List<Operation> operations = new ArrayList<>();
        operations.add(react(from, from + 0.5 * days));
        for (int n = 0; n < substeps; n++) {
            double middle = from + (n + 0.5) * days;
            if (!diffusion.stages().isEmpty()) {
                operations.add(new Diffuse(diffusion));
            }
            if (n == substeps - 1) {
                operations.add(react(middle, to));
            } else {
                addBetween(operations, middle, from + (n + 1) * days, middle + days);
            }
        }
        return operations;
    }

    /**
     * Diffusion over a substep. Taylor polynomials err, and so all substeps of a step are divided into as many of them: their error is then a series in the length of the
     * substep like the rest, which extrapolation cancels and the estimate sees. A Chebyshev expansion errs by a small part of what the step may.
     *
     * <p>There is no implicit scheme beside these two: in media with a mask or two tissues products of one-dimensional Crank-Nicolson sweeps err so much by their order that they
     * were measured to cost more wherever the error was to be below 1e-4, from s = 10 to 1e5 /d (docs/performance.md, Stiff diffusion).
     */
    private DiffusionPolynomial diffusion(double days, double step) {
        if (largestLoss == 0) {
            return DiffusionPolynomial.none();
        }
        int parts = DiffusionPolynomial.parts(step * largestLoss);
        return parts > 0
                ? DiffusionPolynomial.taylor(days, rows == 2 && !stiff ? 2 : 4, parts)
                : DiffusionPolynomial.chebyshev(days, largestLoss, Math.max(1e-15, 0.02 * tolerance * days / length));
    }

    /** What differs from place to place is split off from the rest of the reaction, so that two halves are not one whole where it acts. */
    private void addBetween(List<Operation> operations, double from, double between, double to) {
        React whole = react(from, to);
        if (whole.step().first().length == 0 && whole.step().second().length == 0) {
            operations.add(whole);
        } else {
            operations.add(react(from, between));
            operations.add(react(between, to));
        }
    }

    private React react(double from, double to) {
        return new React(flow.over(from, to), from, to);
    }
}
