package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.twin.Cancellation;

/**
 * Tetrahedra of several regions that share nodes where they touch. Six fill each cube of a lattice (Kuhn 1960, IBM J Res Dev 4:518-524). Unlike the tetrahedra of a body-centred lattice (Labelle and
 * Shewchuk 2007, ACM Trans Graph 26(3):57), each of which lies in two cubes, they give each region exactly the volume of its cubes, and there are half as many as when a cube is cut around its centre;
 * their dihedral angles are 45, 60 and 90 degrees.
 *
 * <p>Results are the same bits on every machine: one thread makes them, node after node.
 */
public final class TetrahedralMesher {

    private static final int RELAXATIONS = 10;

    /** Higher than for surfaces, for cubes are coarse and their shares say where the boundary is. */
    private static final double FIDELITY = 0.1;

    private static final int PASSES = 5;
    private static final int VOLUME_PASSES = 8;

    /** Relative volume that a smoothed region may lack before its nodes are held back. */
    private static final double VOLUME_TOLERANCE = 0.01;

    /** How often the way of the nodes of a region is halved before it is none. */
    private static final int HALVINGS = 3;

    private final LatticeInterface net;
    private final KuhnTetrahedra tetrahedra;
    private final Cancellation cancellation;
    private final VolumeBalance balance;
    private final double[] rest;
    private final double[] relaxed;

    /** Node of each vertex of the net. */
    private final int[] nodes;

    /** Nodes off the net that have a tetrahedron with a node on it. */
    private final int[] beside;

    private TetrahedralMesher(LatticeInterface net, Cancellation cancellation) {
        this.net = net;
        this.cancellation = cancellation;
        this.tetrahedra = new KuhnTetrahedra(net);
        this.balance = new VolumeBalance(net);
        NetRelaxation relaxation = new NetRelaxation(net);
        this.rest = relaxation.rest();
        this.relaxed = relaxation.relaxed(RELAXATIONS, FIDELITY, cancellation);
        this.nodes = new int[net.vertices()];
        for (int n = 0; n < nodes.length; n++) {
            nodes[n] = tetrahedra.nodeAt(net.cornerOf(n));
        }
        this.beside = beside();
    }

    /**
     * The cubes as they are: always valid, each region with exactly the volume of its cubes, its surface a staircase.
     *
     * @param lattice regions of cubes
     * @param placement where the patient lies in the scene
     * @param cancellation looked at now and then
     * @return tetrahedra in metres in the frame of the scene, with the numbers of the regions
     * @throws org.oncotwin.api.plugin.InvalidInputException if there are more corners than an array holds
     */
    public static TetrahedralMesh cubes(LabelLattice lattice, Placement placement, Cancellation cancellation) {
        KuhnTetrahedra tetrahedra = new KuhnTetrahedra(new LatticeInterface(lattice, cancellation));
        cancellation.check();
        return mesh(lattice, tetrahedra, tetrahedra.coordinates(), placement);
    }

    /**
     * The same tetrahedra with the nodes between regions led towards the vertices of a relaxed surface net ({@link SurfaceNets}), and then along the normals until each region has the volume of its
     * voxels. A node goes only as far as its cell of the net and the bounds of all tetrahedra around it let it, which therefore hold by construction; its neighbours within a region move where
     * that makes the worst angle better. Where a region would lack or exceed more than 1 % of its volume, and more than with its cubes, its nodes go half the way, a quarter, an eighth or none.
     *
     * @param lattice regions of cubes
     * @param bounds what each tetrahedron keeps to
     * @param placement where the patient lies in the scene
     * @param cancellation looked at in each pass
     * @return tetrahedra in metres in the frame of the scene, with the numbers of the regions
     * @throws org.oncotwin.api.plugin.InvalidInputException if there are more corners than an array holds
     */
    public static TetrahedralMesh smoothed(
            LabelLattice lattice, AngleBounds bounds, Placement placement, Cancellation cancellation) {
        TetrahedralMesher mesher = new TetrahedralMesher(new LatticeInterface(lattice, cancellation), cancellation);
        return mesh(lattice, mesher.tetrahedra, mesher.withVolumes(bounds), placement);
    }

    private static TetrahedralMesh mesh(
            LabelLattice lattice, KuhnTetrahedra tetrahedra, double[] places, Placement placement) {
        double[] coordinates = new double[places.length];
        double[] point = new double[3];
        for (int n = 0; n < places.length; n += 3) {
            for (int axis = 0; axis < 3; axis++) {
                point[axis] = lattice.toPatient(axis, places[n + axis]);
            }
            System.arraycopy(placement.toScene(point), 0, coordinates, n, 3);
        }
        return TetrahedralMesh.owning(coordinates, tetrahedra.corners(), tetrahedra.regions());
    }

    private int[] beside() {
        boolean[] onNet = new boolean[tetrahedra.coordinates().length / 3];
        for (int node : nodes) {
            onNet[node] = true;
        }
        boolean[] near = new boolean[onNet.length];
        int[] corners = tetrahedra.corners();
        for (int n = 0; n < corners.length; n += 4) {
            if (onNet[corners[n]] || onNet[corners[n + 1]] || onNet[corners[n + 2]] || onNet[corners[n + 3]]) {
                for (int corner = n; corner < n + 4; corner++) {
                    near[corners[corner]] = !onNet[corners[corner]];
                }
            }
        }
        Growing found = new Growing();
        for (int node = 0; node < near.length; node++) {
            if (near[node]) {
                found.add(node);
            }
        }
        return found.toArray();
    }

    /** Smooths, and holds those regions back that do not keep their volumes. */
    private double[] withVolumes(AngleBounds bounds) {
        double[] share = new double[256];
        Arrays.fill(share, 1);
        double[] atRest = missing(tetrahedra.coordinates()).clone();
        while (true) {
            NodeSteps steps = new NodeSteps(tetrahedra.coordinates(), tetrahedra.corners(), bounds);
            double[] ways = ways(share);
            smooth(steps, ways);
            double[] missing = missing(steps.places());
            boolean held = false;
            for (int place = 0; place < missing.length; place++) {
                double error = Math.abs(missing[place]);
                int region = balance.region(place);
                if (share[region] > 0
                        && error > VOLUME_TOLERANCE * balance.wanted(place)
                        && error > Math.abs(atRest[place])) {
                    share[region] = share[region] > Math.pow(0.5, HALVINGS) ? share[region] / 2 : 0;
                    held = true;
                }
            }
            if (!held) {
                return steps.places();
            }
        }
    }

    /** How far each vertex may go: the least share of the regions around it. */
    private double[] ways(double[] share) {
        double[] ways = new double[net.vertices()];
        Arrays.fill(ways, 1);
        for (int face = 0; face < net.faces(); face++) {
            double least = Math.min(share[net.region(face, 0)], share[net.region(face, 1)]);
            for (int corner = 0; corner < 4; corner++) {
                ways[net.vertex(face, corner)] = Math.min(ways[net.vertex(face, corner)], least);
            }
        }
        return ways;
    }

    private void smooth(NodeSteps steps, double[] ways) {
        for (int pass = 0; pass < PASSES; pass++) {
            cancellation.check();
            for (int n = 0; n < nodes.length; n++) {
                steps.towards(
                        nodes[n],
                        rest[3 * n] + ways[n] * (relaxed[3 * n] - rest[3 * n]),
                        rest[3 * n + 1] + ways[n] * (relaxed[3 * n + 1] - rest[3 * n + 1]),
                        rest[3 * n + 2] + ways[n] * (relaxed[3 * n + 2] - rest[3 * n + 2]));
            }
            improveBeside(steps);
        }
        double[] vertices = new double[3 * nodes.length];
        double[] volumeSteps = new double[3 * nodes.length];
        for (int pass = 0; pass < VOLUME_PASSES; pass++) {
            cancellation.check();
            onNet(steps.places(), vertices);
            balance.steps(vertices, missing(steps.places()), volumeSteps);
            for (int n = 0; n < nodes.length; n++) {
                if (ways[n] > 0) {
                    steps.towards(
                            nodes[n],
                            vertices[3 * n] + volumeSteps[3 * n],
                            vertices[3 * n + 1] + volumeSteps[3 * n + 1],
                            vertices[3 * n + 2] + volumeSteps[3 * n + 2]);
                }
            }
            improveBeside(steps);
        }
    }

    private void improveBeside(NodeSteps steps) {
        for (int node : beside) {
            steps.improve(node);
        }
    }

    private void onNet(double[] places, double[] vertices) {
        for (int n = 0; n < nodes.length; n++) {
            System.arraycopy(places, 3 * nodes[n], vertices, 3 * n, 3);
        }
    }

    /** Volume that the tetrahedra of each region lack. */
    private double[] missing(double[] places) {
        double[] volumes = new double[256];
        int[] corners = tetrahedra.corners();
        int[] regions = tetrahedra.regions();
        TetrahedronShape shape = new TetrahedronShape();
        for (int t = 0; t < regions.length; t++) {
            shape.look(
                    places, 3 * corners[4 * t], 3 * corners[4 * t + 1], 3 * corners[4 * t + 2], 3 * corners[4 * t + 3]);
            volumes[regions[t]] += shape.volume();
        }
        double[] missing = new double[net.lattice().source().regions().size()];
        for (int place = 0; place < missing.length; place++) {
            missing[place] = balance.wanted(place) - volumes[balance.region(place)];
        }
        return missing;
    }
}
