package org.oncotwin.report;

import java.util.List;

/**
 * Three planes of one field through one point.
 *
 * @param axial axial slice
 * @param coronal coronal slice
 * @param sagittal sagittal slice
 */
public record Slices(Slice axial, Slice coronal, Slice sagittal) {

    /** Checks the planes. */
    public Slices {
        if (axial.plane() != Plane.AXIAL || coronal.plane() != Plane.CORONAL || sagittal.plane() != Plane.SAGITTAL) {
            throw new IllegalArgumentException(
                    "slices are axial, coronal and sagittal, not " + axial + ", " + coronal + ", " + sagittal);
        }
    }

    /** All three, axial first. */
    public List<Slice> all() {
        return List.of(axial, coronal, sagittal);
    }

    /** The slice in a plane. */
    public Slice of(Plane plane) {
        return switch (plane) {
            case AXIAL -> axial;
            case CORONAL -> coronal;
            case SAGITTAL -> sagittal;
        };
    }

    /** True if the slices lie in the same place, pixel for pixel. */
    boolean coincidesWith(Slices other) {
        return axial.coincidesWith(other.axial)
                && coronal.coincidesWith(other.coronal)
                && sagittal.coincidesWith(other.sagittal);
    }
}
