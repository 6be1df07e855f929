package org.oncotwin.geometry;

import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/** Says for each voxel in which region of a mesh its centre lies; of several tetrahedra the first. */
final class VoxelRaster {

    /** How far outside, relative to its height, a tetrahedron still has a centre. */
    private static final double TOLERANCE = 1e-9;

    private static final int TETRAHEDRA_BETWEEN_CHECKS = 1 << 14;

    private final Grid grid;
    private final Affine toVoxels;
    private final double[] nodes = new double[12];

    VoxelRaster(Grid grid) {
        this.grid = grid;
        this.toVoxels = grid.affine().inverse();
    }

    /** Regions of all voxels, 0 for none. */
    byte[] regions(TetrahedralMesh mesh, double[] patient, Cancellation cancellation) {
        byte[] regions = new byte[grid.size()];
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            if (t % TETRAHEDRA_BETWEEN_CHECKS == 0) {
                cancellation.check();
            }
            for (int corner = 0; corner < 4; corner++) {
                int node = 3 * mesh.corner(t, corner);
                for (int row = 0; row < 3; row++) {
                    nodes[3 * corner + row] = toVoxels.get(row, 0) * patient[node]
                            + toVoxels.get(row, 1) * patient[node + 1]
                            + toVoxels.get(row, 2) * patient[node + 2]
                            + toVoxels.get(row, 3);
                }
            }
            fill(regions, (byte) mesh.region(t));
        }
        return regions;
    }

    /** Dice coefficient of a region of labels and of a raster. */
    static double dice(LabelField voxels, byte[] raster, int region) {
        long both = 0;
        long sum = 0;
        for (int n = 0; n < raster.length; n++) {
            boolean labelled = voxels.label(n) == region;
            boolean meshed = (raster[n] & 0xff) == region;
            both += labelled && meshed ? 1 : 0;
            sum += (labelled ? 1 : 0) + (meshed ? 1 : 0);
        }
        return 2.0 * both / sum;
    }

    private void fill(byte[] regions, byte region) {
        int lowK = low(2);
        int highK = high(2, grid.nz());
        int lowJ = low(1);
        int highJ = high(1, grid.ny());
        int lowI = low(0);
        int highI = high(0, grid.nx());
        for (int k = lowK; k <= highK; k++) {
            for (int j = lowJ; j <= highJ; j++) {
                for (int i = lowI; i <= highI; i++) {
                    int voxel = grid.index(i, j, k);
                    if (regions[voxel] == 0 && isInside(i, j, k)) {
                        regions[voxel] = region;
                    }
                }
            }
        }
    }

    private int low(int axis) {
        double least = Math.min(Math.min(nodes[axis], nodes[3 + axis]), Math.min(nodes[6 + axis], nodes[9 + axis]));
        return (int) Math.max(0, Math.ceil(least - TOLERANCE));
    }

    private int high(int axis, int size) {
        double most = Math.max(Math.max(nodes[axis], nodes[3 + axis]), Math.max(nodes[6 + axis], nodes[9 + axis]));
        return (int) Math.min(size - 1, Math.floor(most + TOLERANCE));
    }

    /** True if a point lies on the same side of each face as the node opposite to it, by the signs of volumes. */
    private boolean isInside(double x, double y, double z) {
        double all = volume(0, 3, 6, nodes[9], nodes[10], nodes[11]);
        double least = -TOLERANCE;
        return volume(0, 3, 6, x, y, z) / all >= least
                && volume(0, 9, 3, x, y, z) / all >= least
                && volume(3, 9, 6, x, y, z) / all >= least
                && volume(6, 9, 0, x, y, z) / all >= least;
    }

    private double volume(int a, int b, int c, double x, double y, double z) {
        double ux = nodes[b] - nodes[a];
        double uy = nodes[b + 1] - nodes[a + 1];
        double uz = nodes[b + 2] - nodes[a + 2];
        double vx = nodes[c] - nodes[a];
        double vy = nodes[c + 1] - nodes[a + 1];
        double vz = nodes[c + 2] - nodes[a + 2];
        double wx = x - nodes[a];
        double wy = y - nodes[a + 1];
        double wz = z - nodes[a + 2];
        return (uy * vz - uz * vy) * wx + (uz * vx - ux * vz) * wy + (ux * vy - uy * vx) * wz;
    }
}
