package org.oncotwin.api.solver;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a plugin asks of a solver. The best ranking one that offers all of it is used.
 *
 * @param kind kind of problem
 * @param features what it must be able to do beside solving
 */
public record SolverNeed(SolverKind kind, Set<SolverFeature> features) {

    /** Makes the set immutable. */
    public SolverNeed {
        features = Set.copyOf(features);
    }

    /** A kind of problem and nothing beside. */
    public static SolverNeed of(SolverKind kind, SolverFeature... features) {
        return new SolverNeed(kind, Set.of(features));
    }

    /** In words, such as {@code stiff ordinary differential equations with derivatives of the solution}. */
    public String words() {
        return features.isEmpty()
                ? kind.words()
                : kind.words() + " with "
                        + features.stream().map(SolverFeature::words).sorted().collect(Collectors.joining(" and "));
    }
}
