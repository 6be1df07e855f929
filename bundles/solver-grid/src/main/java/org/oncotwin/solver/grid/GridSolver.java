package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionPullBack;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.osgi.service.component.annotations.Component;

/** Adaptive splitting on tiles of the medium, on the processor's own cores. */
@Component(service = ReactionDiffusionSolver.class, property = "service.ranking:Integer=100")
public final class GridSolver implements DifferentiableReactionDiffusionSolver {

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "grid",
            "Finite volumes, extrapolated splitting of exact reaction and polynomial diffusion, adaptive steps",
            4,
            true,
            List.of("proliferation rates and kill rates must not be negative"),
            List.of("Strang 1968"));

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
    public ReactionDiffusionGradient pullBack(ReactionDiffusionPullBack question, Execution execution) {
        return integration.pullBack(question, execution);
    }
}
