package org.oncotwin.api.solver;

import java.util.List;
import java.util.Set;

/**
 * What a solver says of itself.
 *
 * @param id name in case files
 * @param title a few words for people
 * @param order order of the scheme in time
 * @param stable true if no step is too long for stability (unconditionally or A-stable)
 * @param kinds kinds of problems that it is made for
 * @param features what it can do beside solving
 * @param limitations what it cannot do
 * @param references papers that it rests on
 */
public record SolverDescription(
        String id,
        String title,
        int order,
        boolean stable,
        Set<SolverKind> kinds,
        Set<SolverFeature> features,
        List<String> limitations,
        List<String> references) {

    /** Makes the collections immutable. */
    public SolverDescription {
        kinds = Set.copyOf(kinds);
        features = Set.copyOf(features);
        limitations = List.copyOf(limitations);
        references = List.copyOf(references);
    }

    /** True if it offers what is needed. */
    public boolean meets(SolverNeed need) {
        return kinds.contains(need.kind()) && features.containsAll(need.features());
    }
}
