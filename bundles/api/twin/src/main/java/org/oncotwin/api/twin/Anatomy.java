package org.oncotwin.api.twin;

import java.util.Optional;

/**
 * Where a spatial tumour can be.
 *
 * @param domain voxels that belong to the organ; nothing crosses its boundary
 * @param tissue tissue classes on the same grid, where known
 */
public record Anatomy(Mask domain, Optional<LabelField> tissue) {

    /** Checks that both lie on one grid. */
    public Anatomy {
        tissue.ifPresent(t -> {
            if (!t.grid().equals(domain.grid())) {
                throw new IllegalArgumentException("tissue on " + t.grid().describe() + ", domain on "
                        + domain.grid().describe());
            }
        });
    }

    /** The grid. */
    public Grid grid() {
        return domain.grid();
    }
}
