package org.oncotwin.api.toxicity;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.SolverNeed;

/**
 * What a toxicity model says of itself.
 *
 * @param plugin what every plugin says; its parameters are those of the patient's tissue
 * @param drugSection section of a drug that holds its numbers for this model
 * @param drugParameters the numbers of that section; those without a default a drug must have
 * @param terms terms of the adverse events that it can grade
 * @param equation the model in a line or two of plain text
 * @param solverNeeds the kinds of problem that it hands to solvers
 */
public record ToxicityModelDescription(
        PluginDescription plugin,
        String drugSection,
        List<ParameterDescription> drugParameters,
        List<String> terms,
        String equation,
        Set<SolverNeed> solverNeeds) {

    /** Makes the collections immutable. */
    public ToxicityModelDescription {
        drugParameters = List.copyOf(drugParameters);
        terms = List.copyOf(terms);
        solverNeeds = Set.copyOf(solverNeeds);
    }
}
