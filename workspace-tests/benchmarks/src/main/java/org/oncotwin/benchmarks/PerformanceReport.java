package org.oncotwin.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks in one go and writes a table in Markdown. */
public final class PerformanceReport {

    /** What one element of the triad moves: two reads, one write, and the read that fills the line before it is written. */
    private static final double TRIAD_BYTES = 32;

    /** What the explicit scheme moves at the least per voxel of one tissue: u, its new value, the read that fills the line. */
    private static final double UNIFORM_BYTES = 24;

    /** With three coefficients more where tissues mix. */
    private static final double MIXED_BYTES = 48;

    private static final List<String> GRIDS = List.of("64x64x64", "128x128x128", "240x240x155");
    private static final List<String> SOLVERS = List.of("grid-explicit", "grid-implicit");

    private final List<String> lines = new ArrayList<>();

    private PerformanceReport() {}

    /** Takes the script that times PyTorch and the file to write. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        PerformanceReport report = new PerformanceReport();
        report.write(Path.of(arguments[0]));
        Files.write(Path.of(arguments[1]), report.lines, StandardCharsets.UTF_8);
    }

    private void write(Path script) throws RunnerException, IOException {
        Map<String, Double> torch = PyTorch.measure(script, 2);
        Collection<RunResult> triads = new Runner(new OptionsBuilder()
                        .include("TriadBenchmark")
                        .jvmArgs("-Xmx3g")
                        .build())
                .run();
        double[] bandwidth = new double[3];
        for (RunResult r : triads) {
            bandwidth[r.getParams().getThreads()] = rate(r, "elements") * TRIAD_BYTES;
        }
        line(
                "Java %s, %d processors. Triad, %.0f bytes per element with the read that fills a line before it is written: %.1f GB/s with one thread, %.1f GB/s with two.",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                TRIAD_BYTES,
                bandwidth[1] / 1e9,
                bandwidth[2] / 1e9);
        line("");
        line(
                "| solver | grid | domain | threads | M voxel-steps/s in the domain | ns per voxel-step | of the bandwidth bound | M voxel-steps/s of the grid | times PyTorch `preallocated` | times PyTorch `slices` |");
        line("|---|---|---|---|---|---|---|---|---|---|");
        Collection<RunResult> solves = new Runner(new OptionsBuilder()
                        .include("GridSolverBenchmark")
                        .jvmArgs("-Xmx6g")
                        .build())
                .run();
        for (RunResult r : solves) {
            row(r, bandwidth, torch);
        }
        if (torch.isEmpty()) {
            line("");
            line("PyTorch is not installed here (Debian: `python3-torch`).");
        }
        allocation();
        memory();
    }

    private void row(RunResult r, double[] bandwidth, Map<String, Double> torch) {
        String solver = r.getParams().getParam("solver");
        String grid = r.getParams().getParam("grid");
        String domain = r.getParams().getParam("domain");
        int threads = Integer.parseInt(r.getParams().getParam("threads"));
        double inDomain = rate(r, "domainVoxelSteps");
        double inGrid = rate(r, "gridVoxelSteps");
        double bytes = domain.equals("box") ? UNIFORM_BYTES : MIXED_BYTES;
        String bound = solver.equals("grid-explicit")
                ? String.format(Locale.ROOT, "%.0f %%", 100 * inDomain * bytes / bandwidth[threads])
                : "";
        line(
                "| %s | %s | %s | %d | %.0f | %.2f | %s | %.0f | %s | %s |",
                solver,
                grid,
                domain,
                threads,
                inDomain / 1e6,
                1e9 / inDomain,
                bound,
                inGrid / 1e6,
                times(inGrid, torch.get(grid + " preallocated"), threads),
                times(inGrid, torch.get(grid + " slices"), threads));
    }

    private static String times(double rate, Double peer, int threads) {
        return peer == null || threads != 2 ? "" : String.format(Locale.ROOT, "%.1f", rate / peer);
    }

    /** What is allocated per step: the difference between calls with many and with few steps. */
    private void allocation() throws RunnerException {
        line("");
        for (String solver : SOLVERS) {
            double few = allocated(solver, 20);
            double many = allocated(solver, 220);
            line(
                    "Allocation per step, %s: %.1f bytes (a call with 220 steps allocates %.3f MB, one with 20 steps %.3f MB).",
                    solver, (many - few) / 200, many / 1e6, few / 1e6);
        }
    }

    private static double allocated(String solver, int steps) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include("GridSolverBenchmark")
                        .param("solver", solver)
                        .param("grid", "64x64x64")
                        .param("domain", "two-tissue")
                        .param("threads", "2")
                        .param("steps", Integer.toString(steps))
                        .addProfiler(GCProfiler.class)
                        .build())
                .runSingle();
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    private void memory() throws IOException {
        line("");
        line("| peak resident memory in MiB | %s |", String.join(" | ", GRIDS));
        line("|---|---|---|---|");
        for (String solver : List.of("no solver", "grid-explicit", "grid-implicit")) {
            for (String domain : List.of("box", "two-tissue")) {
                StringBuilder row = new StringBuilder("| " + solver + ", " + domain);
                for (String grid : GRIDS) {
                    row.append(" | ").append(peak(solver, grid, domain));
                }
                line("%s |", row);
            }
        }
    }

    private static String peak(String solver, String grid, String domain) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx4g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeakMemory.class.getName(),
                        solver,
                        grid,
                        domain)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static double rate(RunResult result, String counter) {
        return result.getSecondaryResults().get(counter).getScore();
    }

    private void line(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
