package org.oncotwin.geometry;

import org.oncotwin.api.plugin.InvalidInputException;

/**
 * What every tetrahedron of a smoothed mesh keeps to. Tetrahedra of cubes have dihedral angles of 45, 60 and 90 degrees and edges of 1, sqrt 2 and sqrt 3 lengths of the edge of a cube.
 *
 * @param smallest smallest dihedral angle in degrees, 0 to 45
 * @param largest largest dihedral angle in degrees, 90 to 180
 * @param shortest length of the shortest edge divided by that of the edge of a cube, 0 to 1
 */
public record AngleBounds(double smallest, double largest, double shortest) {

    /** Between 15 and 150 degrees, no edge shorter than 0.3: well within {@link QualityGates#USUAL}. */
    public static final AngleBounds USUAL = new AngleBounds(15, 150, 0.3);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException naming the value and what is allowed
     */
    public AngleBounds {
        if (!(smallest >= 0 && smallest <= 45)) {
            throw new InvalidInputException("angles.smallest", "is " + smallest + "; allowed is 0 to 45 degrees");
        }
        if (!(largest >= 90 && largest <= 180)) {
            throw new InvalidInputException("angles.largest", "is " + largest + "; allowed is 90 to 180 degrees");
        }
        if (!(shortest >= 0 && shortest <= 1)) {
            throw new InvalidInputException("angles.shortest", "is " + shortest + "; allowed is 0 to 1");
        }
    }
}
