package org.oncotwin.solver.grid.scheme;

import java.util.List;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.scheme.Splitting.Diffuse;
import org.oncotwin.solver.grid.scheme.Splitting.Operation;
import org.oncotwin.solver.grid.scheme.Splitting.React;

/**
 * Extrapolated splitting, step by step. The error of a step is estimated by the difference of the two best values of the table, which belongs to the lesser one, so that the
 * estimate is on the safe side (local extrapolation).
 */
public final class SplittingMethod implements OneStepMethod {

    /** Largest integral of rho f over a step, so that its reaction is resolved by polynomials of the rate. */
    private static final double LARGEST_GROWTH = 5;

    /** Largest difference of the kill of the two halves of a step, so that the rows of the table resolve a kill that differs from place to place. */
    private static final double LARGEST_UNEVENNESS = 0.1;

    private final Splitting splitting;
    private final ReactionFlow flow;
    private final FieldOperations fields;
    private final Cancellation cancellation;
    private final double[] best;
    private final double[] lower;
    private long applications;

    /**
     * The method for one problem.
     *
     * @param splitting the operations of its steps
     * @param flow the reaction of the problem
     * @param fields the fields, the initial one accepted
     */
    public SplittingMethod(Splitting splitting, ReactionFlow flow, FieldOperations fields, Cancellation cancellation) {
        this.splitting = splitting;
        this.flow = flow;
        this.fields = fields;
        this.cancellation = cancellation;
        this.best = splitting.best();
        this.lower = splitting.lower();
    }

    @Override
    public double attempt(double from, double to) {
        for (int row = 1; row <= splitting.rows(); row++) {
            fields.begin();
            carryOut(splitting.row(row, from, to));
            fields.keep(row - 1);
        }
        return fields.combine(best, lower);
    }

    @Override
    public void accept() {
        fields.accept();
    }

    @Override
    public int order() {
        return 2 * splitting.rows() - 2;
    }

    @Override
    public double firstStep() {
        return splitting.firstStep();
    }

    /** Extrapolation asks for an error that is a series in the length of the substeps, which it is not across a jump. */
    @Override
    public double stop(double from, double end) {
        double[] jumps = flow.jumps(from, end);
        return jumps.length == 0 ? end : jumps[0];
    }

    @Override
    public double longest(double from, double days) {
        double longest = days;
        while (flow.growth(from, from + longest) > LARGEST_GROWTH
                || flow.unevenness(from, from + longest) > LARGEST_UNEVENNESS) {
            longest /= 2;
        }
        return longest;
    }

    @Override
    public long applications() {
        return applications;
    }

    private void carryOut(List<Operation> operations) {
        // Diffusion waits for what follows it, to be done together with a reaction.
        Diffuse waiting = null;
        for (Operation operation : operations) {
            cancellation.check();
            if (operation instanceof Diffuse diffuse) {
                applications += diffuse.polynomial().applications();
                finish(waiting);
                waiting = diffuse;
            } else if (operation instanceof React react) {
                if (waiting == null) {
                    fields.react(react.step());
                } else {
                    fields.diffuseAndReact(waiting.polynomial(), react.step());
                    waiting = null;
                }
            }
        }
        finish(waiting);
    }

    private void finish(Diffuse waiting) {
        if (waiting != null) {
            fields.diffuse(waiting.polynomial());
        }
    }
}
