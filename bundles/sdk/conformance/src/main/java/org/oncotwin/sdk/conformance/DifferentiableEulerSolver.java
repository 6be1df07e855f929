package org.oncotwin.sdk.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

/**
 * The plainest solver that differentiates itself, to test models and engines with: in each step the reaction in closed form, then diffusion by one explicit Euler step, and the transpose of the derivative
 * of both by hand. Its steps are half as long as is stable; it takes no notice of tolerances. On one thread, first order in time, not for real use.
 */
public final class DifferentiableEulerSolver implements DifferentiableReactionDiffusionSolver {

    private static final String ID = "differentiable-euler";

    /** Keeps nothing. */
    public DifferentiableEulerSolver() {}

    @Override
    public SolverDescription description() {
        return new SolverDescription(
                ID,
                "Explicit Euler with its transpose, for tests",
                1,
                false,
                Set.of(SolverKind.REACTION_DIFFUSION),
                Set.of(SolverFeature.PULL_BACK),
                List.of("Takes very many steps on fine grids.", "Diffusion must be the same in all directions."),
                List.of());
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
        StepSequence steps = problem.steps().prescribed().orElseGet(() -> equalSteps(problem));
        double[] u = inside(problem);
        double longest = 0;
        for (int n = 0; n < steps.count(); n++) {
            execution.cancellation().check();
            double from = start(problem, steps, n);
            u = step(problem, u, from, steps.end(n));
            longest = Math.max(longest, steps.end(n) - from);
        }
        for (int index = 0; index < u.length; index++) {
            if (!Double.isFinite(u[index])) {
                throw new SolverException("density is " + u[index] + " at voxel " + index + " at "
                        + problem.interval().end());
            }
        }
        return new ReactionDiffusionSolution(
                Field.owning(problem.grid(), u),
                steps,
                new SolverStatistics(
                        ID, steps.count(), 0, steps.count(), OptionalDouble.empty(), OptionalDouble.empty(), longest));
    }

    /** Keeps all states if memory holds them, else two, computing each state again from the start. */
    @Override
    public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
        ReactionDiffusionProblem problem = question.problem();
        StepSequence steps = problem.steps().prescribed().orElseThrow();
        long bytes = 8L * problem.grid().size();
        if (question.memory() < 2 * bytes) {
            throw new SolverException(question.memory() + " bytes is not enough; " + 2 * bytes + " are needed");
        }
        boolean keeps = bytes * steps.count() <= question.memory();
        double[][] kept = new double[steps.count()][];
        if (keeps) {
            kept[0] = inside(problem);
            for (int n = 1; n < kept.length; n++) {
                kept[n] = step(problem, kept[n - 1], start(problem, steps, n - 1), steps.end(n - 1));
            }
        }
        Sums sums = new Sums(question);
        double[] cotangent = question.cotangent().toArray();
        for (int index = 0; index < cotangent.length; index++) {
            cotangent[index] = problem.medium().contains(index) ? cotangent[index] : 0;
        }
        for (int n = steps.count() - 1; n >= 0; n--) {
            execution.cancellation().check();
            double[] u = keeps ? kept[n] : again(problem, steps, n);
            cotangent = pullBack(question, u, start(problem, steps, n), steps.end(n), cotangent, sums);
        }
        return sums.gradient(problem.grid(), cotangent, question.maps(), keeps ? bytes * steps.count() : 2 * bytes);
    }

    private static double[] again(ReactionDiffusionProblem problem, StepSequence steps, int count) {
        double[] u = inside(problem);
        for (int n = 0; n < count; n++) {
            u = step(problem, u, start(problem, steps, n), steps.end(n));
        }
        return u;
    }

    private static double start(ReactionDiffusionProblem problem, StepSequence steps, int n) {
        return n == 0 ? problem.interval().start().days() : steps.end(n - 1);
    }

    private static StepSequence equalSteps(ReactionDiffusionProblem p) {
        double largest = 0;
        for (int index = 0; index < p.grid().size(); index++) {
            largest = p.medium().contains(index) ? Math.max(largest, diffusion(p.medium(), index)) : largest;
        }
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            sum += 1 / (p.grid().spacing(axis) * p.grid().spacing(axis));
        }
        double stable = largest == 0 ? 1 : 1 / (4 * largest * sum);
        double longest = Math.min(stable, p.steps().largestStep().orElse(1));
        int count = (int) Math.max(1, Math.ceil(p.interval().days() / longest * (1 - 1e-12)));
        double[] ends = new double[count];
        for (int n = 1; n < count; n++) {
            ends[n - 1] = p.interval().start().days() + p.interval().days() * n / count;
        }
        ends[count - 1] = p.interval().end().days();
        return StepSequence.endingAt(ends);
    }

    private static double[] inside(ReactionDiffusionProblem p) {
        if (p.medium().orientation().isPresent()) {
            throw new SolverException("diffusion must be the same in all directions");
        }
        double[] u = p.initial().toArray();
        for (int index = 0; index < u.length; index++) {
            u[index] = p.medium().contains(index) ? u[index] : 0;
        }
        return u;
    }

    private static double diffusion(Medium medium, int index) {
        return medium.diffusion()[medium.classOf(index)]
                * medium.relativeDiffusion().at(index);
    }

    private static double[] diffusivities(Medium medium) {
        double[] d = new double[medium.grid().size()];
        for (int index = 0; index < d.length; index++) {
            d[index] = medium.contains(index) ? diffusion(medium, index) : 0;
        }
        return d;
    }

    private static double[] step(ReactionDiffusionProblem p, double[] u, double from, double to) {
        double[] reacted = u.clone();
        Reaction reaction = new Reaction(p, from, to);
        for (int index = 0; index < u.length; index++) {
            reacted[index] = p.medium().contains(index) ? reaction.end(index, u[index]) : 0;
        }
        double[] next = reacted.clone();
        double[] d = diffusivities(p.medium());
        forEachFace(p.grid(), (a, b, h) -> {
            double mean = d[a] + d[b] == 0 ? 0 : 2 * d[a] * d[b] / (d[a] + d[b]);
            double flow = (to - from) / (h * h) * mean * (reacted[b] - reacted[a]);
            next[a] += flow;
            next[b] -= flow;
        });
        return next;
    }

    private static double[] pullBack(
            ReactionDiffusionPullBack question, double[] u, double from, double to, double[] cotangent, Sums sums) {
        ReactionDiffusionProblem p = question.problem();
        Reaction reaction = new Reaction(p, from, to);
        double[] reacted = u.clone();
        for (int index = 0; index < u.length; index++) {
            reacted[index] = p.medium().contains(index) ? reaction.end(index, u[index]) : 0;
        }
        double[] d = diffusivities(p.medium());
        double[] before = cotangent.clone();
        forEachFace(p.grid(), (a, b, h) -> {
            double sum = d[a] + d[b];
            if (sum > 0) {
                double rate = (to - from) / (h * h);
                double difference = cotangent[a] - cotangent[b];
                before[a] -= rate * 2 * d[a] * d[b] / sum * difference;
                before[b] += rate * 2 * d[a] * d[b] / sum * difference;
                double byMean = rate * (reacted[b] - reacted[a]) * difference;
                sums.diffusion(p.medium(), a, byMean * 2 * d[b] * d[b] / (sum * sum));
                sums.diffusion(p.medium(), b, byMean * 2 * d[a] * d[a] / (sum * sum));
            }
        });
        double[] factors = question.directions().stream()
                .mapToDouble(direction -> direction.proliferationFactor().integral(from, to))
                .toArray();
        List<double[]> kills = question.directions().stream()
                .map(direction -> integrals(direction.sinks(), from, to))
                .toList();
        for (int index = 0; index < u.length; index++) {
            if (p.medium().contains(index)) {
                before[index] = reaction.pullBack(index, u[index], before[index], question, factors, kills, sums);
            } else {
                before[index] = 0;
            }
        }
        return before;
    }

    private static double[] integrals(List<Sink> sinks, double from, double to) {
        return sinks.stream().mapToDouble(s -> s.rate().integral(from, to)).toArray();
    }

    private interface Face {
        void between(int a, int b, double distance);
    }

    private static void forEachFace(Grid g, Face face) {
        for (int k = 0; k < g.nz(); k++) {
            for (int j = 0; j < g.ny(); j++) {
                for (int i = 0; i < g.nx(); i++) {
                    int here = g.index(i, j, k);
                    if (i + 1 < g.nx()) {
                        face.between(here, g.index(i + 1, j, k), g.spacing(0));
                    }
                    if (j + 1 < g.ny()) {
                        face.between(here, g.index(i, j + 1, k), g.spacing(1));
                    }
                    if (k + 1 < g.nz()) {
                        face.between(here, g.index(i, j, k + 1), g.spacing(2));
                    }
                }
            }
        }
    }

    /** Kill, then logistic growth, over one step: {@code v = u e^-k}, {@code w = v / q} with {@code q = v/K (1 - E) + E} and {@code E = e^-g}. */
    private static final class Reaction {

        private final ReactionDiffusionProblem p;
        private final double factor;
        private final double[] kills;
        private final double[] rates;

        Reaction(ReactionDiffusionProblem p, double from, double to) {
            this.p = p;
            this.factor = p.proliferationFactor().integral(from, to);
            this.kills = integrals(p.sinks(), from, to);
            this.rates = p.medium().proliferation();
        }

        private double surviving(int index) {
            double kill = 0;
            for (int s = 0; s < kills.length; s++) {
                kill += kills[s] * p.sinks().get(s).weight().at(index);
            }
            return StrictMath.exp(-kill);
        }

        private double rest(int index) {
            return StrictMath.exp(-rates[p.medium().classOf(index)]
                    * p.medium().relativeProliferation().at(index)
                    * factor);
        }

        double end(int index, double u) {
            double v = u * surviving(index);
            double rest = rest(index);
            return v / (v / p.carryingCapacity() * (1 - rest) + rest);
        }

        double pullBack(
                int index,
                double u,
                double cotangent,
                ReactionDiffusionPullBack question,
                double[] factors,
                List<double[]> directionKills,
                Sums sums) {
            double surviving = surviving(index);
            double v = u * surviving;
            double rest = rest(index);
            double k = p.carryingCapacity();
            double q = v / k * (1 - rest) + rest;
            double byV = cotangent * rest / (q * q);
            double byGrowth = cotangent * v * (1 - v / k) * rest / (q * q);
            sums.carryingCapacity += cotangent * v * v * (1 - rest) / (k * k * q * q);
            int c = p.medium().classOf(index);
            double relative = p.medium().relativeProliferation().at(index);
            sums.proliferation[c] += byGrowth * relative * factor;
            sums.proliferationMap[index] += byGrowth * rates[c] * factor;
            for (int d = 0; d < factors.length; d++) {
                double kill = 0;
                List<Sink> sinks = question.directions().get(d).sinks();
                for (int s = 0; s < sinks.size(); s++) {
                    kill += directionKills.get(d)[s] * sinks.get(s).weight().at(index);
                }
                sums.directions[d] += byGrowth * rates[c] * relative * factors[d] - byV * v * kill;
            }
            return byV * surviving;
        }
    }

    /** Derivatives added up over the steps. */
    private static final class Sums {

        private final double[] diffusion;
        private final double[] proliferation;
        private final double[] directions;
        private final double[] diffusionMap;
        private final double[] proliferationMap;
        private double carryingCapacity;

        Sums(ReactionDiffusionPullBack question) {
            Medium medium = question.problem().medium();
            diffusion = new double[medium.classes()];
            proliferation = new double[medium.classes()];
            directions = new double[question.directions().size()];
            diffusionMap = new double[medium.grid().size()];
            proliferationMap = new double[medium.grid().size()];
        }

        void diffusion(Medium medium, int index, double derivative) {
            int c = medium.classOf(index);
            if (c != 0) {
                diffusion[c] += derivative * medium.relativeDiffusion().at(index);
                diffusionMap[index] += derivative * medium.diffusion()[c];
            }
        }

        ReactionDiffusionGradient gradient(Grid grid, double[] initial, boolean maps, long memory) {
            Arrays.fill(diffusion, 0, 1, 0);
            Arrays.fill(proliferation, 0, 1, 0);
            return new ReactionDiffusionGradient(
                    Field.owning(grid, initial),
                    diffusion,
                    proliferation,
                    carryingCapacity,
                    directions,
                    maps ? Optional.of(Field.owning(grid, diffusionMap)) : Optional.empty(),
                    maps ? Optional.of(Field.owning(grid, proliferationMap)) : Optional.empty(),
                    memory);
        }
    }
}
