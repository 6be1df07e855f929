package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Objective;
import org.oncotwin.api.simulation.ParameterSensitivity;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.simulation.SensitivityResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sensitivity}: what a number of a run depends on, and how much. */
@Command(
        name = "sensitivity",
        description = {
            "Differentiates a number of a run with respect to every parameter of its growth model and treatments,",
            "and, with --maps, with respect to every voxel. The column METHOD says how each derivative was found:",
            "adjoint and effect differences need one run and one sweep back, run differences repeat the run.",
            "docs/sensitivity.md explains the table."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  oncotwin sensitivity case.json",
            "  oncotwin sensitivity case.json --of tumour_burden --at 180 --check",
            "  oncotwin sensitivity case.json --maps maps/first --memory 4GiB"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the run failed",
            "2:the case or the command line cannot be used; nothing was written",
            "130:cancelled; nothing was written"
        })
final class SensitivityCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;
    private final Cancellation cancellation;

    @Parameters(index = "0", paramLabel = "CASE", description = "The case file.")
    private Path caseFile;

    @Option(
            names = "--of",
            paramLabel = "QUANTITY",
            defaultValue = "tumour_burden",
            description = "What to differentiate: an observable of the growth model. Default: ${DEFAULT-VALUE}.")
    private String quantity;

    @Option(names = "--at", paramLabel = "DAY", description = "When. Default: the end of the run.")
    private Double day;

    @Option(
            names = "--maps",
            paramLabel = "DIR",
            description = {
                "Write the derivatives with respect to each voxel of the initial field, the relative diffusion and the",
                "relative proliferation as NIfTI images into DIR, with sensitivity.json. It must be new or empty."
            })
    private Path maps;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "2GiB",
            description =
                    "Keep states of the run in at most this much memory; with less, more is computed again. Default: ${DEFAULT-VALUE}.")
    private String memory;

    @Option(
            names = "--check",
            description = "Compare every derivative with repeated runs, four or five for each parameter.")
    private boolean check;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private CommonOptions common;

    SensitivityCommand(Services services, Console console, Cancellation cancellation) {
        this.services = services;
        this.console = console;
        this.cancellation = cancellation;
    }

    @Override
    public Integer call() throws IOException {
        long started = System.nanoTime();
        RunOptions options = new RunOptions(threads.count(), cancellation);
        long bytes = ByteSize.parse("--memory", memory);
        if (maps != null) {
            services.folders().check(maps, false);
        }
        Case source = services.cases().read(caseFile);
        source.warnings().forEach(console::say);
        SimulationTime time = time(source);
        Objective objective = new Objective(List.of(new Objective.Observable(quantity.replace('_', '.'), time)));
        SensitivityRequest wanted = new SensitivityRequest(objective, maps != null, bytes, check);
        SensitivityResult result;
        try (Simulation simulation = services.engine().prepare(source.request());
                SensitivityProgress progress = SensitivityProgress.of(console, common.json())) {
            result = simulation.sensitivity(wanted, options, progress);
        } catch (InvalidInputException e) {
            throw located(e);
        }
        cancellation.check();
        ObjectNode document = document(source, time, wanted, result);
        if (maps != null) {
            write(document, result);
        }
        if (common.json()) {
            document.put("seconds", (System.nanoTime() - started) / 1e9);
            JsonOutput.print(console, document);
        } else {
            print(source, time, wanted, result, (System.nanoTime() - started) / 1e9);
        }
        return ExitCode.OK;
    }

    /** What the engine calls objective, maps and memory are options here. */
    private static InvalidInputException located(InvalidInputException e) {
        return switch (e.field()) {
            case "objective" -> new InvalidInputException("--of", e.problem());
            case "maps", "memory" -> new InvalidInputException("--" + e.field(), e.problem());
            default -> e;
        };
    }

    private SimulationTime time(Case source) {
        SimulationTime start = source.request().start();
        SimulationTime end = source.request().end();
        if (day == null) {
            return end;
        }
        if (!(day > start.days() && day <= end.days())) {
            throw new InvalidInputException(
                    "--at",
                    Text.plain(day) + " is not allowed; allowed is above " + Text.plain(start.days()) + " to "
                            + Text.plain(end.days()) + ", the days of the run");
        }
        return SimulationTime.ofDays(day);
    }

    private static List<ParameterSensitivity> sorted(SensitivityResult result) {
        List<ParameterSensitivity> sorted = new ArrayList<>(result.parameters());
        sorted.sort(Comparator.comparingDouble(p -> -Math.abs(p.elasticity().orElse(p.derivative()))));
        return sorted;
    }

    private ObjectNode document(Case source, SimulationTime time, SensitivityRequest wanted, SensitivityResult result) {
        ObjectNode root = JsonOutput.object();
        root.put("case", source.caseName());
        root.put("of", quantity.replace('_', '.'));
        root.put("day", time.days());
        root.set("value", JsonOutput.number(result.value()));
        root.put("unit", result.unit());
        ArrayNode parameters = root.putArray("parameters");
        for (ParameterSensitivity p : sorted(result)) {
            ObjectNode one = parameters.addObject();
            one.put("participant", p.participant());
            one.put("name", p.name());
            one.set("value", JsonOutput.number(p.value()));
            one.put("unit", p.unit());
            one.set("derivative", JsonOutput.number(p.derivative()));
            put(one, "elasticity", p.elasticity());
            one.put("method", p.method().words());
            put(one, "step", p.step());
            put(one, "run_differences", p.checked());
            put(one, "relative_difference", p.disagreement());
        }
        result.obstacle().ifPresent(why -> root.put("no_adjoint", why));
        ArrayNode remarks = root.putArray("remarks");
        result.remarks().forEach(remarks::add);
        ArrayNode written = root.putArray("maps");
        result.maps().keySet().forEach(written::add);
        root.put("memory_allowed", wanted.memory());
        root.put("memory_used", result.memoryUsed());
        root.put("runs", result.runs());
        root.put("repeated_runs", result.repeatedRuns());
        root.put("request_hash", result.requestHash());
        ArrayNode plugins = root.putArray("plugins");
        result.plugins().forEach(plugin -> plugins.add(plugin.toString()));
        return root;
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.set(name, JsonOutput.number(value.getAsDouble()));
        }
    }

    private void write(ObjectNode document, SensitivityResult result) throws IOException {
        try (RunFolder folder = services.folders().create(maps, false)) {
            for (Map.Entry<String, Field> map : result.maps().entrySet()) {
                try (OutputStream out = folder.createUnlisted(map.getKey() + ".nii.gz")) {
                    services.images().write(map.getValue(), out);
                }
            }
            try (OutputStream out = folder.createUnlisted("sensitivity.json")) {
                JsonOutput.write(document, out);
            }
            folder.commit();
        }
    }

    private void print(
            Case source, SimulationTime time, SensitivityRequest wanted, SensitivityResult result, double seconds) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %s at %s is %.6g %s%n",
                        source.caseName(),
                        quantity.replace('_', '.'),
                        time,
                        result.value(),
                        result.unit());
        List<ParameterSensitivity> rows = sorted(result);
        int width = rows.stream().mapToInt(p -> name(p).length()).max().orElse(9);
        String format = "  %-" + Math.max(width, 9) + "s  %12s %-6s  %13s  %11s  %-18s%s%n";
        console.out()
                .printf(
                        Locale.ROOT,
                        format,
                        "PARAMETER",
                        "VALUE",
                        "UNIT",
                        "DERIVATIVE",
                        "ELASTICITY",
                        "METHOD",
                        check ? "  RUNS DIFFER BY" : "");
        for (ParameterSensitivity p : rows) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            format,
                            name(p),
                            Text.plain(p.value()),
                            p.unit(),
                            String.format(Locale.ROOT, "%+.6e", p.derivative()),
                            p.elasticity().isPresent()
                                    ? String.format(
                                            Locale.ROOT, "%+.4f", p.elasticity().getAsDouble())
                                    : "-",
                            p.method().words(),
                            p.disagreement().isPresent()
                                    ? String.format(
                                            Locale.ROOT,
                                            "  %.1e",
                                            p.disagreement().getAsDouble())
                                    : "");
        }
        result.obstacle().ifPresent(why -> console.out().println("no adjoint: " + why));
        result.remarks().forEach(console.out()::println);
        console.out()
                .printf(
                        Locale.ROOT,
                        "%.1f s; %s of %s for states; %.2f runs for the value and the adjoint, %.0f repeated%n",
                        seconds,
                        ByteSize.format(result.memoryUsed()),
                        ByteSize.format(wanted.memory()),
                        result.runs(),
                        result.repeatedRuns());
        if (maps != null) {
            console.out().println("wrote " + maps + ": sensitivity.json and " + String.join(", ", names(result)));
        }
    }

    private static List<String> names(SensitivityResult result) {
        return result.maps().keySet().stream().map(name -> name + ".nii.gz").toList();
    }

    private static String name(ParameterSensitivity p) {
        return p.participant() + " " + p.name();
    }
}
