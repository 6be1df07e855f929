package org.oncotwin.api.mechanics;

import java.util.OptionalDouble;

/**
 * Where a node is held: displacements from the place at rest that are prescribed. Along axes that are left out it moves freely.
 *
 * @param node number of the node
 * @param x displacement along x in m
 * @param y displacement along y in m
 * @param z displacement along z in m
 */
public record NodeRestraint(int node, OptionalDouble x, OptionalDouble y, OptionalDouble z) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public NodeRestraint {
        if (node < 0) {
            throw new IllegalArgumentException("a restraint holds node " + node + "; allowed is 0 or more");
        }
        if (x.isEmpty() && y.isEmpty() && z.isEmpty()) {
            throw new IllegalArgumentException("the restraint of node " + node + " holds nothing; give x, y or z");
        }
        finite(node, "x", x);
        finite(node, "y", y);
        finite(node, "z", z);
    }

    private static void finite(int node, String axis, OptionalDouble value) {
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("displacement " + axis + " of node " + node + " is "
                    + value.getAsDouble() + "; allowed are finite numbers");
        }
    }

    /** A node that stays where it is. */
    public static NodeRestraint fixed(int node) {
        return moved(node, 0, 0, 0);
    }

    /** A node that is led to another place, displacements in m. */
    public static NodeRestraint moved(int node, double x, double y, double z) {
        return new NodeRestraint(node, OptionalDouble.of(x), OptionalDouble.of(y), OptionalDouble.of(z));
    }

    /**
     * A node that is held along one axis and slides freely along the others.
     *
     * @param axis 0, 1 or 2
     * @param displacement in m
     */
    public static NodeRestraint along(int node, int axis, double displacement) {
        if (axis < 0 || axis > 2) {
            throw new IllegalArgumentException("axis is " + axis + "; allowed is 0, 1 or 2");
        }
        OptionalDouble held = OptionalDouble.of(displacement);
        OptionalDouble free = OptionalDouble.empty();
        return new NodeRestraint(node, axis == 0 ? held : free, axis == 1 ? held : free, axis == 2 ? held : free);
    }

    /** Displacement along an axis, 0, 1 or 2; empty if it is free. */
    public OptionalDouble along(int axis) {
        return switch (axis) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> z;
            default -> throw new IllegalArgumentException("axis is " + axis + "; allowed is 0, 1 or 2");
        };
    }
}
