package org.oncotwin.api.mechanics;

import java.util.Set;
import org.oncotwin.api.plugin.PluginDescription;

/**
 * What an elasticity solver says of itself.
 *
 * @param plugin what every plugin says; it is of the kind {@link org.oncotwin.api.plugin.PluginKind#SOLVER}
 * @param laws laws that it knows
 * @param contact true if it can do with a sphere
 */
public record ElasticitySolverDescription(PluginDescription plugin, Set<ElasticLaw> laws, boolean contact) {

    /** Makes the set immutable. */
    public ElasticitySolverDescription {
        laws = Set.copyOf(laws);
    }

    /** True if it can solve a problem. */
    public boolean meets(ElasticityProblem problem) {
        return laws.contains(problem.law()) && (contact || problem.sphere().isEmpty());
    }
}
