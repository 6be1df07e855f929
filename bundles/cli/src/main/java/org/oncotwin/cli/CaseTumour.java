package org.oncotwin.cli;

import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.casefile.Case;

/** The tumour at the start of a case. */
final class CaseTumour {
    private CaseTumour() {}

    /**
     * The voxels of the tumour.
     *
     * @param least cellularity at and above which a voxel belongs to it
     * @throws InvalidInputException if the case has no image of it, or no voxel reaches that
     */
    static Mask of(Case source, double least) {
        for (Observation observation : source.request().growth().initial()) {
            if (observation instanceof Observation.Image image) {
                Field field = image.value();
                boolean[] inside = new boolean[field.grid().size()];
                for (int voxel = 0; voxel < inside.length; voxel++) {
                    inside[voxel] = field.value(voxel) >= least;
                }
                Mask mask = Mask.owning(field.grid(), inside);
                if (mask.count() == 0) {
                    throw new InvalidInputException("--threshold", "no voxel of the tumour reaches " + least);
                }
                return mask;
            }
        }
        throw new InvalidInputException("initial", "the case has no image of the tumour, such as initial.cellularity");
    }
}
