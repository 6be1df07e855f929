package org.oncotwin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.solver.grid.ExplicitSolver;
import org.oncotwin.solver.grid.ImplicitSolver;

/** Prints the peak resident memory in MiB of a process that makes one call of a solver on one problem. Linux only. */
final class PeakMemory {

    private PeakMemory() {}

    /** Takes the solver, the grid and the domain as in {@link GridSolverBenchmark}. */
    public static void main(String[] arguments) throws IOException {
        ReactionDiffusionProblem problem = new GridProblem(arguments[1], arguments[2]).steps(2);
        if (arguments[0].equals("grid-explicit")) {
            new ExplicitSolver().solve(problem, Execution.sequential());
        } else if (arguments[0].equals("grid-implicit")) {
            new ImplicitSolver().solve(problem, Execution.sequential());
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                System.out.println(Long.parseLong(line.replaceAll("\\D", "")) / 1024);
            }
        }
    }
}
