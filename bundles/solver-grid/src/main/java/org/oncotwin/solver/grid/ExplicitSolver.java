package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.osgi.service.component.annotations.Component;

/** Forward Euler on finite volumes: simple, and an independent check of the implicit scheme. */
@Component(service = ReactionDiffusionSolver.class, property = "service.ranking:Integer=0")
public final class ExplicitSolver implements ReactionDiffusionSolver {

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "grid-explicit",
            "Finite volumes, forward Euler",
            1,
            false,
            List.of(
                    "steps are limited by stability, 2 dt times the sum over the axes of D/h^2 plus rho dt at most 0.9, which also keeps u within 0 and K to rounding",
                    "rho dt is at most 0.02, so that populations grow at a rate that is at most 1 % too low",
                    "proliferation rates and kill rates must not be negative"),
            List.of("Patankar: Numerical Heat Transfer and Fluid Flow, Hemisphere 1980, chapter 4"));

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ReactionDiffusionSolution solve(ReactionDiffusionProblem problem, Execution execution) {
        return new ExplicitIntegration(problem, execution).solve(DESCRIPTION.id(), 1);
    }
}
