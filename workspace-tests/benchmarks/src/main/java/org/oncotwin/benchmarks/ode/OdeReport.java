package org.oncotwin.benchmarks.ode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.solver.ode.DormandPrince853Solver;

/** Solves the problems with all methods, the order of the methods and the batches, and writes what it measured as JSON. */
public final class OdeReport {

    private static final double WARM_UP_SECONDS = 0.7;
    private static final double SECONDS = 0.15;
    private static final int TIGHTEST_DIGITS = 10;
    private static final int LOOSEST_DIGITS = 4;
    private static final double ORDER_DAYS = 0.5;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode root = mapper.createObjectNode();

    private OdeReport() {}

    /** Takes the folder into which it writes {@code solver.json}. */
    public static void main(String[] arguments) throws IOException {
        OdeReport report = new OdeReport();
        report.measure();
        Path file = Path.of(arguments[0]).resolve("solver.json");
        report.mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report.root);
    }

    private void measure() throws IOException {
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("loadAverageAtStart", loadAverage());
        List<OdeMethod> methods = new ArrayList<>();
        Solvers.all().forEach(solver -> methods.add(new ContractMethod(solver)));
        methods.addAll(LibraryMethod.all());
        ArrayNode rows = root.putArray("runs");
        for (BenchmarkProblem problem : BenchmarkProblem.all()) {
            for (OdeMethod method : methods) {
                if (method.takes(problem)) {
                    tolerances(rows, problem, method);
                }
            }
        }
        order();
        root.set("batches", new OdeBatches(mapper).measure());
        root.put("loadAverageAtEnd", loadAverage());
    }

    private static double loadAverage() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static void tolerances(ArrayNode rows, BenchmarkProblem problem, OdeMethod method) {
        double first = Double.NaN;
        for (int digits = LOOSEST_DIGITS; digits <= TIGHTEST_DIGITS; digits++) {
            double relative = Double.parseDouble("1e-" + digits);
            ObjectNode row = rows.addObject();
            row.put("problem", problem.name());
            row.put("program", method.program());
            row.put("method", method.name());
            row.put("tolerance", relative);
            row.put("madeForIt", method.isMadeFor(problem));
            try {
                if (Double.isNaN(first)) {
                    first = Repeated.of(WARM_UP_SECONDS, () -> method.solve(problem, relative))
                            .first();
                }
                Repeated<OdeMethod.Outcome> repeated = Repeated.of(SECONDS, () -> method.solve(problem, relative));
                row.put("seconds", repeated.best());
                row.put("runs", repeated.repetitions());
                row.put("firstSeconds", first);
                row.put("steps", repeated.result().steps());
                if (repeated.result().rejected() >= 0) {
                    row.put("rejected", repeated.result().rejected());
                }
                row.put("evaluations", repeated.result().evaluations());
                row.put("error", problem.error(repeated.result().state()));
            } catch (OdeMethod.GaveUp e) {
                row.put("failed", e.getMessage());
            }
            System.err.println(row);
            if (row.has("failed")) {
                return; // a tighter tolerance asks for more steps still
            }
        }
    }

    /** Error against steps of equal length on a smooth problem: saturable elimination of one dose over half a day. A tolerance so loose that the error rejects no step leaves the longest step to rule. */
    private void order() {
        ArrayNode methods = root.putArray("order");
        OdeProblem smooth = OdeProblem.of(
                new Saturable(),
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(ORDER_DAYS)),
                new double[] {60, 0},
                new double[0],
                OdeTolerance.of(1e-13, 1e-13));
        double[] exact = new DormandPrince853Solver()
                .solve(smooth, Execution.sequential())
                .state();
        for (OdeSolver solver : Solvers.all()) {
            if (solver.description().kinds().equals(Set.of(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS))) {
                continue; // exact at any step
            }
            ObjectNode method = methods.addObject();
            method.put("method", solver.description().id());
            method.put("statedOrder", solver.description().order());
            ArrayNode rows = method.putArray("steps");
            for (int count = 4; count <= 128; count *= 2) {
                ObjectNode row = rows.addObject();
                row.put("days", ORDER_DAYS / count);
                try {
                    var solution = solver.solve(
                            withTolerance(smooth, OdeTolerance.of(0.1, 1e6))
                                    .withLargestStep(OptionalDouble.of(ORDER_DAYS / count)),
                            Execution.sequential());
                    row.put("steps", solution.statistics().steps());
                    row.put("rejected", solution.statistics().rejectedSteps());
                    row.put("error", relativeError(solution.state(), exact));
                } catch (SolverException e) {
                    row.put("failed", e.getMessage());
                }
            }
            System.err.println(method);
        }
    }

    private static double relativeError(double[] state, double[] exact) {
        double largest = 0;
        for (int i = 0; i < state.length; i++) {
            largest = Math.max(largest, Math.abs(state[i] / exact[i] - 1));
        }
        return largest;
    }

    private static OdeProblem withTolerance(OdeProblem problem, OdeTolerance tolerance) {
        return OdeProblem.of(problem.system(), problem.interval(), problem.initial(), problem.parameters(), tolerance);
    }
}
