package org.oncotwin.model.reaction.diffusion;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.ReactionDiffusionGradient;
import org.oncotwin.api.twin.Anatomy;

/**
 * Which parameter value holds in which class of the medium, to turn derivatives with respect to classes into derivatives with respect to parameters.
 *
 * @param names all values
 * @param diffusion name of the value of D by class
 * @param proliferation name of the value of rho by class
 */
record TissueParameters(Set<String> names, List<String> diffusion, List<String> proliferation) {

    static TissueParameters of(Anatomy anatomy, Parameters parameters) {
        return new TissueParameters(
                Set.copyOf(parameters.values().keySet()),
                TissueClasses.valueNames(anatomy, parameters, ReactionDiffusionModel.DIFFUSION),
                TissueClasses.valueNames(anatomy, parameters, ReactionDiffusionModel.PROLIFERATION));
    }

    /** Derivatives by parameter: a value that holds in several classes gets the sum of theirs. */
    SortedMap<String, Double> derivatives(ReactionDiffusionGradient gradient) {
        SortedMap<String, Double> derivatives = new TreeMap<>();
        for (int c = 1; c < diffusion.size(); c++) {
            derivatives.merge(diffusion.get(c), gradient.diffusion()[c], Double::sum);
            derivatives.merge(proliferation.get(c), gradient.proliferation()[c], Double::sum);
        }
        derivatives.put(ReactionDiffusionModel.CARRYING_CAPACITY, gradient.carryingCapacity());
        return derivatives;
    }
}
