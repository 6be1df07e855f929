package org.oncotwin.solver.linear;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.Component;

/**
 * Linear equations dy/dt = A y + b, exactly but for rounding: from the state at an event, the state at any time before the next is computed in one go by the exponential of
 * the matrix. There is no error of steps, and the tolerance changes nothing but the time at which a condition is met.
 *
 * <p>In the statistics a step is what lies between two events or changes; where conditions or the steady state are looked for, or a longest step is asked for, it is what
 * lies between two times at which the solution is looked at ({@link Steps}). Evaluations are the states that were computed by an exponential, and the two evaluations of the
 * right-hand side by which it is compared with A y + b. The steady state is found at the first of those times at which it holds. Where a condition ends the solution, its
 * derivatives are those of the state at the time at which it is met, which moves with the parameters.
 */
@Capability(namespace = "oncotwin.solver", name = "matrix-exponential")
@Component(service = OdeSolver.class, property = "service.ranking:Integer=200")
public final class MatrixExponentialSolver implements OdeSolver {

    /** Twice the degree of the highest Pade approximant; in truth there is no error that depends on a step. */
    private static final int ORDER = 26;

    private static final SolverDescription DESCRIPTION = new SolverDescription(
            "matrix-exponential",
            "Exponential of the matrix, exact for linear equations",
            ORDER,
            true,
            Set.of(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS),
            Set.of(SolverFeature.SENSITIVITIES, SolverFeature.CONDITIONS),
            List.of(
                    "Only linear equations whose coefficients change at events and conditions alone.",
                    "The work for a state grows with the third power of the number of equations: made for up to some hundred.",
                    "A condition that is met twice between two times at which the solution is looked at is missed; a largest step brings those times closer."),
            List.of(
                    "Higham: The scaling and squaring method for the matrix exponential revisited, SIAM J. Matrix Anal. Appl. 26 (2005) 1179-1193",
                    "Al-Mohy, Higham: A new scaling and squaring algorithm for the matrix exponential, SIAM J. Matrix Anal. Appl. 31 (2009) 970-989",
                    "Xue, Ye: Computing exponentials of essentially non-negative matrices entrywise to high relative accuracy, Math. Comp. 82 (2013) 1577-1596"));

    @Override
    public SolverDescription description() {
        return DESCRIPTION;
    }

    @Override
    public OdeSolution solve(OdeProblem problem, Execution execution) {
        return solve(problem, execution, transitions(null, problem, execution));
    }

    @Override
    public List<OdeSolution> solveAll(List<OdeProblem> problems, Execution execution) {
        return new SideBySide(problems, execution).solve();
    }

    /** What a problem needs for its transitions, from that of another one if it fits. */
    static Transitions transitions(Transitions former, OdeProblem problem, Execution execution) {
        return Transitions.reuse(
                former, problem.system().dimension(), problem.directions().size(), execution.cancellation());
    }

    static OdeSolution solve(OdeProblem problem, Execution execution, Transitions transitions) {
        if (problem.kind() != SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS) {
            throw new SolverException(DESCRIPTION.id() + " solves "
                    + SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS.words() + ", not "
                    + problem.kind().words());
        }
        // Of this kind a problem can only be made of such a system.
        LinearOdeSystem system = (LinearOdeSystem) problem.system();
        return new Propagation(DESCRIPTION.id(), problem, system, execution.cancellation(), transitions).solve();
    }
}
