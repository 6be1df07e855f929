package org.oncotwin.solver.ode;

import java.util.List;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.apache.commons.math3.ode.sampling.AbstractStepInterpolator;
import org.apache.commons.math3.util.Precision;
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
            Integration.FEATURES,
            Integration.LIMITATIONS,
            List.of(
                    "Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, 2nd ed., Springer 1993, section II.10",
                    "Prince, Dormand: High order embedded Runge-Kutta formulae, J. Comput. Appl. Math. 7 (1981) 67-75"));

    private static final Method METHOD = new Method(DESCRIPTION.id(), DESCRIPTION.order(), 6.1, 7, Guarded::new);

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return new Integration(METHOD, problem, execution).solve();
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        return new Batch(METHOD, problems, execution).solve();
    }

    /** The integrator of the library, with every tried step judged and every accepted one taken by us. */
    private static final class Guarded extends DormandPrince853Integrator {

        private final Steps steps;

        Guarded(StepLimits limits, Steps steps) {
            super(
                    limits.shortest(),
                    limits.longest(),
                    limits.scale().absolutes(),
                    limits.scale().relatives());
            this.steps = steps;
        }

        @Override
        protected double estimateError(double[][] yDotK, double[] y0, double[] y1, double h) {
            double[] reference = steps.limits().scale().reference(y0, y1);
            return steps.judge(super.estimateError(yDotK, y0, reference, h), yDotK, y0, y1, h);
        }

        @Override
        protected double acceptStep(AbstractStepInterpolator interpolator, double[] y, double[] yDot, double tEnd) {
            // What the library would do here is for its events and step handlers, and costs evaluations.
            double end = interpolator.getGlobalCurrentTime();
            boolean goesOn = steps.accept(interpolator, y, yDot);
            isLastStep = !goesOn || Precision.equals(end, tEnd, 1);
            return end;
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
            double[] allowed = steps.limits().scale().at(y0);
            return steps.first(super.initializeStep(forward, order, allowed, t0, y0, yDot0, y1, yDot1));
        }
    }
}
