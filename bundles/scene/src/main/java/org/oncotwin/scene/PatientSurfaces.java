package org.oncotwin.scene;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.geometry.LabelLattice;
import org.oncotwin.geometry.Region;
import org.oncotwin.geometry.RegionLabels;
import org.oncotwin.geometry.SurfaceNets;

/** Closed surfaces of parts of a patient, as fine as the image. */
public final class PatientSurfaces {

    /** The frame of the patient itself, in m. */
    private static final Placement PATIENT = Placement.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]);

    private PatientSurfaces() {}

    /**
     * The surface of a set of voxels, in m along the axes of the patient.
     *
     * @param name what messages call it
     * @param mask the voxels, one or more
     * @param cancellation looked at again and again
     * @throws org.oncotwin.api.plugin.InvalidInputException if there is none
     */
    public static TriangleMesh of(String name, Mask mask, Cancellation cancellation) {
        byte[] labels = new byte[mask.grid().size()];
        for (int voxel = 0; voxel < labels.length; voxel++) {
            labels[voxel] = (byte) (mask.contains(voxel) ? 1 : 0);
        }
        double finest = Math.min(
                mask.grid().spacing(0),
                Math.min(mask.grid().spacing(1), mask.grid().spacing(2)));
        RegionLabels region = RegionLabels.of(
                LabelField.owning(mask.grid(), labels, Map.of()),
                List.of(new Region(1, name, new TreeSet<>(List.of(1)))));
        LabelLattice lattice = LabelLattice.of(region, finest, cancellation);
        return SurfaceNets.of(lattice, SurfaceNets.USUAL_ROUNDS, PATIENT, cancellation)
                .get(1);
    }
}
