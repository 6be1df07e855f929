package org.oncotwin.api.pharmacokinetics;

import java.util.List;
import java.util.Set;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.solver.SolverNeed;

/**
 * What a pharmacokinetic model says of itself.
 *
 * @param plugin what every plugin says; its parameters are those of the model itself, such as a factor on clearance
 * @param drugSection section of a drug that holds its numbers for this model
 * @param drugParameters the numbers of that section; those without a default a drug must have
 * @param equation the model in a line or two of plain text
 * @param solverNeeds the kinds of problem that it hands to solvers
 */
public record PharmacokineticModelDescription(
        PluginDescription plugin,
        String drugSection,
        List<ParameterDescription> drugParameters,
        String equation,
        Set<SolverNeed> solverNeeds) {

    /** Makes the collections immutable. */
    public PharmacokineticModelDescription {
        drugParameters = List.copyOf(drugParameters);
        solverNeeds = Set.copyOf(solverNeeds);
    }
}
