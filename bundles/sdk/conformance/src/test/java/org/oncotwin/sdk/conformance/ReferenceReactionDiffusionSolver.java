package org.oncotwin.sdk.conformance;

import java.util.List;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * The plainest solver that obeys the laws, to test the contract with: finite volumes, Strang splitting, explicit Euler diffusion in steps half as long as is stable, the reaction in
 * closed form. On one thread, whatever it is allowed.
 */
class ReferenceReactionDiffusionSolver implements ReactionDiffusionSolver {

    private static final String ID = "reference-explicit";

    @Override
    public SolverDescription description() {
        return new SolverDescription(
                ID,
                "Explicit reaction-diffusion, for tests",
                1,
                false,
                List.of("Takes very many steps on fine grids."),
                List.of("Strang 1968, SIAM J Numer Anal 5:506-517, https://doi.org/10.1137/0705041"));
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution execution) {
        double longest = Math.min(stableStep(p) / 2, p.largestStep().orElse(Double.POSITIVE_INFINITY));
        long steps = Math.max(1, (long) Math.ceil(p.interval().days() / longest));
        double step = p.interval().days() / steps;
        double[] u = p.initial().toArray();
        for (int index = 0; index < u.length; index++) {
            u[index] = p.classes()[index] == 0 ? 0 : u[index];
        }
        double[] next = new double[u.length];
        for (long n = 0; n < steps; n++) {
            execution.cancellation().check();
            double from = p.interval().start().days() + n * step;
            react(p, u, from, from + step / 2);
            diffuse(p, u, next, step);
            double[] old = u;
            u = next;
            next = old;
            react(p, u, from + step / 2, from + step);
            requireFinite(u, from + step);
        }
        return new ReactionDiffusionSolution(
                Field.owning(p.grid(), u), new SolverStatistics(ID, steps, 0, steps, OptionalDouble.empty(), step));
    }

    private static double stableStep(ReactionDiffusionProblem p) {
        double largest = 0;
        for (int c = 1; c < p.diffusion().length; c++) {
            largest = Math.max(largest, p.diffusion()[c]);
        }
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            sum += 1 / (p.grid().spacing(axis) * p.grid().spacing(axis));
        }
        return largest == 0 ? 1 : 1 / (2 * largest * sum);
    }

    /** Kill and logistic growth in closed form, in this order. */
    private static void react(ReactionDiffusionProblem p, double[] u, double from, double to) {
        double factor = p.proliferationFactor().integral(from, to);
        for (int index = 0; index < u.length; index++) {
            if (p.classes()[index] != 0) {
                double kill = 0;
                for (ReactionDiffusionProblem.Sink sink : p.sinks()) {
                    kill += sink.rate().integral(from, to) * sink.weight().at(index);
                }
                double v = kill == 0 ? u[index] : u[index] * StrictMath.exp(-kill);
                double growth = p.proliferation()[p.classes()[index]] * factor;
                u[index] = v / (v / p.carryingCapacity() - (v / p.carryingCapacity() - 1) * StrictMath.exp(-growth));
            }
        }
    }

    private static void diffuse(ReactionDiffusionProblem p, double[] u, double[] next, double step) {
        Grid g = p.grid();
        System.arraycopy(u, 0, next, 0, u.length);
        for (int k = 0; k < g.nz(); k++) {
            for (int j = 0; j < g.ny(); j++) {
                for (int i = 0; i < g.nx(); i++) {
                    int here = g.index(i, j, k);
                    exchange(p, u, next, here, i + 1 < g.nx() ? g.index(i + 1, j, k) : here, 0, step);
                    exchange(p, u, next, here, j + 1 < g.ny() ? g.index(i, j + 1, k) : here, 1, step);
                    exchange(p, u, next, here, k + 1 < g.nz() ? g.index(i, j, k + 1) : here, 2, step);
                }
            }
        }
    }

    /** What leaves one voxel enters the other, so that mass is conserved to rounding. */
    private static void exchange(
            ReactionDiffusionProblem p, double[] u, double[] next, int a, int b, int axis, double step) {
        int classA = p.classes()[a];
        int classB = p.classes()[b];
        if (classA != 0 && classB != 0 && a != b) {
            double da = p.diffusion()[classA];
            double db = p.diffusion()[classB];
            double d = da + db == 0 ? 0 : 2 * da * db / (da + db);
            double h = p.grid().spacing(axis);
            double flow = step * d / (h * h) * (u[b] - u[a]);
            next[a] += flow;
            next[b] -= flow;
        }
    }

    private static void requireFinite(double[] u, double day) {
        for (int index = 0; index < u.length; index++) {
            if (!Double.isFinite(u[index])) {
                throw new SolverException("density is " + u[index] + " at voxel " + index + " at day " + day);
            }
        }
    }
}
