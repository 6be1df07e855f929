package org.oncotwin.sdk.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.export.ExporterPlugin;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.casefile.RunFolders;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs a case file. Its arguments are the case file, the run folder to make, and ids of exporters; its result has a column for each observable, by name with its unit in brackets, and
 * {@code day [d]}. All types are the JDK's, so that it can be called from outside of the framework.
 */
@Component(service = Function.class, property = "oncotwin.sdk.case.runner:Boolean=true")
public final class CaseRunner implements Function<List<String>, SortedMap<String, double[]>> {

    private final CaseReader cases;
    private final SimulationEngine engine;
    private final RunFolders folders;
    private final BundleContext context;

    /** With what a run needs. */
    @Activate
    public CaseRunner(
            @Reference CaseReader cases,
            @Reference SimulationEngine engine,
            @Reference RunFolders folders,
            BundleContext context) {
        this.cases = cases;
        this.engine = engine;
        this.folders = folders;
        this.context = context;
    }

    @Override
    public SortedMap<String, double[]> apply(List<String> arguments) {
        Path caseFile = Path.of(arguments.get(0));
        Path target = Path.of(arguments.get(1));
        List<ServiceReference<Exporter>> exporters = new ArrayList<>();
        try {
            for (String id : arguments.subList(2, arguments.size())) {
                exporters.add(exporter(id));
            }
            return run(cases.read(caseFile), target, exporters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            exporters.forEach(context::ungetService);
        }
    }

    private ServiceReference<Exporter> exporter(String id) {
        try {
            return context.getServiceReferences(Exporter.class, null).stream()
                    .filter(reference -> id.equals(reference.getProperty(ExporterPlugin.PROPERTY)))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("exporter", "there is no exporter '" + id + "'"));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SortedMap<String, double[]> run(Case source, Path target, List<ServiceReference<Exporter>> exporters)
            throws IOException {
        try (Simulation simulation = engine.prepare(source.request());
                RunFolder folder = folders.create(target, false)) {
            folder.writeCase(source);
            List<Export> exports = new ArrayList<>();
            for (ServiceReference<Exporter> reference : exporters) {
                String place = "exports/" + reference.getProperty(ExporterPlugin.PROPERTY) + "/";
                exports.add(context.getService(reference)
                        .begin(source.caseName(), source.request().setting(), path -> folder.create(place + path)));
            }
            RunResult result = simulation.run(RunOptions.defaults(), new RunListener() {
                @Override
                public void output(Output output) throws IOException {
                    for (Export export : exports) {
                        export.add(output.state());
                    }
                }
            });
            for (Export export : exports) {
                export.finish();
            }
            folder.writeResult(source, result);
            folder.commit();
            return columns(result);
        }
    }

    private static SortedMap<String, double[]> columns(RunResult result) {
        SortedMap<String, double[]> columns = new TreeMap<>();
        columns.put(
                "day [d]",
                result.trajectory().times().stream()
                        .mapToDouble(SimulationTime::days)
                        .toArray());
        for (Series series : result.trajectory().series()) {
            columns.put(
                    series.quantity().name() + " [" + series.quantity().unit() + "]",
                    series.values().stream().mapToDouble(Double::doubleValue).toArray());
        }
        for (ToxicitySummary toxicity : result.toxicities()) {
            for (Curve curve : toxicity.toxicity().curves()) {
                String name = curve.name() + " [" + curve.unit() + "]";
                double[] values = result.trajectory().times().stream()
                        .mapToDouble(time -> curve.at(time.days()))
                        .toArray();
                if (columns.put(name, values) != null) {
                    throw new IllegalStateException("two things of the run are called " + name);
                }
            }
        }
        return columns;
    }
}
