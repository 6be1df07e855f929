package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/**
 * Where regions of a lattice meet each other and what is left out: the faces between cubes of different regions, and the corners of these faces, which are the vertices of surface nets (Gibson 1998:
 * one in each cell of the dual lattice that labels cross; four cells around an edge of the dual lattice make a face).
 */
final class LatticeInterface {

    private final LabelLattice lattice;
    private final Grid grid;

    /** Corners along the axes. */
    private final int[] corners = new int[3];

    /** How much the number of a corner grows along each axis. */
    private final int[] steps = new int[3];

    /** Number of the vertex at each corner of the lattice, -1 for none. */
    private final int[] vertexAt;

    /** Corner of the lattice of each vertex. */
    private final int[] cornerOf;

    /** Four vertices of each face, anticlockwise as seen from its upper side. */
    private final int[] faceVertices;

    /** Cubes on the lower and the upper side of each face. */
    private final int[] faceCubes;

    private final byte[] faceAxes;

    LatticeInterface(LabelLattice lattice, Cancellation cancellation) {
        this.lattice = lattice;
        this.grid = lattice.cubes().grid();
        corners[0] = grid.nx() + 1;
        corners[1] = grid.ny() + 1;
        corners[2] = grid.nz() + 1;
        steps[0] = 1;
        steps[1] = corners[0];
        steps[2] = corners[0] * corners[1];
        this.vertexAt = new int[steps[2] * corners[2]];
        Arrays.fill(vertexAt, -1);
        int faces = 0;
        for (int axis = 0; axis < 3; axis++) {
            cancellation.check();
            faces += forEachFace(axis, (corner, low, high, along) -> {
                for (int n = 0; n < 4; n++) {
                    vertexAt[corner(corner, along, n)] = 0;
                }
            });
        }
        int vertices = 0;
        for (int corner = 0; corner < vertexAt.length; corner++) {
            if (vertexAt[corner] == 0) {
                vertexAt[corner] = vertices;
                vertices++;
            }
        }
        this.cornerOf = new int[vertices];
        for (int corner = 0; corner < vertexAt.length; corner++) {
            if (vertexAt[corner] >= 0) {
                cornerOf[vertexAt[corner]] = corner;
            }
        }
        this.faceVertices = new int[4 * faces];
        this.faceCubes = new int[2 * faces];
        this.faceAxes = new byte[faces];
        int[] count = new int[1];
        for (int axis = 0; axis < 3; axis++) {
            cancellation.check();
            forEachFace(axis, (corner, low, high, along) -> {
                int face = count[0];
                for (int n = 0; n < 4; n++) {
                    faceVertices[4 * face + n] = vertexAt[corner(corner, along, n)];
                }
                faceCubes[2 * face] = low;
                faceCubes[2 * face + 1] = high;
                faceAxes[face] = (byte) along;
                count[0]++;
            });
        }
    }

    /** Takes a face: its lowest corner, the cubes on both sides, and the axis across. */
    private interface FaceTarget {
        void face(int corner, int low, int high, int axis);
    }

    private int forEachFace(int axis, FaceTarget target) {
        LabelField cubes = lattice.cubes();
        int[] cubeSteps = {1, grid.nx(), grid.nx() * grid.ny()};
        int faces = 0;
        for (int k = 0; k < grid.nz() - (axis == 2 ? 1 : 0); k++) {
            for (int j = 0; j < grid.ny() - (axis == 1 ? 1 : 0); j++) {
                for (int i = 0; i < grid.nx() - (axis == 0 ? 1 : 0); i++) {
                    int low = grid.index(i, j, k);
                    int high = low + cubeSteps[axis];
                    if (cubes.label(low) != cubes.label(high)) {
                        target.face(i + j * steps[1] + k * steps[2] + steps[axis], low, high, axis);
                        faces++;
                    }
                }
            }
        }
        return faces;
    }

    private int corner(int lowest, int axis, int number) {
        int along = steps[(axis + 1) % 3];
        int up = steps[(axis + 2) % 3];
        return switch (number) {
            case 0 -> lowest;
            case 1 -> lowest + along;
            case 2 -> lowest + along + up;
            default -> lowest + up;
        };
    }

    LabelLattice lattice() {
        return lattice;
    }

    int vertices() {
        return cornerOf.length;
    }

    int faces() {
        return faceAxes.length;
    }

    /** Vertex at a corner of a face, 0 to 3. */
    int vertex(int face, int corner) {
        return faceVertices[4 * face + corner];
    }

    /** Cube on the lower (0) or upper (1) side of a face. */
    int cube(int face, int side) {
        return faceCubes[2 * face + side];
    }

    /** Region on the lower (0) or upper (1) side of a face. */
    int region(int face, int side) {
        return lattice.cubes().label(faceCubes[2 * face + side]);
    }

    int axis(int face) {
        return faceAxes[face];
    }

    /** Corner of the lattice of a vertex. */
    int cornerOf(int vertex) {
        return cornerOf[vertex];
    }

    /** Vertex at a corner of the lattice, -1 for none. */
    int vertexAt(int corner) {
        return vertexAt[corner];
    }

    /** How many corners the lattice has. */
    int corners() {
        return vertexAt.length;
    }

    /** Number of the corner next to one along an axis. */
    int next(int corner, int axis) {
        return corner + steps[axis];
    }

    /** Index along an axis of a corner of the lattice. */
    int index(int corner, int axis) {
        return corner / steps[axis] % corners[axis];
    }

    /** Number of the corner of the lattice with the smallest coordinates of a cube. */
    int lowestCorner(int cube) {
        int i = cube % grid.nx();
        int j = cube / grid.nx() % grid.ny();
        int k = cube / grid.nx() / grid.ny();
        return i + j * steps[1] + k * steps[2];
    }

    /** How far from its corner a vertex lies at rest along each axis: coordinates of all vertices, which count cubes from the corner of the lattice. */
    double[] rest() {
        double[] places = new double[3 * cornerOf.length];
        for (int n = 0; n < cornerOf.length; n++) {
            for (int axis = 0; axis < 3; axis++) {
                places[3 * n + axis] = index(cornerOf[n], axis);
            }
        }
        return places;
    }
}
