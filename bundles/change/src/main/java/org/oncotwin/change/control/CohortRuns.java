package org.oncotwin.change.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.CaseReader;
import org.oncotwin.change.control.Cohort.Member;
import org.oncotwin.change.control.Evidence.Finding;
import org.oncotwin.change.plan.Plan.Against;
import org.oncotwin.change.plan.Plan.Criterion;
import org.oncotwin.change.plan.Plan.Statistic;

/** Runs a cohort on both versions, out of sight of studies, and judges what comes of it. */
final class CohortRuns {

    /**
     * A case on both versions.
     *
     * @param member the case
     * @param current what the version in use gives
     * @param proposed what the proposed version gives
     */
    record Pair(Member member, RunResult current, RunResult proposed) {}

    private final SimulationEngine engine;
    private final CaseReader cases;
    private final RunOptions options;

    CohortRuns(SimulationEngine engine, CaseReader cases, Cancellation cancellation) {
        this.engine = engine;
        this.cases = cases;
        this.options = new RunOptions(Runtime.getRuntime().availableProcessors(), cancellation);
    }

    List<Pair> run(
            Cohort.Kept cohort,
            ContentStore contents,
            Predicate<PluginIdentity> current,
            Predicate<PluginIdentity> proposed,
            Consumer<String> progress)
            throws IOException {
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<String, String> file : cohort.files().entrySet()) {
            files.put(file.getKey(), contents.file(file.getValue()));
        }
        List<Member> members = cohort.cohort().cases();
        List<Pair> pairs = new ArrayList<>();
        for (Member member : members) {
            progress.accept("case " + (pairs.size() + 1) + " of " + members.size() + ": " + member.file());
            Path file = files.get(member.file());
            pairs.add(new Pair(member, run(file, files, current), run(file, files, proposed)));
        }
        return pairs;
    }

    private RunResult run(Path file, Map<String, Path> inputs, Predicate<PluginIdentity> visible) throws IOException {
        Case source = cases.read(file, inputs, visible);
        try (Simulation simulation = engine.prepare(source.request(), visible)) {
            return simulation.run(options, RunListener.NONE);
        }
    }

    /** How criteria come out: each for all cases and for each of its subgroups. */
    static List<Finding> judge(List<Criterion> criteria, List<Pair> pairs) {
        List<Finding> findings = new ArrayList<>();
        for (Criterion criterion : criteria) {
            findings.add(judge(criterion, "all", pairs));
            for (String subgroup : criterion.subgroups()) {
                findings.add(judge(
                        criterion,
                        subgroup,
                        pairs.stream()
                                .filter(pair -> pair.member().subgroups().contains(subgroup))
                                .toList()));
            }
        }
        return findings;
    }

    private static Finding judge(Criterion criterion, String group, List<Pair> pairs) {
        double worst = -1;
        String where = "";
        double sum = 0;
        long count = 0;
        for (Pair pair : pairs) {
            List<Double> values = values(pair.proposed(), criterion.quantity(), pair.member());
            List<Double> expected = criterion.against() == Against.CURRENT
                    ? values(pair.current(), criterion.quantity(), pair.member())
                    : reference(pair, criterion, values.size());
            for (int n = 0; n < values.size(); n++) {
                double difference = Math.abs(values.get(n) - expected.get(n))
                        / Math.max(Math.abs(expected.get(n)), criterion.floor());
                // What is not a number is as wrong as can be.
                double counted = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
                sum += counted;
                count++;
                if (counted > worst) {
                    worst = counted;
                    where = pair.member().file() + " at "
                            + pair.proposed().trajectory().times().get(n);
                }
            }
        }
        double value = count == 0 ? 0 : criterion.statistic() == Statistic.MAXIMUM ? worst : sum / count;
        return new Finding(
                criterion.id(),
                criterion.words(),
                group,
                pairs.size(),
                value,
                criterion.atMost(),
                where,
                count > 0 && value <= criterion.atMost());
    }

    private static List<Double> values(RunResult result, String quantity, Member member) {
        return result.trajectory().series().stream()
                .filter(series -> series.quantity().name().equals(quantity))
                .map(Series::values)
                .findFirst()
                .orElseThrow(() -> new ChangeRefusedException("the plan judges by " + quantity + ", which "
                        + member.file() + " of the cohort does not give"));
    }

    private static List<Double> reference(Pair pair, Criterion criterion, int size) {
        List<Double> reference = pair.member().reference().get(criterion.quantity());
        if (reference == null || reference.size() != size) {
            throw new ChangeRefusedException("the cohort gives "
                    + (reference == null ? "no" : Integer.toString(reference.size())) + " reference values of "
                    + criterion.quantity() + " for " + pair.member().file() + ", which has " + size + " outputs");
        }
        // A gap in a reference is not a value that can be met.
        IntStream.range(0, size)
                .filter(n -> reference.get(n) == null)
                .findFirst()
                .ifPresent(n -> {
                    throw new ChangeRefusedException("reference value " + n + " of " + criterion.quantity() + " for "
                            + pair.member().file() + " is missing");
                });
        return reference;
    }
}
