package org.oncotwin.api.twin;

import java.util.Optional;

/**
 * Where a spatial tumour can be.
 *
 * @param domain voxels that belong to the organ; nothing crosses its boundary
 * @param tissue tissue classes on the same grid, where known
 * @param diffusionTensors shape and direction of diffusion on the same grid, where known: in every voxel of the domain a tensor without negative eigenvalue and of trace 3, so
 *     that it turns and stretches a diffusivity and leaves its mean over all directions as it is. Outside the domain they mean nothing
 */
public record Anatomy(Mask domain, Optional<LabelField> tissue, Optional<TensorField> diffusionTensors) {

    /** Checks that all lie on one grid. */
    public Anatomy {
        tissue.ifPresent(t -> check("tissue", t.grid(), domain.grid()));
        diffusionTensors.ifPresent(t -> check("diffusion tensors", t.grid(), domain.grid()));
    }

    /** An anatomy in which the directions of diffusion are not known. */
    public Anatomy(Mask domain, Optional<LabelField> tissue) {
        this(domain, tissue, Optional.empty());
    }

    private static void check(String what, Grid grid, Grid domain) {
        if (!grid.equals(domain)) {
            throw new IllegalArgumentException(what + " on " + grid.describe() + ", domain on " + domain.describe());
        }
    }

    /** This anatomy with the shape and direction of diffusion. */
    public Anatomy withDiffusionTensors(TensorField tensors) {
        return new Anatomy(domain, tissue, Optional.of(tensors));
    }

    /** The grid. */
    public Grid grid() {
        return domain.grid();
    }
}
