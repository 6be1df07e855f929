package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.casefile.Result;
import org.oncotwin.response.Assessment;
import org.oncotwin.response.ResponseAssessment;
import org.oncotwin.response.TargetLesions;
import org.oncotwin.response.Visit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code response}: what a radiologist would call each visit. */
@Command(
        name = "response",
        description = {
            "Calls the response at each visit of a run by RECIST 1.1 and by iRECIST, which waits for progression to be confirmed.",
            "The tumour is one target lesion: its diameter is that of a sphere of the tumour volume that an image shows. The first output is the baseline.",
            "New lesions and lesions that are not measured are not in a run."
        },
        footerHeading = "%nExample:%n",
        footer = "  oncotwin response runs/first --every 56",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:the folder is not a run, or its tumour has no diameter at the first output"})
final class ResponseCommand implements Callable<Integer> {

    private static final double MILLIMETRES_PER_CENTIMETRE = 10;

    private final Services services;
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
    private Path run;

    @Option(
            names = "--every",
            paramLabel = "DAYS",
            defaultValue = "0",
            description =
                    "Least time between visits; each visit is the first output after it. By default every output is a visit.")
    private double every;

    @Option(
            names = "--smallest",
            paramLabel = "MM",
            defaultValue = "2",
            description = "Diameter below which an image shows nothing (default: ${DEFAULT-VALUE} mm).")
    private double smallest;

    @Mixin
    private CommonOptions common;

    ResponseCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!(every >= 0 && every <= 100_000)) {
            throw new InvalidInputException("--every", every + " is not allowed; allowed is 0 to 100000 days");
        }
        if (!(smallest >= 0 && smallest <= 100)) {
            throw new InvalidInputException("--smallest", smallest + " is not allowed; allowed is 0 to 100 mm");
        }
        Result result = services.results().read(run);
        List<Visit> visits = visits(result.trajectory());
        if (visits.get(0).targets().map(TargetLesions::sum).orElse(0.0) == 0) {
            throw new InvalidInputException(
                    "RUN",
                    "the tumour is below " + smallest
                            + " mm at the first output; there is no lesion whose response could be called");
        }
        ResponseAssessment assessment = ResponseAssessment.of(visits.get(0), visits.subList(1, visits.size()));
        if (common.json()) {
            print(result, visits.get(0), assessment);
        } else {
            say(result, visits.get(0), assessment);
        }
        return ExitCode.OK;
    }

    private List<Visit> visits(Trajectory trajectory) {
        Series volumes = trajectory.series().stream()
                .filter(series -> series.quantity().name().equals(Quantity.TUMOUR_VOLUME.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("RUN", "the run has no " + Quantity.TUMOUR_VOLUME.name()));
        List<Visit> visits = new ArrayList<>();
        double next = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < volumes.values().size(); n++) {
            double day = trajectory.times().get(n).days();
            if (day >= next) {
                double diameter = MILLIMETRES_PER_CENTIMETRE
                        * Math.cbrt(6 * volumes.values().get(n) / Math.PI);
                visits.add(Visit.of(day, diameter < smallest ? 0 : diameter));
                next = day + every;
            }
        }
        return visits;
    }

    private static double sum(Visit visit) {
        return visit.targets().map(TargetLesions::sum).orElse(Double.NaN);
    }

    private void print(Result result, Visit baseline, ResponseAssessment assessment) {
        ObjectNode root = JsonOutput.object().put("case", result.caseName());
        root.putObject("baseline").put("day", baseline.day()).put("diameter_mm", sum(baseline));
        ArrayNode visits = root.putArray("visits");
        for (Assessment visit : assessment.assessments()) {
            visits.addObject()
                    .put("day", visit.visit().day())
                    .put("diameter_mm", sum(visit.visit()))
                    .put("recist", visit.recist().name())
                    .put("irecist", visit.immune().label());
        }
        root.put("best_recist", assessment.bestRecist().name());
        root.put("best_irecist", assessment.bestImmune().label());
        assessment.progression().ifPresent(day -> root.put("progression_day", day));
        JsonOutput.print(console, root);
    }

    private void say(Result result, Visit baseline, ResponseAssessment assessment) {
        console.out().println(result.caseName());
        console.out().println("       day  diameter  baseline     nadir  RECIST  iRECIST");
        console.out().printf(Locale.ROOT, "  %8.1f  %5.1f mm  baseline%n", baseline.day(), sum(baseline));
        double nadir = sum(baseline);
        for (Assessment visit : assessment.assessments()) {
            double sum = sum(visit.visit());
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %8.1f  %5.1f mm  %+7.1f%%  %8s  %-6s  %s%n",
                            visit.visit().day(),
                            sum,
                            100 * (sum / sum(baseline) - 1),
                            nadir > 0 ? String.format(Locale.ROOT, "%+.1f%%", 100 * (sum / nadir - 1)) : "",
                            visit.recist().name(),
                            visit.immune().label());
            nadir = Math.min(nadir, sum);
        }
        console.out()
                .println("Best response: " + assessment.bestRecist().name() + " by RECIST 1.1, "
                        + assessment.bestImmune().label() + " by iRECIST");
        assessment.progression().ifPresent(day -> console.out()
                .println("Progression by iRECIST: day " + Text.plain(day)));
    }
}
