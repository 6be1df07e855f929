package org.oncotwin.solver.ode;

import java.util.List;
import java.util.Set;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/** Explicit Runge-Kutta method of order 8 with error control by embedded formulas of order 5 and 3: the choice for smooth problems at tight tolerances. */
@Capability(namespace = "oncotwin.solver", name = "dormand-prince-853")
@Component(service = OdeSolver.class, property = "service.ranking:Integer=100")
public final class DormandPrince853Solver implements OdeSolver {

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "dormand-prince-853",
            "Dormand-Prince 8(5,3), explicit, adaptive step",
            8,
            false,
            Integration.KINDS,
            Set.of(),
            Integration.LIMITATIONS,
            List.of(
                    "Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, 2nd ed., Springer 1993, section II.10",
                    "Prince, Dormand: High order embedded Runge-Kutta formulae, J. Comput. Appl. Math. 7 (1981) 67-75"));

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return new Integration(DESCRIPTION.id(), problem, execution).solve(Guarded::new);
    }

    /** The integrator of the library, with every tried step judged by us as well. */
    private static final class Guarded extends DormandPrince853Integrator {

        private final Steps steps;

        Guarded(StepLimits limits, Steps steps) {
            super(limits.shortest(), limits.longest(), limits.absoluteTolerance(), limits.relativeTolerance());
            this.steps = steps;
        }

        @Override
        protected double estimateError(double[][] yDotK, double[] y0, double[] y1, double h) {
            return steps.judge(super.estimateError(yDotK, y0, y1, h), yDotK, y1);
        }

        @Override
        public double initializeStep(
                boolean forward,
                int order,
                double[] scale,
                double t0,
                double[] y0,
                double[] yDot0,
                double[] y1,
                double[] yDot1) {
            return steps.first(super.initializeStep(forward, order, scale, t0, y0, yDot0, y1, yDot1));
        }
    }
}
