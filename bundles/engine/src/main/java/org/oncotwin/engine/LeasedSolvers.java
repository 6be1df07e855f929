package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.solver.Solvers;

/** The solvers that a run has leased: the one that the case names, else those with the highest service ranking. */
final class LeasedSolvers implements AutoCloseable {

    /** Most sentences kept of one solver; thousands would help nobody. */
    private static final int MOST_WARNINGS = 20;

    private final List<Lease<OdeSolver>> ode;
    private final Optional<Lease<ReactionDiffusionSolver>> reactionDiffusion;

    private LeasedSolvers(List<Lease<OdeSolver>> ode, Optional<Lease<ReactionDiffusionSolver>> reactionDiffusion) {
        this.ode = ode;
        this.reactionDiffusion = reactionDiffusion;
    }

    /**
     * Leases for each need the best solver that meets it.
     *
     * @param wanted the solver that the case names, which goes before all others where it meets a need
     * @param needs what the plugins of the case ask of solvers
     * @param visible which solvers may be taken
     * @throws InvalidInputException if there is no solver of that id, it meets no need, or a need is met by none
     */
    static LeasedSolvers lease(
            PluginRegistry registry,
            Optional<PluginChoice> wanted,
            Set<SolverNeed> needs,
            Predicate<PluginIdentity> visible) {
        Offers<OdeSolver> odeOffers = registry.odeSolverOffers();
        Offers<ReactionDiffusionSolver> gridOffers = registry.reactionDiffusionSolverOffers();
        Optional<Offers.Offer<OdeSolver>> namedOde = named(odeOffers, wanted, visible);
        Optional<Offers.Offer<ReactionDiffusionSolver>> namedGrid = named(gridOffers, wanted, visible);
        wanted.ifPresent(choice -> refuseUseless(choice, namedOde, namedGrid, registry, needs, visible));
        Set<Offers.Offer<OdeSolver>> ode = new LinkedHashSet<>();
        Set<Offers.Offer<ReactionDiffusionSolver>> grid = new LinkedHashSet<>();
        namedOde.ifPresent(ode::add);
        for (SolverNeed need : needs) {
            if (need.kind() == SolverKind.REACTION_DIFFUSION) {
                grid.add(best(gridOffers, namedGrid, ReactionDiffusionSolver::description, need, visible));
            } else {
                ode.add(best(odeOffers, namedOde, OdeSolver::description, need, visible));
            }
        }
        return new LeasedSolvers(
                ode.stream().map(odeOffers::lease).toList(),
                grid.stream().findFirst().map(gridOffers::lease));
    }

    private static void refuseUseless(
            PluginChoice wanted,
            Optional<Offers.Offer<OdeSolver>> ode,
            Optional<Offers.Offer<ReactionDiffusionSolver>> grid,
            PluginRegistry registry,
            Set<SolverNeed> needs,
            Predicate<PluginIdentity> visible) {
        Optional<SolverDescription> description = ode.map(o -> o.plugin().description())
                .or(() -> grid.map(o -> o.plugin().description()));
        if (description.isEmpty()) {
            List<String> known = new ArrayList<>();
            registry.odeSolverOffers().all(visible).forEach(o -> known.add(o.id()));
            registry.reactionDiffusionSolverOffers().all(visible).forEach(o -> known.add(o.id()));
            throw new InvalidInputException("growth.solver", "no solver '" + wanted.id() + "'; there is " + known);
        }
        if (needs.stream().noneMatch(description.get()::meets)) {
            throw new InvalidInputException(
                    "growth.solver",
                    "'" + wanted.id() + "' would do nothing: the plugins of the case hand solvers " + words(needs));
        }
    }

    private static <T> Optional<Offers.Offer<T>> named(
            Offers<T> offers, Optional<PluginChoice> wanted, Predicate<PluginIdentity> visible) {
        return wanted.filter(choice -> offers.all(visible).stream().anyMatch(o -> o.id().equals(choice.id())))
                .map(choice -> offers.find(choice, visible, "growth.solver", "growth.solver"));
    }

    private static <T> Offers.Offer<T> best(
            Offers<T> offers,
            Optional<Offers.Offer<T>> named,
            Function<T, SolverDescription> description,
            SolverNeed need,
            Predicate<PluginIdentity> visible) {
        return named.filter(offer -> description.apply(offer.plugin()).meets(need))
                .or(() -> offers.highestRanking(offer -> Offers.sees(visible, offer)
                        && description.apply(offer.plugin()).meets(need)))
                .orElseThrow(() -> new InvalidInputException(
                        "growth.solver",
                        "no solver for " + need.words()
                                + " is installed, and the plugins of the case need one; there is "
                                + offers.all(visible).stream()
                                        .map(Offers.Offer::id)
                                        .toList()));
    }

    private static String words(Set<SolverNeed> needs) {
        return needs.isEmpty()
                ? "nothing"
                : needs.stream().map(SolverNeed::words).sorted().collect(Collectors.joining(" and "));
    }

    /** All leases, for watching whether they are withdrawn. */
    List<Lease<?>> leases() {
        List<Lease<?>> leases = new ArrayList<>();
        leases.addAll(ode);
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
            Lease<OdeSolver> lease = meeting(problem.need());
            OdeSolution solution = lease.plugin().solve(problem, execution);
            count(lease.identity(), solution.statistics());
            return solution;
        }

        /** The problems that one solver is best for go to it together. */
        @Override
        public List<OdeSolution> solveAll(List<OdeProblem> problems) {
            OdeSolution[] solutions = new OdeSolution[problems.size()];
            Map<Lease<OdeSolver>, List<Integer>> numbers = new LinkedHashMap<>();
            for (int n = 0; n < solutions.length; n++) {
                numbers.computeIfAbsent(meeting(problems.get(n).need()), lease -> new ArrayList<>())
                        .add(n);
            }
            numbers.forEach((lease, members) -> {
                List<OdeSolution> solved = lease.plugin()
                        .solveAll(members.stream().map(problems::get).toList(), execution);
                for (int m = 0; m < members.size(); m++) {
                    solutions[members.get(m)] = solved.get(m);
                    count(lease.identity(), solved.get(m).statistics());
                }
            });
            return List.of(solutions);
        }

        private Lease<OdeSolver> meeting(SolverNeed need) {
            return ode.stream()
                    .filter(lease -> lease.plugin().description().meets(need))
                    .findFirst()
                    .orElseThrow(() -> new SolverException("no solver in use is made for " + need.words()
                            + "; in use are "
                            + ode.stream().map(lease -> lease.identity().id()).toList()
                            + ". A plugin must declare what it needs in its description"));
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
                            s.longestStep(),
                            s.warnings()));
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
                    Math.max(a.longestStep(), b.longestStep()),
                    // Each sentence once: a run asks the same question many times.
                    Stream.concat(a.warnings().stream(), b.warnings().stream())
                            .distinct()
                            .limit(MOST_WARNINGS)
                            .toList());
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
