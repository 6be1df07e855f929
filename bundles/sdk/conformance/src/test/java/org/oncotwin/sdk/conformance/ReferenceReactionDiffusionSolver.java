package org.oncotwin.sdk.conformance;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * The plainest solver that obeys the laws, to test the contract with: finite volumes, Strang splitting, explicit Euler diffusion in steps half as long as is stable, the reaction in
 * closed form. On one thread, whatever it is allowed. It has no tolerance: its steps are equal, or those prescribed.
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
                Set.of(SolverKind.REACTION_DIFFUSION),
                Set.of(),
                List.of("Takes very many steps on fine grids."),
                List.of("Strang 1968, SIAM J Numer Anal 5:506-517, https://doi.org/10.1137/0705041"));
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem p, Execution execution) {
        if (p.medium().orientation().isPresent()) {
            throw new SolverException("the reference solver knows no diffusion that differs by direction");
        }
        double[] d = diffusion(p.medium());
        StepSequence steps = p.steps().prescribed().orElseGet(() -> equalSteps(p, d));
        double[] u = p.initial().toArray();
        for (int index = 0; index < u.length; index++) {
            u[index] = p.medium().contains(index) ? u[index] : 0;
        }
        double[] next = new double[u.length];
        double longest = 0;
        double from = p.interval().start().days();
        for (int n = 0; n < steps.count(); n++) {
            execution.cancellation().check();
            double to = steps.end(n);
            double middle = from + (to - from) / 2;
            react(p, u, from, middle);
            diffuse(p.grid(), d, u, next, to - from);
            double[] old = u;
            u = next;
            next = old;
            react(p, u, middle, to);
            requireFinite(u, to);
            longest = Math.max(longest, to - from);
            from = to;
        }
        return new ReactionDiffusionSolution(
                Field.owning(p.grid(), u),
                steps,
                new SolverStatistics(
                        ID, steps.count(), 0, steps.count(), OptionalDouble.empty(), OptionalDouble.empty(), longest));
    }

    private static StepSequence equalSteps(ReactionDiffusionProblem p, double[] d) {
        double longest =
                Math.min(stableStep(p.grid(), d) / 2, p.steps().largestStep().orElse(Double.POSITIVE_INFINITY));
        double days = p.interval().days();
        // A step may exceed the largest by rounding.
        int steps = (int) Math.max(1, Math.ceil(days / longest * (1 - 1e-12)));
        double[] ends = new double[steps];
        for (int n = 1; n < steps; n++) {
            ends[n - 1] = p.interval().start().days() + days * n / steps;
        }
        ends[steps - 1] = p.interval().end().days();
        return StepSequence.endingAt(ends);
    }

    private static double stableStep(Grid grid, double[] d) {
        double largest = 0;
        for (double one : d) {
            largest = Math.max(largest, one);
        }
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            sum += 1 / (grid.spacing(axis) * grid.spacing(axis));
        }
        return largest == 0 ? 1 : 1 / (2 * largest * sum);
    }

    /** Kill and logistic growth in closed form, in this order. */
    private static void react(ReactionDiffusionProblem p, double[] u, double from, double to) {
        double factor = p.proliferationFactor().integral(from, to);
        double[] proliferation = p.medium().proliferation();
        for (int index = 0; index < u.length; index++) {
            if (p.medium().contains(index)) {
                double kill = 0;
                for (ReactionDiffusionProblem.Sink sink : p.sinks()) {
                    kill += sink.rate().integral(from, to) * sink.weight().at(index);
                }
                double v = kill == 0 ? u[index] : u[index] * StrictMath.exp(-kill);
                double growth = proliferation[p.medium().classOf(index)]
                        * p.medium().relativeProliferation().at(index)
                        * factor;
                u[index] = v / (v / p.carryingCapacity() - (v / p.carryingCapacity() - 1) * StrictMath.exp(-growth));
            }
        }
    }

    private static void diffuse(Grid g, double[] d, double[] u, double[] next, double step) {
        System.arraycopy(u, 0, next, 0, u.length);
        for (int k = 0; k < g.nz(); k++) {
            for (int j = 0; j < g.ny(); j++) {
                for (int i = 0; i < g.nx(); i++) {
                    int here = g.index(i, j, k);
                    exchange(g, d, u, next, here, i + 1 < g.nx() ? g.index(i + 1, j, k) : here, 0, step);
                    exchange(g, d, u, next, here, j + 1 < g.ny() ? g.index(i, j + 1, k) : here, 1, step);
                    exchange(g, d, u, next, here, k + 1 < g.nz() ? g.index(i, j, k + 1) : here, 2, step);
                }
            }
        }
    }

    /** What leaves one voxel enters the other, so that mass is conserved to rounding. Outside D is 0, so nothing crosses the boundary. */
    private static void exchange(Grid g, double[] d, double[] u, double[] next, int a, int b, int axis, double step) {
        if (a != b && d[a] + d[b] > 0) {
            double between = 2 * d[a] * d[b] / (d[a] + d[b]);
            double h = g.spacing(axis);
            double flow = step * between / (h * h) * (u[b] - u[a]);
            next[a] += flow;
            next[b] -= flow;
        }
    }

    /** D in mm2/d per voxel, 0 outside. */
    private static double[] diffusion(Medium medium) {
        double[] byClass = medium.diffusion();
        double[] d = new double[medium.grid().size()];
        for (int index = 0; index < d.length; index++) {
            d[index] = medium.contains(index)
                    ? byClass[medium.classOf(index)]
                            * medium.relativeDiffusion().at(index)
                    : 0;
        }
        return d;
    }

    private static void requireFinite(double[] u, double day) {
        for (int index = 0; index < u.length; index++) {
            if (!Double.isFinite(u[index])) {
                throw new SolverException("density is " + u[index] + " at voxel " + index + " at day " + day);
            }
        }
    }
}
