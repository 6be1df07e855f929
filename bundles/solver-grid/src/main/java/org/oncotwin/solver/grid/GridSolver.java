package org.oncotwin.solver.grid;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Adaptive Runge-Kutta steps or splitting on tiles of the medium, on the processor's own cores. */
@Capability(namespace = "oncotwin.solver", name = "grid")
@Component(service = ReactionDiffusionSolver.class, property = "service.ranking:Integer=100")
public final class GridSolver implements DifferentiableReactionDiffusionSolver {

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "grid",
            "Finite volumes, Runge-Kutta in the interaction picture of the exact reaction or, where diffusion is stiff, extrapolated splitting, adaptive steps",
            3,
            true,
            Set.of(SolverKind.REACTION_DIFFUSION),
            Set.of(SolverFeature.PULL_BACK),
            List.of(
                    "the error that is controlled is that of steps in time, not that of the grid's spacing",
                    "proliferation rates and kill rates must not be negative",
                    "where diffusion has an orientation, couplings may be negative: next to steep fronts density is cut off at 0, and there is no derivative by the diffusion of each voxel"),
            List.of(
                    "Lawson: Generalized Runge-Kutta processes for stable systems with large Lipschitz constants, SIAM J. Numer. Anal. 4 (1967) 372-380",
                    "Cash, Karp: A variable order Runge-Kutta method for initial value problems with rapidly varying right-hand sides, ACM Trans. Math. Softw. 16 (1990) 201-222",
                    "Strang: On the construction and comparison of difference schemes, SIAM J. Numer. Anal. 5 (1968) 506-517",
                    "Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, 2nd ed., Springer 1993, section II.9",
                    "Gottlieb, Shu, Tadmor: Strong stability-preserving high-order time discretization methods, SIAM Review 43 (2001) 89-112",
                    "Tal-Ezer, Kosloff: An accurate and efficient scheme for propagating the time dependent Schroedinger equation, J. Chem. Phys. 81 (1984) 3967-3971",
                    "Patankar: Numerical Heat Transfer and Fluid Flow, Hemisphere 1980, chapter 4",
                    "Griewank, Walther: Evaluating Derivatives, 2nd ed., SIAM 2008"));

    private final GridIntegration integration = new GridIntegration();

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
        return integration.solve(DESCRIPTION.id(), problem, execution);
    }

    @Override
    public List<ReactionDiffusionSolution> solveAll(List<ReactionDiffusionProblem> problems, Execution execution) {
        return integration.solveAll(DESCRIPTION.id(), problems, execution);
    }

    @Override
    public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
        return integration.pullBack(question, execution);
    }
}
