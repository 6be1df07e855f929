package org.oncotwin.api.imaging;

import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.osgi.annotation.versioning.ProviderType;

/** Brings images onto other grids by their affines. */
@ProviderType
public interface Resampler {

    /** Trilinear interpolation; {@code outside} where the target lies outside the source. */
    Field linear(Field source, Grid target, double outside);

    /** The label of the nearest voxel; 0 outside. */
    LabelField nearest(LabelField source, Grid target);
}
