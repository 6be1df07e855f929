package org.oncotwin.benchmarks.ode;

import java.util.List;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.solver.linear.MatrixExponentialSolver;
import org.oncotwin.solver.ode.DormandPrince54Solver;
import org.oncotwin.solver.ode.DormandPrince853Solver;
import org.oncotwin.solver.stiff.RosenbrockSolver;

/** The ODE solvers that are measured. */
final class Solvers {

    private Solvers() {}

    /** New ones of all of them. */
    static List<OdeSolver> all() {
        return List.of(
                new RosenbrockSolver(),
                new DormandPrince54Solver(),
                new DormandPrince853Solver(),
                new MatrixExponentialSolver());
    }
}
