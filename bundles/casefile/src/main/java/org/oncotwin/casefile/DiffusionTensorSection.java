package org.oncotwin.casefile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.oncotwin.api.imaging.TensorConvention;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.TensorField;

/**
 * Reads {@code anatomy.diffusion_tensor}: an image of the diffusion of water, which says along which directions tumour cells spread.
 *
 * @param section the object in the case
 * @param water tensors as read
 * @param shape what they say about cells
 */
record DiffusionTensorSection(CaseObject section, TensorField water, DiffusionShape shape) {

    /** Strongest amplification that is accepted, a choice: fibres guide cells ten times as strictly as water in Jbabdi et al. 2005. */
    private static final double LARGEST_AMPLIFICATION = 100;

    private static final double[] SAME_IN_ALL_DIRECTIONS = {1, 1, 1, 0, 0, 0};

    static Optional<DiffusionTensorSection> read(CaseObject anatomy, InputFiles files) {
        return anatomy.object("diffusion_tensor", "an object with an image and the convention it was written in")
                .flatMap(section -> {
                    Optional<TensorConvention> convention = convention(section);
                    String wanted = "a number, 1 to " + (int) LARGEST_AMPLIFICATION;
                    OptionalDouble amplification = section.number("amplification", 1, LARGEST_AMPLIFICATION, wanted);
                    Optional<TensorField> water = section.has("image") && convention.isPresent()
                            ? files.tensors(section, "image", convention.get())
                            : Optional.empty();
                    if (!section.has("image")) {
                        section.problem("image", "missing; needed is the path of an image, relative to the case file");
                    }
                    section.refuseOthers();
                    return water.map(tensors ->
                            new DiffusionTensorSection(section, tensors, new DiffusionShape(amplification.orElse(1))));
                });
    }

    private static Optional<TensorConvention> convention(CaseObject section) {
        String wanted = "the convention of the program that wrote the image, one of "
                + String.join(", ", TensorConvention.ids());
        return section.requiredText("convention", wanted).flatMap(text -> {
            Optional<TensorConvention> known = Arrays.stream(TensorConvention.values())
                    .filter(c -> c.id().equals(text))
                    .findFirst();
            if (known.isEmpty()) {
                section.problem(
                        "convention",
                        "'" + Words.shown(text) + "' is not allowed; " + Words.known(text, TensorConvention.ids()));
            }
            return known;
        });
    }

    /** The anatomy with the tensors of cells; voxels of the domain without a positive definite tensor have the same diffusion in all directions, which is said. */
    Optional<Anatomy> onto(Anatomy anatomy, InputFiles files) {
        int size = anatomy.grid().size();
        float[][] components = new float[TensorField.COMPONENTS][size];
        double[] tensor = new double[TensorField.COMPONENTS];
        int without = 0;
        for (int voxel = 0; voxel < size; voxel++) {
            if (anatomy.domain().contains(voxel)) {
                for (int component = 0; component < TensorField.COMPONENTS; component++) {
                    tensor[component] = water.value(component, voxel);
                }
                double[] shaped = tensor;
                if (!shape.shape(tensor)) {
                    without++;
                    shaped = SAME_IN_ALL_DIRECTIONS;
                }
                for (int component = 0; component < TensorField.COMPONENTS; component++) {
                    components[component][voxel] = (float) shaped[component];
                }
            }
        }
        int inside = anatomy.domain().count();
        if (without == inside) {
            section.problem(
                    "image", "no voxel of the domain has a positive definite tensor; do the images fit together?");
            return Optional.empty();
        }
        if (without > 0) {
            files.warn(
                    section,
                    "image",
                    String.format(
                            Locale.ROOT,
                            "%d of %d voxels of the domain (%.2g %%) have no positive definite tensor; diffusion is the same in all directions there",
                            without,
                            inside,
                            100.0 * without / inside));
        }
        return Optional.of(anatomy.withDiffusionTensors(TensorField.owning(anatomy.grid(), components)));
    }
}
