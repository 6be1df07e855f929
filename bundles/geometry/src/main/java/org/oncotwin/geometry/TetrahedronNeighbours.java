package org.oncotwin.geometry;

import org.oncotwin.api.mesh.TetrahedralMesh;

/** Which tetrahedra share triangles. */
final class TetrahedronNeighbours {

    /** Corners of the triangles opposite to corner 0, 1, 2 and 3, anticlockwise as seen from outside. */
    private static final int[][] FACES = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};

    private final TetrahedralMesh mesh;
    private final int[] first;
    private final int[] around;

    /** Tetrahedron behind each triangle, -1 for none. */
    private final int[] behind;

    private int nonConforming;

    TetrahedronNeighbours(TetrahedralMesh mesh) {
        this.mesh = mesh;
        int[] corners = mesh.copyOfCorners();
        this.first = NodeSteps.firsts(corners, mesh.nodes());
        this.around = NodeSteps.around(corners, first);
        this.behind = new int[corners.length];
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            for (int face = 0; face < 4; face++) {
                behind[4 * t + face] = behind(t, face);
            }
        }
    }

    private int behind(int tetrahedron, int face) {
        int a = corner(tetrahedron, face, 0);
        int b = corner(tetrahedron, face, 1);
        int c = corner(tetrahedron, face, 2);
        int found = -1;
        boolean fits = true;
        for (int n = first[a]; n < first[a + 1]; n++) {
            int other = around[n];
            if (other != tetrahedron) {
                int opposite = opposite(other, a, b, c);
                if (opposite >= 0) {
                    fits &= found < 0 && runsBackwards(other, opposite, a, b);
                    found = other;
                }
            }
        }
        nonConforming += fits ? 0 : 1;
        return found;
    }

    private int corner(int tetrahedron, int face, int number) {
        return mesh.corner(tetrahedron, FACES[face][number]);
    }

    /** The corner of a tetrahedron opposite to three nodes, -1 if it has not all of them. */
    private int opposite(int tetrahedron, int a, int b, int c) {
        int opposite = -1;
        int count = 0;
        for (int corner = 0; corner < 4; corner++) {
            int node = mesh.corner(tetrahedron, corner);
            if (node == a || node == b || node == c) {
                count++;
            } else {
                opposite = corner;
            }
        }
        return count == 3 ? opposite : -1;
    }

    /** True if a triangle of a tetrahedron runs from b to a. */
    private boolean runsBackwards(int tetrahedron, int face, int a, int b) {
        for (int n = 0; n < 3; n++) {
            if (corner(tetrahedron, face, n) == b) {
                return corner(tetrahedron, face, (n + 1) % 3) == a;
            }
        }
        return false;
    }

    /** Triangles, seen from each of their tetrahedra, that do not have just one tetrahedron on each side. */
    int nonConforming() {
        return nonConforming;
    }

    /** Parts of a region that are connected through triangles; region 0 means all of them together. */
    int pieces(int region) {
        boolean[] seen = new boolean[mesh.tetrahedra()];
        int[] queue = new int[mesh.tetrahedra()];
        int pieces = 0;
        for (int t = 0; t < seen.length; t++) {
            if (!seen[t] && isOf(t, region)) {
                pieces++;
                seen[t] = true;
                queue[0] = t;
                int size = 1;
                for (int n = 0; n < size; n++) {
                    for (int face = 0; face < 4; face++) {
                        int other = behind[4 * queue[n] + face];
                        if (other >= 0 && !seen[other] && isOf(other, region)) {
                            seen[other] = true;
                            queue[size] = other;
                            size++;
                        }
                    }
                }
            }
        }
        return pieces;
    }

    private boolean isOf(int tetrahedron, int region) {
        return region == 0 || mesh.region(tetrahedron) == region;
    }

    /** Triangles around a region: three nodes each. */
    int[] surface(int region) {
        Growing nodes = new Growing();
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            if (mesh.region(t) == region) {
                for (int face = 0; face < 4; face++) {
                    int other = behind[4 * t + face];
                    if (other < 0 || mesh.region(other) != region) {
                        nodes.add(corner(t, face, 0));
                        nodes.add(corner(t, face, 1));
                        nodes.add(corner(t, face, 2));
                    }
                }
            }
        }
        return nodes.toArray();
    }
}
