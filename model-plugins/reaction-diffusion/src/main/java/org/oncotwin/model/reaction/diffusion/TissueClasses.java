package org.oncotwin.model.reaction.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.LabelField;

/**
 * Which voxels the tumour can enter and how it behaves there. With tissue labels these are the voxels of the domain whose class has a name and a diffusion
 * coefficient; with a mask alone, all of the domain.
 */
final class TissueClasses {

    /** The class of the outside is one more. */
    private static final int MOST_CLASSES = Medium.MOST_CLASSES - 1;

    private TissueClasses() {}

    /** The medium of an anatomy, a new one at each call. */
    static Medium medium(Anatomy anatomy, Parameters parameters) {
        Medium medium = anatomy.tissue().isPresent()
                ? ofTissue(anatomy, anatomy.tissue().get(), parameters)
                : ofMask(anatomy, parameters);
        return anatomy.diffusionTensors().map(medium::withOrientation).orElse(medium);
    }

    private static Medium ofMask(Anatomy anatomy, Parameters parameters) {
        for (String name : List.of(ReactionDiffusionModel.DIFFUSION, ReactionDiffusionModel.PROLIFERATION)) {
            if (parameters.isPerTissue(name)) {
                throw new InvalidInputException(
                        name,
                        "there are values for " + parameters.tissues(name)
                                + " but no tissue in the anatomy; give one value");
            }
        }
        byte[] classes = new byte[anatomy.grid().size()];
        for (int index = 0; index < classes.length; index++) {
            classes[index] = (byte) (anatomy.domain().contains(index) ? 1 : 0);
        }
        return Medium.of(
                anatomy.grid(),
                classes,
                new double[] {0, parameters.value(ReactionDiffusionModel.DIFFUSION)},
                new double[] {0, parameters.value(ReactionDiffusionModel.PROLIFERATION)});
    }

    private static Medium ofTissue(Anatomy anatomy, LabelField tissue, Parameters parameters) {
        SortedMap<String, Integer> names = tissue.names();
        checkNames(parameters, names);
        List<Double> diffusion = new ArrayList<>(List.of(0.0));
        List<Double> proliferation = new ArrayList<>(List.of(0.0));
        byte[] classOfLabel = new byte[256];
        boolean perTissue = parameters.isPerTissue(ReactionDiffusionModel.DIFFUSION);
        SortedSet<String> open = parameters.tissues(ReactionDiffusionModel.DIFFUSION);
        for (var name : names.entrySet()) {
            if (perTissue && !open.contains(name.getKey())) {
                continue;
            }
            if (diffusion.size() > MOST_CLASSES) {
                throw new InvalidInputException(
                        "anatomy.labels", "more than " + MOST_CLASSES + " tissue classes in which the tumour can be");
            }
            classOfLabel[name.getValue()] = (byte) diffusion.size();
            diffusion.add(parameters.value(ReactionDiffusionModel.DIFFUSION, name.getKey()));
            proliferation.add(parameters.value(ReactionDiffusionModel.PROLIFERATION, name.getKey()));
        }
        byte[] classes = new byte[tissue.grid().size()];
        for (int index = 0; index < classes.length; index++) {
            classes[index] = anatomy.domain().contains(index) ? classOfLabel[tissue.label(index)] : 0;
        }
        return Medium.of(tissue.grid(), classes, array(diffusion), array(proliferation));
    }

    /**
     * Name of the parameter value that holds in each class of the medium of an anatomy: the parameter's own name if it has one value, else with the tissue class. Entry 0, the outside, is empty.
     */
    static List<String> valueNames(Anatomy anatomy, Parameters parameters, String parameter) {
        List<String> names = new ArrayList<>(List.of(""));
        if (anatomy.tissue().isEmpty()) {
            names.add(parameter);
            return names;
        }
        boolean perTissue = parameters.isPerTissue(ReactionDiffusionModel.DIFFUSION);
        SortedSet<String> open = parameters.tissues(ReactionDiffusionModel.DIFFUSION);
        for (String tissue : anatomy.tissue().get().names().keySet()) {
            if (!perTissue || open.contains(tissue)) {
                names.add(parameters.isPerTissue(parameter) ? parameter + "." + tissue : parameter);
            }
        }
        return names;
    }

    private static void checkNames(Parameters parameters, SortedMap<String, Integer> names) {
        for (String parameter : List.of(ReactionDiffusionModel.DIFFUSION, ReactionDiffusionModel.PROLIFERATION)) {
            for (String name : parameters.tissues(parameter)) {
                if (!names.containsKey(name)) {
                    throw new InvalidInputException(
                            parameter + "." + name,
                            "no tissue class '" + name + "' in the anatomy; there are " + names.keySet());
                }
            }
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
