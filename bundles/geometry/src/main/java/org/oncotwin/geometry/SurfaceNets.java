package org.oncotwin.geometry;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Cancellation;

/**
 * Smooth closed surfaces of regions by surface nets: one vertex in each cell of the dual lattice that labels cross, relaxed within its cell (Gibson 1998, Constrained elastic surface nets, MERL
 * TR99-24; with several labels as Frisken 2022, J Comput Graph Tech 11(1):34-54), then moved until each region has the volume of its voxels as far as cells allow. Regions that touch have the same
 * triangles where they do.
 *
 * <p>Every surface is closed and a manifold. Cubes of a region that meet only at an edge or a corner are taken to be apart, as digital topology does with connection through faces: a vertex is there
 * once for each fan of faces around it, in the same place. Where two edges between the same two vertices are left over, each gets a vertex in its middle, and the faces beside it are cut into
 * triangles around their own middle. Surfaces may touch themselves there.
 */
public final class SurfaceNets {

    /** Rounds of relaxation that suit most labels. */
    public static final int USUAL_ROUNDS = 20;

    private static final int MOST_ROUNDS = 1000;

    /** Low, for what is looked at is smooth rather than true to each voxel. */
    private static final double FIDELITY = 0.03;

    private final LatticeInterface net;
    private final Placement placement;
    private final NetTopology topology;
    private final double[] places;

    private SurfaceNets(LatticeInterface net, double[] places, Placement placement, Cancellation cancellation) {
        this.net = net;
        this.placement = placement;
        this.topology = new NetTopology(net, cancellation);
        this.places = places;
    }

    /**
     * Surfaces of all regions.
     *
     * @param lattice regions of cubes
     * @param rounds how often vertices are relaxed, 0 to 1000; 0 leaves the faces of the cubes as they are
     * @param placement where the patient lies in the scene
     * @param cancellation looked at in each round and for each region
     * @return the closed surface of each region by its number, in metres in the frame of the scene, its triangles anticlockwise as seen from outside
     * @throws InvalidInputException if the rounds are not allowed
     */
    public static SortedMap<Integer, TriangleMesh> of(
            LabelLattice lattice, int rounds, Placement placement, Cancellation cancellation) {
        if (rounds < 0 || rounds > MOST_ROUNDS) {
            throw new InvalidInputException("rounds", "are " + rounds + "; allowed is 0 to " + MOST_ROUNDS);
        }
        LatticeInterface net = new LatticeInterface(lattice, cancellation);
        NetRelaxation relaxation = new NetRelaxation(net);
        double[] places = rounds == 0 ? relaxation.rest() : relaxation.relaxed(rounds, FIDELITY, cancellation);
        SurfaceNets nets = new SurfaceNets(net, places, placement, cancellation);
        SortedMap<Integer, TriangleMesh> surfaces = new TreeMap<>();
        for (Region region : lattice.source().regions()) {
            cancellation.check();
            surfaces.put(region.number(), nets.surface(region.number()));
        }
        return Collections.unmodifiableSortedMap(surfaces);
    }

    private TriangleMesh surface(int region) {
        SurfaceBuilder builder = new SurfaceBuilder();
        int[] outline = new int[8];
        for (int face = 0; face < net.faces(); face++) {
            for (int side = 0; side < 2; side++) {
                if (net.region(face, side) == region) {
                    face(builder, face, side, outline);
                }
            }
        }
        return builder.mesh();
    }

    /** Adds the triangles of a face for the region on one of its sides. */
    private void face(SurfaceBuilder builder, int face, int side, int[] outline) {
        int count = 0;
        boolean middles = false;
        for (int corner = 0; corner < 4; corner++) {
            int slot = NetTopology.slot(face, side, corner);
            outline[count] = builder.node(topology.copy(slot), net.vertex(face, corner), net.vertex(face, corner));
            count++;
            if (topology.hasMiddle(NetRelaxation.edge(net, face, corner))) {
                middles = true;
                outline[count] = builder.middle(
                        topology.edgeCopy(slot), net.vertex(face, corner), net.vertex(face, (corner + 1) % 4));
                count++;
            }
        }
        if (middles) {
            int centre = builder.centre(face);
            for (int n = 0; n < count; n++) {
                builder.triangle(centre, outline[n], outline[(n + 1) % count], side);
            }
        } else {
            int from = firstDiagonalIsShorter(face) ? 0 : 1;
            builder.triangle(outline[from], outline[from + 1], outline[from + 2], side);
            builder.triangle(outline[from], outline[from + 2], outline[(from + 3) % 4], side);
        }
    }

    private boolean firstDiagonalIsShorter(int face) {
        return squared(net.vertex(face, 0), net.vertex(face, 2)) <= squared(net.vertex(face, 1), net.vertex(face, 3));
    }

    private double squared(int one, int other) {
        double x = places[3 * one] - places[3 * other];
        double y = places[3 * one + 1] - places[3 * other + 1];
        double z = places[3 * one + 2] - places[3 * other + 2];
        return x * x + y * y + z * z;
    }

    /** Collects nodes and triangles of one region. */
    private final class SurfaceBuilder {

        private final Growing corners = new Growing();
        private final Growing nodes = new Growing();

        /** Node of each copy of a vertex or of an edge, one more than its number; 0 for none. */
        private final int[] ofCopy = new int[topology.slots()];

        private final int[] ofEdgeCopy = topology.hasMiddles() ? new int[topology.slots()] : new int[0];

        int node(int copy, int one, int other) {
            return number(ofCopy, copy, one, other);
        }

        int middle(int copy, int one, int other) {
            return number(ofEdgeCopy, copy, one, other);
        }

        private int number(int[] known, int copy, int one, int other) {
            if (known[copy] == 0) {
                known[copy] = add(one, one, other, other);
            }
            return known[copy] - 1;
        }

        int centre(int face) {
            return add(net.vertex(face, 0), net.vertex(face, 1), net.vertex(face, 2), net.vertex(face, 3)) - 1;
        }

        /** Adds a node in the mean of four vertices; one more than its number. */
        private int add(int a, int b, int c, int d) {
            nodes.add(a);
            nodes.add(b);
            nodes.add(c);
            nodes.add(d);
            return nodes.size() / 4;
        }

        /** The faces of a net are anticlockwise as seen from their upper side, which is outside for the region on the lower. */
        void triangle(int a, int b, int c, int side) {
            corners.add(a);
            corners.add(side == 0 ? b : c);
            corners.add(side == 0 ? c : b);
        }

        TriangleMesh mesh() {
            int[] means = nodes.toArray();
            double[] coordinates = new double[3 * (means.length / 4)];
            double[] point = new double[3];
            for (int n = 0; n < coordinates.length / 3; n++) {
                for (int axis = 0; axis < 3; axis++) {
                    double mean = (places[3 * means[4 * n] + axis]
                                    + places[3 * means[4 * n + 1] + axis]
                                    + places[3 * means[4 * n + 2] + axis]
                                    + places[3 * means[4 * n + 3] + axis])
                            / 4;
                    point[axis] = net.lattice().toPatient(axis, mean);
                }
                System.arraycopy(placement.toScene(point), 0, coordinates, 3 * n, 3);
            }
            return TriangleMesh.owning(coordinates, corners.toArray());
        }
    }
}
