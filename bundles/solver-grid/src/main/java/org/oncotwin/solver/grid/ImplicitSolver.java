package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.osgi.service.component.annotations.Component;

/** Strang splitting with Crank-Nicolson sweeps along the axes. */
@Component(service = ReactionDiffusionSolver.class, property = "service.ranking:Integer=100")
public final class ImplicitSolver implements ReactionDiffusionSolver {

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "grid-implicit",
            "Finite volumes, Strang splitting of exact reaction and one-dimensional Crank-Nicolson diffusion",
            2,
            true,
            List.of(
                    "steps are limited by accuracy, not by stability: dt D/h^2 along each axis at most 0.5, rho dt at most 0.05",
                    "u stays within 0 and K to rounding, for Crank-Nicolson keeps bounds up to dt D/h^2 = 1.8 in these half steps",
                    "proliferation rates and kill rates must not be negative"),
            List.of(
                    "Strang: On the construction and comparison of difference schemes, SIAM J. Numer. Anal. 5 (1968) 506-517",
                    "Crank, Nicolson: A practical method for numerical evaluation of solutions of partial differential equations of the heat-conduction type, Proc. Camb. Phil. Soc. 43 (1947) 50-67",
                    "Patankar: Numerical Heat Transfer and Fluid Flow, Hemisphere 1980, chapter 4"));

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
        return new ImplicitIntegration(problem, execution).solve(DESCRIPTION.id(), 1);
    }
}
