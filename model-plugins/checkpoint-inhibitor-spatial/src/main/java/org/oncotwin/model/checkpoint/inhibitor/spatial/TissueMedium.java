package org.oncotwin.model.checkpoint.inhibitor.spatial;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Anatomy;

/**
 * Which voxels the tumour can enter and how it behaves there: with tissue labels those of the domain whose class has a name and a diffusion coefficient; with a mask alone all of the domain. As the
 * model {@code reaction-diffusion} has it.
 */
final class TissueMedium {

    private TissueMedium() {}

    static Medium of(Anatomy anatomy, Parameters parameters) {
        List<String> tissues = anatomy.tissue()
                .map(labels -> List.copyOf(labels.names().keySet()))
                .orElse(List.of());
        for (String parameter : List.of(SpatialParameters.DIFFUSION, SpatialParameters.PROLIFERATION)) {
            for (String given : parameters.tissues(parameter)) {
                if (!tissues.contains(given)) {
                    throw new InvalidInputException(
                            parameter + "." + given,
                            "no tissue class '" + given + "' in the anatomy; there are " + tissues);
                }
            }
        }
        byte[] classOfLabel = new byte[256];
        List<Double> diffusion = new ArrayList<>(List.of(0.0));
        List<Double> proliferation = new ArrayList<>(List.of(0.0));
        if (anatomy.tissue().isEmpty()) {
            diffusion.add(parameters.value(SpatialParameters.DIFFUSION));
            proliferation.add(parameters.value(SpatialParameters.PROLIFERATION));
        }
        boolean closable = parameters.isPerTissue(SpatialParameters.DIFFUSION);
        for (String tissue : tissues) {
            if (!closable || parameters.tissues(SpatialParameters.DIFFUSION).contains(tissue)) {
                if (diffusion.size() == Medium.MOST_CLASSES) {
                    throw new InvalidInputException(
                            "anatomy.labels",
                            "more than " + (Medium.MOST_CLASSES - 1) + " tissue classes in which the tumour can be");
                }
                classOfLabel[anatomy.tissue().get().names().get(tissue)] = (byte) diffusion.size();
                diffusion.add(parameters.value(SpatialParameters.DIFFUSION, tissue));
                proliferation.add(parameters.value(SpatialParameters.PROLIFERATION, tissue));
            }
        }
        byte[] classes = new byte[anatomy.grid().size()];
        for (int index = 0; index < classes.length; index++) {
            if (anatomy.domain().contains(index)) {
                classes[index] = anatomy.tissue().isPresent()
                        ? classOfLabel[anatomy.tissue().get().label(index)]
                        : 1;
            }
        }
        Medium medium = Medium.of(anatomy.grid(), classes, array(diffusion), array(proliferation));
        return anatomy.diffusionTensors().map(medium::withOrientation).orElse(medium);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
