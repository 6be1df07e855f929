package org.oncotwin.benchmarks.ode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Many patients at once: two compartments with own parameters, 20 doses of 100 mg every 12 h, 30 outputs over 10 days. */
final class OdeBatches {

    private static final int SYSTEMS = 10_000;
    private static final int DOSES = 20;
    private static final int OUTPUTS = 30;
    private static final double AMOUNT = 100;
    private static final double DAYS = 10;
    private static final double RELATIVE = 1e-6;
    private static final double FLOOR = 1e-3;
    private static final double SECONDS = 2.5;

    private final ObjectMapper mapper;

    OdeBatches(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ArrayNode measure() {
        ArrayNode rows = mapper.createArrayNode();
        for (OdeSolver solver : Solvers.all()) {
            List<OdeProblem> problems = problems(SYSTEMS, kind(solver));
            try {
                solver.solveAll(problems.subList(0, 500), Execution.sequential());
                for (int threads = 1; threads <= 2; threads++) {
                    rows.add(row(solver, problems, threads));
                    System.err.println(rows.get(rows.size() - 1));
                }
            } catch (SolverException e) {
                rows.addObject().put("method", solver.description().id()).put("failed", e.getMessage());
            }
        }
        return rows;
    }

    private ObjectNode row(OdeSolver solver, List<OdeProblem> problems, int threads) {
        Execution execution = new Execution(threads, Cancellation.NEVER);
        Repeated<List<OdeSolution>> repeated = Repeated.of(SECONDS, () -> solver.solveAll(problems, execution));
        ObjectNode row = mapper.createObjectNode();
        row.put("method", solver.description().id());
        row.put("threads", threads);
        row.put("systems", problems.size());
        row.put("systemsPerSecond", problems.size() / repeated.best());
        row.put("runs", repeated.repetitions());
        row.put("error", error(problems, repeated.result()));
        row.put(
                "stepsPerSystem",
                repeated.result().stream()
                        .mapToLong(solution -> solution.statistics().steps())
                        .average()
                        .orElseThrow());
        row.put("bytesPerSystem", bytes(solver, problems));
        return row;
    }

    /** Bytes that solving one after the other on this thread allocates, the results included. */
    private static double bytes(OdeSolver solver, List<OdeProblem> problems) {
        List<OdeProblem> some = problems.subList(0, 1000);
        long before = allocated();
        some.forEach(problem -> solver.solve(problem, Execution.sequential()));
        return (double) (allocated() - before) / some.size();
    }

    /** Bytes that this thread has allocated so far; asked by name, because the operation belongs to the virtual machine and not to the platform. */
    private static long allocated() {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                            "getThreadAllocatedBytes",
                            new Object[] {Thread.currentThread().getId()},
                            new String[] {"long"});
        } catch (JMException e) {
            throw new IllegalStateException("this virtual machine does not count what a thread allocates", e);
        }
    }

    /** The kind of the batch that a solver is made for. */
    static SolverKind kind(OdeSolver solver) {
        Set<SolverKind> kinds = solver.description().kinds();
        return kinds.contains(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS)
                ? SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS
                : kinds.stream().sorted().findFirst().orElseThrow();
    }

    static double[] doseDays() {
        double[] days = new double[DOSES];
        Arrays.setAll(days, n -> n * DAYS / DOSES);
        return days;
    }

    /** The patients. */
    static List<OdeProblem> problems(int count, SolverKind kind) {
        TwoCompartments system = new TwoCompartments();
        Interval interval = new Interval(SimulationTime.ZERO, SimulationTime.ofDays(DAYS));
        List<OdeEvent> events = Arrays.stream(doseDays())
                .mapToObj(day -> OdeEvent.add(SimulationTime.ofDays(day), 0, AMOUNT))
                .toList();
        double[] outputs = new double[OUTPUTS];
        Arrays.setAll(outputs, n -> n == OUTPUTS - 1 ? DAYS : (n + 1) * DAYS / OUTPUTS);
        OdeTolerance tolerance = OdeTolerance.of(RELATIVE, RELATIVE * FLOOR);
        List<OdeProblem> problems = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            problems.add(OdeProblem.of(system, interval, new double[2], TwoCompartments.patient(number), tolerance)
                    .ofKind(kind)
                    .withEvents(events)
                    .withOutputs(outputs));
        }
        return problems;
    }

    /** Largest error of an output of any patient, in the measure of the tolerance. */
    static double error(List<OdeProblem> problems, List<OdeSolution> solutions) {
        double largest = 0;
        for (int n = 0; n < problems.size(); n++) {
            double[] outputs = problems.get(n).outputs();
            double[] parameters = problems.get(n).parameters();
            for (int k = 0; k < outputs.length; k++) {
                double[] exact = TwoCompartments.exact(outputs[k], doseDays(), AMOUNT, parameters);
                for (int i = 0; i < exact.length; i++) {
                    double difference = k < solutions.get(n).outputs().length
                            ? Math.abs(solutions.get(n).outputs()[k][i] - exact[i])
                            : Double.POSITIVE_INFINITY;
                    largest = Math.max(largest, difference / (FLOOR + Math.abs(exact[i])));
                }
            }
        }
        return largest;
    }
}
