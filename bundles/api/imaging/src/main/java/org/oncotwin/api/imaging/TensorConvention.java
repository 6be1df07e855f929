package org.oncotwin.api.imaging;

import java.util.Arrays;
import java.util.List;

/**
 * How programs lay out an image of diffusion tensors: the order of its six components and the axes that they refer to. A file does not say either, and a wrong choice changes
 * neither mean diffusivity nor fractional anisotropy, only where the fibres go.
 */
public enum TensorConvention {

    /**
     * FSL, {@code dtifit --save_tensor}: xx, xy, xz, yy, yz, zz, along the voxel axes, of which the first is reversed if the determinant of the affine is positive (FSL works in
     * a "radiological" order; see "Diffusion data in FSL" in its documentation).
     */
    FSL("fsl", false, 0, 1, 2, 3, 4, 5),

    /** MRtrix3, {@code dwi2tensor}: xx, yy, zz, xy, xz, yz, along the axes of the scanner, which are the patient axes of NIfTI (RAS+). */
    MRTRIX("mrtrix", true, 0, 3, 4, 1, 5, 2),

    /** ANTs: the symmetric matrix of NIfTI (intent 1005; lower triangle row by row: xx, xy, yy, xz, yz, zz), along the voxel axes. */
    ANTS("ants", false, 0, 1, 3, 2, 4, 5),

    /** The symmetric matrix of NIfTI (xx, xy, yy, xz, yz, zz) along the patient axes of NIfTI (RAS+), for tensors fitted with gradient directions in world coordinates. */
    NIFTI_WORLD("nifti-world", true, 0, 1, 3, 2, 4, 5);

    private final String id;
    private final boolean world;
    private final int[] places;

    TensorConvention(String id, boolean world, int xx, int xy, int xz, int yy, int yz, int zz) {
        this.id = id;
        this.world = world;
        this.places = new int[] {xx, yy, zz, xy, xz, yz};
    }

    /** Name in case files. */
    public String id() {
        return id;
    }

    /** True if components refer to patient axes, false if to the index axes of the image. */
    public boolean alongPatientAxes() {
        return world;
    }

    /** Place in the file of a component of {@link org.oncotwin.api.twin.TensorField} (0 to 5: xx, yy, zz, xy, xz, yz). */
    public int place(int component) {
        return places[component];
    }

    /** All names, as allowed in case files. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(TensorConvention::id).toList();
    }
}
