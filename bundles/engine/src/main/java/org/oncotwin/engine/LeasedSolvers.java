package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.Solvers;

/** The solvers that a run has leased: the one that the case names, else those with the highest service ranking. */
final class LeasedSolvers implements AutoCloseable {

    private final Optional<Lease<OdeSolver>> ode;
    private final Optional<Lease<ReactionDiffusionSolver>> reactionDiffusion;

    private LeasedSolvers(Optional<Lease<OdeSolver>> ode, Optional<Lease<ReactionDiffusionSolver>> reactionDiffusion) {
        this.ode = ode;
        this.reactionDiffusion = reactionDiffusion;
    }

    /**
     * Leases the best solvers.
     *
     * @param wanted the solver that the case names
     * @param kinds what the plugins of the case hand to solvers
     * @throws InvalidInputException if there is no solver of that id, no plugin would use it, or a kind of problem has no solver
     */
    static LeasedSolvers lease(PluginRegistry registry, Optional<PluginChoice> wanted, Set<SolverKind> kinds) {
        Optional<Offers.Offer<OdeSolver>> ode = named(registry.odeSolverOffers(), wanted);
        Optional<Offers.Offer<ReactionDiffusionSolver>> grid = named(registry.reactionDiffusionSolverOffers(), wanted);
        boolean used = ode.isPresent() && kinds.contains(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)
                || grid.isPresent() && kinds.contains(SolverKind.REACTION_DIFFUSION);
        if ((ode.isPresent() || grid.isPresent()) && !used) {
            throw new InvalidInputException(
                    "growth.solver",
                    "'" + wanted.get().id() + "' would do nothing: the plugins of the case hand solvers "
                            + words(kinds));
        }
        if (wanted.isPresent() && ode.isEmpty() && grid.isEmpty()) {
            List<String> known = new ArrayList<>();
            registry.odeSolverOffers().all().forEach(o -> known.add(o.id()));
            registry.reactionDiffusionSolverOffers().all().forEach(o -> known.add(o.id()));
            throw new InvalidInputException(
                    "growth.solver", "no solver '" + wanted.get().id() + "'; there is " + known);
        }
        refuseMissing(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS, kinds, registry.odeSolverOffers());
        refuseMissing(SolverKind.REACTION_DIFFUSION, kinds, registry.reactionDiffusionSolverOffers());
        return new LeasedSolvers(
                ode.or(registry.odeSolverOffers()::highestRanking).map(registry.odeSolverOffers()::lease),
                grid.or(registry.reactionDiffusionSolverOffers()::highestRanking)
                        .map(registry.reactionDiffusionSolverOffers()::lease));
    }

    private static <T> Optional<Offers.Offer<T>> named(Offers<T> offers, Optional<PluginChoice> wanted) {
        return wanted.filter(choice -> offers.all().stream().anyMatch(o -> o.id().equals(choice.id())))
                .map(choice -> offers.find(choice, "growth.solver", "growth.solver"));
    }

    private static void refuseMissing(SolverKind kind, Set<SolverKind> needed, Offers<?> offers) {
        if (needed.contains(kind) && offers.all().isEmpty()) {
            throw new InvalidInputException(
                    "growth.solver",
                    "no solver for " + kind.words() + " is installed, and the plugins of the case need one");
        }
    }

    private static String words(Set<SolverKind> kinds) {
        return kinds.isEmpty()
                ? "nothing"
                : kinds.stream().map(SolverKind::words).sorted().collect(Collectors.joining(" and "));
    }

    /** Both leases, for watching whether they are withdrawn. */
    List<Lease<?>> leases() {
        List<Lease<?>> leases = new ArrayList<>();
        ode.ifPresent(leases::add);
        reactionDiffusion.ifPresent(leases::add);
        return leases;
    }

    /** These solvers for one run. */
    Counted counted(Execution execution) {
        return new Counted(execution);
    }

    @Override
    public void close() {
        leases().forEach(Lease::close);
    }

    /** Solvers that count what is asked of them. */
    final class Counted implements Solvers {

        private final Execution execution;
        private final TreeMap<String, SolverUse> uses = new TreeMap<>();
        private final TreeMap<String, PluginIdentity> used = new TreeMap<>();

        private Counted(Execution execution) {
            this.execution = execution;
        }

        @Override
        public OdeSolution solve(OdeProblem problem) {
            Lease<OdeSolver> lease = ode.orElseThrow(
                    () -> new SolverException("no solver for ordinary differential equations is installed"));
            OdeSolution solution = lease.plugin().solve(problem, execution);
            count(lease.identity(), solution.statistics());
            return solution;
        }

        @Override
        public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem) {
            Lease<ReactionDiffusionSolver> lease = reactionDiffusion.orElseThrow(
                    () -> new SolverException("no solver for reaction and diffusion on grids is installed"));
            ReactionDiffusionSolution solution = lease.plugin().solve(problem, execution);
            count(lease.identity(), solution.statistics());
            return solution;
        }

        @Override
        public boolean canPullBack() {
            return reactionDiffusion
                    .filter(lease -> lease.plugin() instanceof DifferentiableReactionDiffusionSolver)
                    .isPresent();
        }

        @Override
        public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question) {
            if (reactionDiffusion.isPresent()
                    && reactionDiffusion.get().plugin() instanceof DifferentiableReactionDiffusionSolver solver) {
                ReactionDiffusionGradient gradient = solver.pullBack(question, execution);
                countPullBack(reactionDiffusion.get().identity(), question);
                return gradient;
            }
            return Solvers.super.pullBack(question);
        }

        private void count(PluginIdentity identity, SolverStatistics s) {
            count(
                    identity,
                    new SolverUse(
                            identity.id(),
                            1,
                            s.steps(),
                            s.rejectedSteps(),
                            s.evaluations(),
                            s.tolerance(),
                            s.error(),
                            s.longestStep()));
        }

        /** A call that takes no step of its own and adds nothing to the error of the solutions: it differentiates one that has been counted. */
        private void countPullBack(PluginIdentity identity, ReactionDiffusionPullBack question) {
            OptionalDouble tolerance =
                    OptionalDouble.of(question.problem().steps().relativeTolerance());
            count(identity, new SolverUse(identity.id(), 1, 0, 0, 0, tolerance, OptionalDouble.of(0), 0));
        }

        private synchronized void count(PluginIdentity identity, SolverUse use) {
            used.put(identity.id(), identity);
            uses.merge(identity.id(), use, Counted::add);
        }

        private static SolverUse add(SolverUse a, SolverUse b) {
            OptionalDouble tolerance =
                    a.tolerance().isPresent() && b.tolerance().isPresent()
                            ? OptionalDouble.of(Math.max(
                                    a.tolerance().getAsDouble(), b.tolerance().getAsDouble()))
                            : OptionalDouble.empty();
            OptionalDouble error = a.error().isPresent() && b.error().isPresent()
                    ? OptionalDouble.of(a.error().getAsDouble() + b.error().getAsDouble())
                    : OptionalDouble.empty();
            return new SolverUse(
                    a.solver(),
                    a.calls() + b.calls(),
                    a.steps() + b.steps(),
                    a.rejectedSteps() + b.rejectedSteps(),
                    a.evaluations() + b.evaluations(),
                    tolerance,
                    error,
                    Math.max(a.longestStep(), b.longestStep()));
        }

        /** Goes on counting where an earlier part of the run left off. */
        synchronized void goOnFrom(List<SolverUse> earlier) {
            earlier.forEach(use -> uses.merge(use.solver(), use, Counted::add));
        }

        synchronized List<SolverUse> uses() {
            return List.copyOf(uses.values());
        }

        synchronized List<PluginIdentity> used() {
            return List.copyOf(used.values());
        }
    }
}
