package org.oncotwin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.solver.DifferentiableReactionDiffusionSolver;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.solver.grid.GridSolver;

/** Runs the glioma course in all ways and writes what it measured as JSON, section by section. */
public final class CourseReport {

    private static final int PAIRS = 9;
    private static final int THREADS = 2;
    private static final int MEMBERS = 16;
    private static final double LOOSE = 1e-3;
    private static final double TIGHT = 1e-5;

    private final Path folder;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectNode root = mapper.createObjectNode();
    private final ReactionDiffusionSolver solver = new GridSolver();
    private final Execution execution = new Execution(THREADS, Cancellation.NEVER);

    private CourseReport(Path folder) {
        this.folder = folder;
    }

    /** Takes the folder of the problems, in which it writes {@code solver.json} and the references. */
    public static void main(String[] arguments) throws IOException {
        CourseReport report = new CourseReport(Path.of(arguments[0]));
        report.measure();
        report.mapper
                .writerWithDefaultPrettyPrinter()
                .writeValue(report.folder.resolve("solver.json").toFile(), report.root);
    }

    private void measure() throws IOException {
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("loadAverageAtStart", loadAverage());
        BrainProblem coarse = BrainProblem.read(folder, "coarse");
        Medium medium = coarse.medium();
        tolerances(coarse, medium, 1e-10, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8);
        engine(coarse, medium);
        ensemble(coarse, medium);
        gradient(coarse, medium);
        order(coarse, medium);
        BrainProblem fine = BrainProblem.read(folder, "fine");
        tolerances(fine, fine.medium(), 3e-6, 1e-3, 1e-4);
        root.put("loadAverageAtEnd", loadAverage());
    }

    private static double loadAverage() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private CourseRun run(double tolerance) {
        return new CourseRun(solver, tolerance, execution);
    }

    private static CourseRun.Member member(Medium medium) {
        return new CourseRun.Member(medium, GliomaCourse.drug(GliomaCourse.SENSITIVITY));
    }

    private void tolerances(BrainProblem problem, Medium medium, double reference, double... tolerances)
            throws IOException {
        ObjectNode node = root.putObject(problem.name());
        node.put("voxels", problem.voxels());
        node.put("gridVoxels", problem.grid().size());
        node.put("stops", GliomaCourse.stops().size());
        Timing.Timed<CourseRun.Outcome> exact = Timing.of(() -> run(reference).one(problem.initial(), member(medium)));
        Field best = exact.result().density();
        node.put("initialCount", problem.initial().sum());
        node.put("referenceTolerance", reference);
        node.put("referenceSeconds", exact.timing().best());
        node.put("referenceStatedError", exact.result().error());
        node.put("referenceCount", best.sum());
        ByteBuffer bytes = ByteBuffer.allocate(8 * best.grid().size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < best.grid().size(); index++) {
            bytes.putDouble(best.value(index));
        }
        Files.write(folder.resolve(problem.name() + "-reference.bin"), bytes.array());
        ArrayNode rows = node.putArray("tolerances");
        for (double tolerance : tolerances) {
            Timing.Timed<CourseRun.Outcome> timed =
                    Timing.of(() -> run(tolerance).one(problem.initial(), member(medium)));
            CourseRun.Outcome outcome = timed.result();
            ObjectNode row = rows.addObject();
            row.put("tolerance", tolerance);
            put(row, timed.timing());
            row.put("steps", outcome.steps());
            row.put("rejected", outcome.rejected());
            row.put("sweeps", outcome.sweeps());
            row.put("statedError", outcome.error());
            row.put("countError", Math.abs(outcome.density().sum() / best.sum() - 1));
            row.put("l1Error", distance(outcome.density(), best));
            row.put("nanosecondsPerVoxelSweep", timed.timing().best() * 1e9 / outcome.sweeps() / problem.voxels());
            System.err.println(problem.name() + " " + row);
        }
    }

    private static void put(ObjectNode row, Timing timing) {
        row.put("seconds", timing.best());
        row.put("firstSeconds", timing.first());
        row.put("medianSeconds", timing.median());
        row.put("repetitions", timing.repetitions());
    }

    /** Sum of the absolute differences, relative to the sum. */
    private static double distance(Field a, Field b) {
        double sum = 0;
        for (int index = 0; index < a.grid().size(); index++) {
            sum += Math.abs(a.value(index) - b.value(index));
        }
        return sum / b.sum();
    }

    private void engine(BrainProblem problem, Medium medium) {
        ObjectNode node = root.putObject("engine");
        EngineRun course = new EngineRun(problem, solver, LOOSE);
        course.run(THREADS);
        Timing.Timed<Field> through = Timing.of(() -> course.run(THREADS));
        Timing.Timed<CourseRun.Outcome> direct = Timing.of(() -> run(LOOSE).one(problem.initial(), member(medium)));
        int events = GliomaCourse.stops().size();
        node.put("tolerance", LOOSE);
        node.put("events", events);
        put(node.putObject("engine"), through.timing());
        put(node.putObject("direct"), direct.timing());
        node.put(
                "millisecondsPerEvent",
                1e3 * (through.timing().best() - direct.timing().best()) / events);
        node.put("sameBits", through.result().equals(direct.result().density()));
        System.err.println(node);
    }

    private void ensemble(BrainProblem problem, Medium medium) {
        List<CourseRun.Member> treatments = new ArrayList<>();
        List<CourseRun.Member> tissues = new ArrayList<>();
        for (int m = 0; m < MEMBERS; m++) {
            double factor = 0.7 + 0.04 * m;
            treatments.add(new CourseRun.Member(medium, GliomaCourse.drug(factor * GliomaCourse.SENSITIVITY)));
            double[] diffusion = medium.diffusion();
            double[] proliferation = medium.proliferation();
            for (int c = 0; c < diffusion.length; c++) {
                diffusion[c] *= factor;
                proliferation[c] *= 1.7 - factor;
            }
            tissues.add(member(medium.withTables(diffusion, proliferation)));
        }
        ObjectNode node = root.putObject("ensemble");
        node.put("members", MEMBERS);
        node.put("tolerance", LOOSE);
        compare(node.putObject("treatments"), problem, treatments);
        compare(node.putObject("tissues"), problem, tissues);
        System.err.println(node);
    }

    private void compare(ObjectNode node, BrainProblem problem, List<CourseRun.Member> members) {
        Timing.Timed<List<Field>> single = Timing.of(() -> members.stream()
                .map(m -> run(LOOSE).one(problem.initial(), m).density())
                .toList());
        Timing.Timed<List<Field>> together = Timing.of(() -> run(LOOSE).all(problem.initial(), members));
        put(node.putObject("single"), single.timing());
        put(node.putObject("solveAll"), together.timing());
        node.put("sameBits", single.result().equals(together.result()));
    }

    private void gradient(BrainProblem problem, Medium medium) {
        if (!(solver instanceof DifferentiableReactionDiffusionSolver differentiable)) {
            return;
        }
        ArrayNode rows = root.putArray("gradient");
        for (double tolerance : new double[] {LOOSE, TIGHT}) {
            CourseGradient gradient = new CourseGradient(
                    differentiable,
                    medium,
                    tolerance,
                    execution,
                    1,
                    Runtime.getRuntime().maxMemory() / 2);
            // In turn, so that both meet the same machine; the first pair is for the compiler.
            List<Double> gradients = new ArrayList<>();
            List<Double> forwards = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            CourseGradient.Result result = gradient.of(problem.initial());
            for (int n = 0; n < PAIRS; n++) {
                long start = System.nanoTime();
                run(tolerance).one(problem.initial(), member(medium));
                long between = System.nanoTime();
                result = gradient.of(problem.initial());
                forwards.add((between - start) * 1e-9);
                gradients.add((System.nanoTime() - between) * 1e-9);
                ratios.add(gradients.get(n) / forwards.get(n));
            }
            double change = 1e-5 * BrainProblem.PROLIFERATION;
            double difference = (gradient.repeat(problem.initial(), proliferating(medium, change))
                            - gradient.repeat(problem.initial(), proliferating(medium, -change)))
                    / (2 * change);
            ObjectNode row = rows.addObject();
            row.put("tolerance", tolerance);
            put(row.putObject("gradient"), Timing.of(gradients));
            put(row.putObject("forward"), Timing.of(forwards));
            row.put("ratio", Timing.median(ratios));
            row.put("stateMebibytes", result.memory() / 1048576.0);
            row.put("proliferationByAdjoint", result.proliferation()[1]);
            row.put("proliferationByDifferences", difference);
            System.err.println(row);
        }
    }

    private static Medium proliferating(Medium medium, double change) {
        double[] proliferation = medium.proliferation();
        proliferation[1] += change;
        return medium.withTables(medium.diffusion(), proliferation);
    }

    /** Error against step over 32 days after a dose of the drug, with equal steps; the tolerance tells the solver which of its two variants to take. */
    private void order(BrainProblem problem, Medium medium) {
        double days = 32;
        Doses dose = new Doses(new double[] {0}, new double[] {GliomaCourse.SENSITIVITY}, GliomaCourse.DECAY);
        ReactionDiffusionProblem posed = GliomaCourse.problem(problem.initial(), medium, dose, 0, days, 1);
        Field exact = solver.solve(posed.withSteps(StepControl.adaptive(1e-12)), execution)
                .density();
        ArrayNode variants = root.putArray("order");
        for (double tolerance : new double[] {1e-2, 1e-9}) {
            ObjectNode variant = variants.addObject();
            variant.put("tolerance", tolerance);
            ArrayNode rows = variant.putArray("steps");
            for (int count = 1; count <= 128; count *= 2) {
                double[] ends = new double[count];
                for (int n = 0; n < count; n++) {
                    ends[n] = days * (n + 1) / count;
                }
                ReactionDiffusionSolution solution = solver.solve(
                        posed.withSteps(StepControl.adaptive(tolerance).repeating(StepSequence.endingAt(ends))),
                        execution);
                ObjectNode row = rows.addObject();
                row.put("days", days / count);
                row.put("error", distance(solution.density(), exact));
                row.put("statedError", solution.statistics().error().orElse(Double.NaN));
            }
        }
        System.err.println(variants);
    }
}
