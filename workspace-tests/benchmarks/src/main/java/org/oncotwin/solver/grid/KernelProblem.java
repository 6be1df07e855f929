package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial;
import org.oncotwin.solver.grid.scheme.ReactionFlow;
import org.oncotwin.solver.grid.scheme.ReactionStep;

/** The parts of a step of the solver, one by one, for measuring; in this package because nothing outside it needs them. */
public final class KernelProblem implements AutoCloseable {

    private static final double DAYS = 0.5;

    private final ThreadTeam team;
    private final TileFields fields;
    private final DiffusionPolynomial oneSweep;
    private final DiffusionPolynomial twoSweeps;
    private final ReactionStep reaction;
    private final long swept;

    /** Fields of a medium with an initial density; the reaction is that of a problem. */
    public KernelProblem(ReactionDiffusionProblem problem, int threads) {
        Medium medium = problem.medium();
        Field initial = problem.initial();
        TileOperator operator = new TileOperator(medium);
        team = new ThreadTeam(threads);
        fields = new TileFields(operator, medium, List.of(), team);
        fields.load(initial, 0);
        // Short of the bound of stability, so that every repetition is one of a field that stays as it is or smoother.
        double days = Math.min(DAYS, 0.5 / operator.largestLoss);
        oneSweep = DiffusionPolynomial.taylor(days, 1, 1);
        twoSweeps = DiffusionPolynomial.taylor(days, 2, 1);
        reaction = new ReactionFlow(problem, operator.rates).over(0, 1e-6);
        long count = 0;
        for (int tile = 0; tile < operator.tiles.count; tile++) {
            count += operator.tiles.swept(tile);
        }
        swept = count;
    }

    /** Places that a sweep goes over, those beside the medium in its tiles included. */
    public long swept() {
        return swept;
    }

    /** One application of the diffusion operator: out = u + h L u. */
    public void sweep() {
        fields.diffuse(oneSweep);
    }

    /** One substep: two applications of the diffusion operator and a reaction. */
    public void substep() {
        fields.diffuseAndReact(twoSweeps, reaction);
    }

    /** A reaction alone. */
    public void react() {
        fields.react(reaction);
    }

    @Override
    public void close() {
        fields.close();
        team.close();
    }
}
