package org.oncotwin.solver.fem;

import java.util.EnumSet;
import java.util.List;
import org.oncotwin.api.mechanics.ElasticLaw;
import org.oncotwin.api.mechanics.ElasticityProblem;
import org.oncotwin.api.mechanics.ElasticitySolution;
import org.oncotwin.api.mechanics.ElasticitySolver;
import org.oncotwin.api.mechanics.ElasticitySolverDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.Execution;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/**
 * Tetrahedra of constant strain, Newton's method with a line search, preconditioned conjugate gradients. It computes on one thread whatever it is allowed, so that its bits cannot depend on that.
 */
@Capability(namespace = "oncotwin.solver", name = FemSolver.ID)
@Component(service = ElasticitySolver.class, property = "service.ranking:Integer=100")
public final class FemSolver implements ElasticitySolver {

    static final String ID = "finite-elements";

    private static final ElasticitySolverDescription DESCRIPTION = new ElasticitySolverDescription(
            new PluginDescription(
                    ID,
                    "Finite elements: linear tetrahedra, Newton's method with line search, conjugate gradients",
                    "Equilibrium of soft tissue that is held, weighed down, grown or pressed by a rigid sphere, to compare with other simulators of the same mesh.",
                    List.of(
                            "Linear tetrahedra are too stiff in bending and, where Poisson's ratio comes close to 0.5, in general; only a finer mesh shows by how much.",
                            "Tissue is isotropic and elastic; it neither flows nor tears, and it does not touch itself.",
                            "The sphere has no friction and is kept out of nodes of the surface only, so that it can cut into triangles between them.",
                            "Equilibria that depend on the path of the load, as after buckling, are not searched for.",
                            "It computes on one thread."),
                    List.of(),
                    List.of(
                            "Bonet, Wood: Nonlinear Continuum Mechanics for Finite Element Analysis, 2nd ed., Cambridge University Press 2008",
                            "Smith, de Goes, Kim: Analytic eigensystems for isotropic distortion energies, ACM Trans. Graph. 38 (2019) 3",
                            "Irving, Teran, Fedkiw: Invertible finite elements for robust simulation of large deformation, Symposium on Computer Animation 2004",
                            "Bertsekas: Constrained Optimization and Lagrange Multiplier Methods, Academic Press 1982",
                            "Saad: Iterative Methods for Sparse Linear Systems, 2nd ed., SIAM 2003")),
            EnumSet.allOf(ElasticLaw.class),
            true);

    /** Nothing to set up. */
    public FemSolver() {}

    @Override
    public ElasticitySolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ElasticitySolution solveStatic(ElasticityProblem problem, Execution execution) {
        return new StaticSolution(problem, execution.cancellation()).solve(ID);
    }
}
