package org.oncotwin.solver.stiff;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/**
 * The Rosenbrock method Rodas5P of Steinebach (2023): order 5, L-stable, with control of the step. Each step takes a Jacobian (that of a {@code DifferentiableOdeSystem} or
 * a {@code LinearOdeSystem}, or differences of second order, as many as columns must be told apart), one elimination (full, or sparse where that takes less than half of the
 * multiplications) and eight solutions of linear equations, but no iteration that could fail to converge. For equations of which some part settles far faster than the
 * solution moves; others are solved too, with more work than by an explicit method.
 *
 * <p>The error of a step is the difference to a solution of order 4, measured by the largest of its components over {@code absolute + relative max(|y| before, |y| after)}.
 * Derivatives of the solution are part of it: each is measured against the same relative tolerance, and against the absolute one over the relative change of the solution
 * per unit of its direction. Steps grow at most sixfold and end with the segment between two events; at most 200,000 are tried in each.
 *
 * <p>Components that shall not be negative are put to 0 where a step takes them below by less than its allowed error, and what this adds is taken from the other components
 * of the sums that the equations keep; steps that take them further are rejected.
 */
@Capability(namespace = "oncotwin.solver", name = "rosenbrock")
@Component(service = OdeSolver.class, property = "service.ranking:Integer=50")
public final class RosenbrockSolver implements OdeSolver {

    static final String ID = "rosenbrock";

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            ID,
            "Rosenbrock method Rodas5P of order 5(4), L-stable, adaptive step",
            5,
            true,
            Set.of(
                    SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS,
                    SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS,
                    SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS),
            Set.of(SolverFeature.SENSITIVITIES, SolverFeature.CONDITIONS),
            List.of(
                    "The tolerance bounds the error of each step; over a long interval the errors of unstable solutions add up to more.",
                    "Where fast processes follow slow ones, the error of a step falls only with about the third power of its length: tolerances below 1e-8 can take thousands of steps.",
                    "Each step takes an elimination: large systems need a sparsity pattern, and without stiffness an explicit method is faster.",
                    "Sums that the equations keep are found in systems of up to 200 equations, beyond that only the sum of all components; others are kept to rounding errors only while no component is put to 0.",
                    "Derivatives of systems that do not know theirs come from differences, exact to some 10 digits."),
            List.of(
                    "Steinebach: Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within the Julia Differential Equations package, BIT 63 (2023) 27, "
                            + "https://doi.org/10.1007/s10543-023-00967-x",
                    "Hairer, Wanner: Solving Ordinary Differential Equations II, 2nd ed., Springer 1996, sections IV.7 and IV.8"));

    /** Nothing to set up. */
    public RosenbrockSolver() {}

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return new Integration(problem).solve(problem, execution.cancellation());
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        return new Batch(problems, execution).solve();
    }
}
