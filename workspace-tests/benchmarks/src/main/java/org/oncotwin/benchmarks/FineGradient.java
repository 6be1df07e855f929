package org.oncotwin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.solver.grid.GridSolver;

/** Time and peak memory of the gradient of a whole course on the fine grid, in a process of its own. Linux only. */
final class FineGradient {

    /** Square root of the number of stops, at which keeping and computing again balance. */
    private static final int GROUP = 6;

    private static final long MEMORY = 3L << 29;

    private FineGradient() {}

    /** Takes the folder of the problems, the tolerance and the file to write. */
    public static void main(String[] arguments) throws IOException {
        BrainProblem problem = BrainProblem.read(Path.of(arguments[0]), "fine");
        ObjectNode root = new ObjectMapper().createObjectNode();
        ReactionDiffusionSolver solver = new GridSolver();
        if (solver instanceof DifferentiableReactionDiffusionSolver differentiable) {
            long start = System.nanoTime();
            CourseGradient.Result result = new CourseGradient(
                            differentiable,
                            problem.medium(),
                            Double.parseDouble(arguments[1]),
                            new Execution(2, Cancellation.NEVER),
                            GROUP,
                            MEMORY)
                    .of(problem.initial());
            root.put("seconds", (System.nanoTime() - start) * 1e-9);
            root.put("tolerance", Double.parseDouble(arguments[1]));
            root.put("stateMebibytes", result.memory() / 1048576.0);
            root.put("pullBackMebibytesAllowed", MEMORY / 1048576.0);
            root.put("alpha", result.alpha());
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    root.put("peakMebibytes", Long.parseLong(line.replaceAll("\\D", "")) / 1024);
                }
            }
        }
        new ObjectMapper().writeValue(Path.of(arguments[2]).toFile(), root);
    }
}
