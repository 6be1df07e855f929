package org.oncotwin.scene;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;

/** Which voxel belongs to which tissue of a scene. */
public final class TissueRegions {

    /** Label of the whole domain where an anatomy has no tissue labels. */
    public static final int WHOLE_DOMAIN = 1;

    private TissueRegions() {}

    /**
     * The labels by name that tissues can be made of.
     *
     * @return the names of the anatomy's labels, or {@code tissue} for the whole domain
     */
    public static Map<String, Integer> labels(Anatomy anatomy) {
        return anatomy.tissue().map(LabelField::names).map(Map::copyOf).orElse(Map.of("tissue", WHOLE_DOMAIN));
    }

    /**
     * Places voxels.
     *
     * @param anatomy where tissue is
     * @param tissues the tissues by their labels, without the tumour
     * @param tumour the voxels of the tumour, which comes after the tissues and takes them the voxels; on the grid of the anatomy
     * @return by voxel the place of its tissue in the list, from 1; the tumour is one more than the last; 0 outside
     * @throws InvalidInputException if a tissue or the tumour has no voxel
     */
    public static LabelField of(Anatomy anatomy, List<SceneTissue> tissues, Mask tumour) {
        Grid grid = anatomy.grid();
        byte[] places = new byte[256];
        for (int t = 0; t < tissues.size(); t++) {
            for (int label : tissues.get(t).labels()) {
                places[label] = (byte) (t + 1);
            }
        }
        byte target = (byte) (tissues.size() + 1);
        Optional<LabelField> labels = anatomy.tissue();
        byte[] regions = new byte[grid.size()];
        int[] counts = new int[target + 1];
        for (int voxel = 0; voxel < regions.length; voxel++) {
            if (anatomy.domain().contains(voxel)) {
                int label = labels.isPresent() ? labels.get().label(voxel) : WHOLE_DOMAIN;
                regions[voxel] = tumour.contains(voxel) ? target : places[label];
                counts[regions[voxel]]++;
            }
        }
        for (int t = 0; t < tissues.size(); t++) {
            if (counts[t + 1] == 0) {
                throw new InvalidInputException(
                        "--tissue",
                        tissues.get(t).name() + " has no voxel: no voxel of the domain has its labels "
                                + tissues.get(t).labels() + " outside the tumour");
            }
        }
        if (counts[target] == 0) {
            throw new InvalidInputException("--threshold", "no voxel of the tumour reaches it");
        }
        return LabelField.owning(grid, regions, Map.of());
    }
}
