package org.oncotwin.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;
import org.oncotwin.report.AnatomySlices;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;
import org.oncotwin.report.ReportWriter;
import org.oncotwin.report.SliceExtractor;
import org.oncotwin.report.Snapshot;
import org.oncotwin.report.SnapshotRecorder;

/** {@code report.html} of one run. */
final class RunReport {
    /** Parameter of models with space: the cellularity at and above which tissue counts to the tumour's volume. */
    private static final String THRESHOLD = "volume_threshold";

    private final ReportWriter reports;
    private final Case source;
    private final SnapshotRecorder recorder;

    RunReport(ReportWriter reports, Case source) {
        this.reports = reports;
        this.source = source;
        this.recorder = SnapshotRecorder.ofOutputs(source.request().outputs());
    }

    /** Keeps the slices that the report will show. */
    RunListener recorder() {
        return recorder;
    }

    /**
     * What a run gives to a page, without the fields that it came from.
     *
     * @param source its case
     * @param result what came out
     * @param snapshots slices of the tumour
     * @param anatomy slices of what lies behind it
     */
    record Recorded(Case source, RunResult result, List<Snapshot> snapshots, Optional<AnatomySlices> anatomy) {}

    /** What was recorded of a run that has ended. */
    Recorded recorded(RunResult result) {
        return new Recorded(
                source, result, recorder.snapshots(), recorder.extractor().flatMap(this::anatomy));
    }

    void write(RunResult result, RunFolder folder) throws IOException {
        ReportContent content =
                comparison(source.caseName(), List.of(), List.of(Map.entry(source.caseName(), recorded(result))));
        try (OutputStream out = folder.createUnlisted("report.html")) {
            reports.write(content, out);
        }
    }

    /** A page on one or several runs from one start, by the name that each has on the page; the first is the reference. */
    static ReportContent comparison(String title, List<String> notes, List<Map.Entry<String, Recorded>> runs) {
        Recorded first = runs.get(0).getValue();
        return new ReportContent(
                title,
                first.source().caseName(),
                first.source().patientId().orElse(""),
                facts(first.source().request()),
                Stream.concat(notes.stream(), first.source().warnings().stream())
                        .toList(),
                threshold(first.result()),
                first.anatomy(),
                runs.stream()
                        .map(r -> new Arm(
                                r.getKey(), r.getValue().result(), r.getValue().snapshots()))
                        .toList());
    }

    private static OptionalDouble threshold(RunResult result) {
        return result.provenance().parameters().stream()
                .filter(p -> p.name().equals(THRESHOLD) && p.value() > 0)
                .mapToDouble(UsedParameter::value)
                .findFirst();
    }

    private Optional<AnatomySlices> anatomy(SliceExtractor extractor) {
        return source.request()
                .setting()
                .anatomy()
                .map(anatomy -> AnatomySlices.cut(
                        extractor,
                        source.background().isPresent() ? "Image of the case" : "Tissue",
                        source.background(),
                        anatomy.tissue()));
    }

    private static SortedMap<String, String> facts(SimulationRequest request) {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("Simulated", request.start() + " to " + request.end());
        facts.put("Outputs", Integer.toString(request.outputs().size()));
        facts.put("Seed", Long.toString(request.seed()));
        request.calendar().startDate().ifPresent(date -> facts.put("Day 0", date.toString()));
        request.setting().anatomy().map(Anatomy::domain).ifPresent(domain -> {
            facts.put("Grid", domain.grid().describe());
            facts.put("Domain", String.format(Locale.ROOT, "%.1f cm3 in %d voxels", domain.volume(), domain.count()));
        });
        request.setting().covariates().forEach((name, value) -> facts.put("Patient: " + name, Text.plain(value)));
        request.setting().markers().forEach((name, value) -> facts.put("Patient: " + name, value));
        return facts;
    }
}
