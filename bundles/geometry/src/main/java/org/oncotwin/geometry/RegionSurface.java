package org.oncotwin.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;

/**
 * The closed surface of a region of a mesh: the faces of its tetrahedra that are of no other tetrahedron of it. Where parts of the region touch along an edge or at a node only, the surface is that of parts which nearly touch:
 * such an edge gets a node of its own for each part in its middle, and such a node is one for each part, at the same place. So each edge has exactly two triangles, which run along it in opposite directions, and the triangles around a
 * node form one fan.
 */
final class RegionSurface {

    private static final int[][] FACES = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};

    private final TetrahedralMesh mesh;
    /** Nodes of the triangles, and the tetrahedron of each. */
    private int[] triangles;

    private int[] owners;
    /** For each edge of a triangle, that from its corner on, the edge on the other side: of the triangle next to it on the same part. */
    private int[] opposite;

    private RegionSurface(TetrahedralMesh mesh, int region) {
        this.mesh = mesh;
        collect(region);
        pair();
    }

    /** The surface of a region, in the frame of the mesh. */
    static TriangleMesh of(TetrahedralMesh mesh, int region) {
        return new RegionSurface(mesh, region).surface();
    }

    private void collect(int region) {
        int[] own = new int[mesh.tetrahedra()];
        int count = 0;
        for (int t = 0; t < own.length; t++) {
            if (mesh.region(t) == region) {
                own[count] = t;
                count++;
            }
        }
        // Faces by their three nodes; a face that comes twice is within.
        Map<Face, Integer> once = new HashMap<>(8 * count);
        for (int n = 0; n < count; n++) {
            for (int f = 0; f < FACES.length; f++) {
                int[] nodes = nodes(own[n], f);
                Face face = Face.of(nodes);
                if (once.remove(face) == null) {
                    once.put(face, FACES.length * own[n] + f);
                }
            }
        }
        int[] outer =
                once.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        triangles = new int[3 * outer.length];
        owners = new int[outer.length];
        for (int n = 0; n < outer.length; n++) {
            owners[n] = outer[n] / FACES.length;
            System.arraycopy(nodes(owners[n], outer[n] % FACES.length), 0, triangles, 3 * n, 3);
        }
    }

    /** The nodes of a face, whatever their order. */
    private record Face(int first, int second, int third) {
        static Face of(int[] nodes) {
            int[] sorted = nodes.clone();
            Arrays.sort(sorted);
            return new Face(sorted[0], sorted[1], sorted[2]);
        }
    }

    private int[] nodes(int tetrahedron, int face) {
        int[] nodes = new int[3];
        for (int n = 0; n < 3; n++) {
            nodes[n] = mesh.corner(tetrahedron, FACES[face][n]);
        }
        return nodes;
    }

    private int from(int edge) {
        return triangles[edge];
    }

    private int to(int edge) {
        return triangles[edge % 3 == 2 ? edge - 2 : edge + 1];
    }

    /** Finds the two sides of each edge. Where more than two triangles meet, those of one part belong together: between them lie tetrahedra that share faces. */
    private void pair() {
        Map<Long, List<Integer>> edges = new HashMap<>();
        for (int edge = 0; edge < triangles.length; edge++) {
            long low = Math.min(from(edge), to(edge));
            long high = Math.max(from(edge), to(edge));
            edges.computeIfAbsent(low << 32 | high, none -> new ArrayList<>(2)).add(edge);
        }
        opposite = new int[triangles.length];
        Map<Integer, List<Integer>> around = new HashMap<>();
        for (List<Integer> sides : edges.values()) {
            if (sides.size() == 2) {
                opposite[sides.get(0)] = sides.get(1);
                opposite[sides.get(1)] = sides.get(0);
            } else {
                if (around.isEmpty()) {
                    tetrahedraOfNodes(around);
                }
                pairParts(sides, around);
            }
        }
    }

    private void tetrahedraOfNodes(Map<Integer, List<Integer>> around) {
        int region = mesh.region(owners[0]);
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            if (mesh.region(t) == region) {
                for (int corner = 0; corner < 4; corner++) {
                    around.computeIfAbsent(mesh.corner(t, corner), none -> new ArrayList<>())
                            .add(t);
                }
            }
        }
    }

    private void pairParts(List<Integer> sides, Map<Integer, List<Integer>> around) {
        int from = from(sides.get(0));
        int to = to(sides.get(0));
        List<Integer> there =
                around.get(from).stream().filter(around.get(to)::contains).toList();
        int[] part = new int[there.size()];
        Arrays.setAll(part, n -> n);
        for (int one = 0; one < part.length; one++) {
            for (int other = 0; other < one; other++) {
                if (shareFace(there.get(one), there.get(other))) {
                    int gone = part[one];
                    int kept = part[other];
                    Arrays.setAll(part, n -> part[n] == gone ? kept : part[n]);
                }
            }
        }
        for (int one : sides) {
            for (int other : sides) {
                if (other != one && part[there.indexOf(owners[one / 3])] == part[there.indexOf(owners[other / 3])]) {
                    opposite[one] = other;
                }
            }
        }
    }

    private boolean shareFace(int one, int other) {
        int shared = 0;
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                shared += mesh.corner(one, a) == mesh.corner(other, b) ? 1 : 0;
            }
        }
        return shared == 3;
    }

    private TriangleMesh surface() {
        // A corner of a triangle is the same node as that of the triangle beyond each of its two edges.
        int[] node = new int[triangles.length];
        Arrays.setAll(node, n -> n);
        for (int edge = 0; edge < triangles.length; edge++) {
            // The edge runs the other way on the other side.
            unite(node, edge, opposite[edge] % 3 == 2 ? opposite[edge] - 2 : opposite[edge] + 1);
        }
        int[] number = new int[triangles.length];
        List<double[]> places = new ArrayList<>();
        for (int corner = 0; corner < triangles.length; corner++) {
            int root = root(node, corner);
            if (root == corner) {
                number[corner] = places.size();
                places.add(place(triangles[corner]));
            } else {
                number[corner] = number[root];
            }
        }
        return triangulated(number, places);
    }

    private double[] place(int of) {
        return new double[] {mesh.coordinate(of, 0), mesh.coordinate(of, 1), mesh.coordinate(of, 2)};
    }

    /** Edges between the same two nodes that are not the same edge get middles of their own. */
    private TriangleMesh triangulated(int[] number, List<double[]> places) {
        Map<Long, Integer> sides = new HashMap<>();
        for (int edge = 0; edge < triangles.length; edge++) {
            sides.merge(key(number, edge), 1, Integer::sum);
        }
        int[] middle = new int[triangles.length];
        Arrays.fill(middle, -1);
        for (int edge = 0; edge < triangles.length; edge++) {
            if (sides.get(key(number, edge)) > 2 && middle[edge] < 0) {
                double[] one = places.get(number[edge]);
                double[] other = places.get(number[next(edge)]);
                places.add(new double[] {(one[0] + other[0]) / 2, (one[1] + other[1]) / 2, (one[2] + other[2]) / 2});
                middle[edge] = places.size() - 1;
                middle[opposite[edge]] = middle[edge];
            }
        }
        int[] corners = new int[4 * triangles.length];
        int count = 0;
        int[] ring = new int[6];
        for (int t = 0; t < triangles.length; t += 3) {
            int around = 0;
            int first = 0;
            for (int edge = t; edge < t + 3; edge++) {
                ring[around] = number[edge];
                around++;
                if (middle[edge] >= 0) {
                    // A fan from a middle has no flat triangle unless another middle lies on the same side, which none
                    // does.
                    first = around;
                    ring[around] = middle[edge];
                    around++;
                }
            }
            for (int n = 1; n + 1 < around; n++) {
                corners[count] = ring[first];
                corners[count + 1] = ring[(first + n) % around];
                corners[count + 2] = ring[(first + n + 1) % around];
                count += 3;
            }
        }
        double[] coordinates = new double[3 * places.size()];
        for (int n = 0; n < places.size(); n++) {
            System.arraycopy(places.get(n), 0, coordinates, 3 * n, 3);
        }
        return TriangleMesh.owning(coordinates, Arrays.copyOf(corners, count));
    }

    private static int next(int edge) {
        return edge % 3 == 2 ? edge - 2 : edge + 1;
    }

    private static long key(int[] number, int edge) {
        long one = number[edge];
        long other = number[next(edge)];
        return Math.min(one, other) << 32 | Math.max(one, other);
    }

    private static void unite(int[] node, int one, int other) {
        int a = root(node, one);
        int b = root(node, other);
        node[Math.max(a, b)] = Math.min(a, b);
    }

    private static int root(int[] node, int corner) {
        int at = corner;
        while (node[at] != at) {
            node[at] = node[node[at]];
            at = node[at];
        }
        return at;
    }
}
