package org.oncotwin.casefile;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.toxicity.FiredRule;

/**
 * What {@code result.json} holds.
 *
 * @param caseName name of the case
 * @param trajectory observables over output times
 * @param courses the treatments
 * @param toxicities harm to healthy tissue
 * @param firedRules rules of drug labels whose conditions were met
 * @param limitations what the plugins say that they leave out, and what the images warn of
 * @param provenance where it comes from
 * @param inputs copies of the input files
 * @param files SHA-256 of other files of the run by their path in the run folder
 */
public record Result(
        String caseName,
        Trajectory trajectory,
        List<CourseSummary> courses,
        List<ToxicitySummary> toxicities,
        List<FiredRule> firedRules,
        List<String> limitations,
        Provenance provenance,
        List<StoredInput> inputs,
        SortedMap<String, String> files) {
    /** Makes the collections immutable. */
    public Result {
        courses = List.copyOf(courses);
        toxicities = List.copyOf(toxicities);
        firedRules = List.copyOf(firedRules);
        limitations = List.copyOf(limitations);
        inputs = List.copyOf(inputs);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** What a run gave. */
    public static Result of(Case source, RunResult result, Map<String, String> files) {
        return new Result(
                source.caseName(),
                result.trajectory(),
                result.courses(),
                result.toxicities(),
                result.firedRules(),
                Stream.concat(result.limitations().stream(), source.warnings().stream())
                        .toList(),
                result.provenance(),
                source.inputs().stream()
                        .map(i -> new StoredInput(i.name(), i.storedAs(), i.sha256()))
                        .toList(),
                new TreeMap<>(files));
    }

    /** How another result differs from this one, bit for bit. */
    public ResultComparison compareWith(Result other) {
        return ResultComparison.of(this, other);
    }
}
