package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.twin.State;

/**
 * What a run that came to its end gives.
 *
 * @param trajectory observables over output times
 * @param finalState the state at the end
 * @param courses the treatments
 * @param toxicities harm to healthy tissue
 * @param firedRules rules of drug labels whose conditions were met, sorted by time
 * @param limitations what the plugins say that they leave out, and how they took their observations
 * @param provenance where it comes from
 */
public record RunResult(
        Trajectory trajectory,
        State finalState,
        List<CourseSummary> courses,
        List<ToxicitySummary> toxicities,
        List<FiredRule> firedRules,
        List<String> limitations,
        Provenance provenance) {

    /** Makes the lists immutable. */
    public RunResult {
        courses = List.copyOf(courses);
        toxicities = List.copyOf(toxicities);
        firedRules = List.copyOf(firedRules);
        limitations = List.copyOf(limitations);
    }
}
