package org.oncotwin.geometry;

import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Grid;

/** Which voxels have their centre in which region of a mesh, compared with the labels: Dice coefficients (Dice LR 1945, Ecology 26:297-302). */
final class VoxelOverlap {

    private static final double MILLIMETRES = 1000;

    /** So that a centre on a face is found by one of its sides. */
    private static final double TOLERANCE = 1e-9;

    private VoxelOverlap() {}

    static SortedMap<Integer, Double> of(TetrahedralMesh mesh, RegionLabels labels) {
        Grid grid = labels.voxels().grid();
        byte[] found = new byte[grid.size()];
        Affine toVoxels = grid.affine().inverse();
        double[] p = new double[12];
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            for (int corner = 0; corner < 4; corner++) {
                int node = mesh.corner(t, corner);
                double[] index = toVoxels.apply(
                        MILLIMETRES * mesh.coordinate(node, 0),
                        MILLIMETRES * mesh.coordinate(node, 1),
                        MILLIMETRES * mesh.coordinate(node, 2));
                System.arraycopy(index, 0, p, 3 * corner, 3);
            }
            fill(grid, p, (byte) mesh.region(t), found);
        }
        int[] inMesh = new int[256];
        int[] inLabels = new int[256];
        int[] inBoth = new int[256];
        for (int voxel = 0; voxel < found.length; voxel++) {
            int region = found[voxel] & 0xff;
            int label = labels.voxels().label(voxel);
            inMesh[region]++;
            inLabels[label]++;
            if (region == label) {
                inBoth[region]++;
            }
        }
        SortedMap<Integer, Double> overlaps = new TreeMap<>();
        for (Region region : labels.regions()) {
            int n = region.number();
            overlaps.put(n, 2.0 * inBoth[n] / (inMesh[n] + inLabels[n]));
        }
        return overlaps;
    }

    private static void fill(Grid grid, double[] p, byte region, byte[] found) {
        int[] low = new int[3];
        int[] high = new int[3];
        int[] size = {grid.nx(), grid.ny(), grid.nz()};
        for (int axis = 0; axis < 3; axis++) {
            double least = Math.min(Math.min(p[axis], p[3 + axis]), Math.min(p[6 + axis], p[9 + axis]));
            double most = Math.max(Math.max(p[axis], p[3 + axis]), Math.max(p[6 + axis], p[9 + axis]));
            low[axis] = (int) Math.max(0, Math.ceil(least - TOLERANCE));
            high[axis] = (int) Math.min(size[axis] - 1, Math.floor(most + TOLERANCE));
        }
        double whole = sixfold(p, 0, 0, 0, -1);
        for (int k = low[2]; k <= high[2]; k++) {
            for (int j = low[1]; j <= high[1]; j++) {
                for (int i = low[0]; i <= high[0]; i++) {
                    int voxel = grid.index(i, j, k);
                    if (found[voxel] == 0 && inside(p, i, j, k, whole)) {
                        found[voxel] = region;
                    }
                }
            }
        }
    }

    private static boolean inside(double[] p, double x, double y, double z, double whole) {
        for (int corner = 0; corner < 4; corner++) {
            if (sixfold(p, x, y, z, corner) / whole < -TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** Six times the volume of a tetrahedron, with a point in the place of one of its corners, or of none. */
    private static double sixfold(double[] p, double x, double y, double z, int instead) {
        double ax = instead == 0 ? x : p[0];
        double ay = instead == 0 ? y : p[1];
        double az = instead == 0 ? z : p[2];
        double ux = (instead == 1 ? x : p[3]) - ax;
        double uy = (instead == 1 ? y : p[4]) - ay;
        double uz = (instead == 1 ? z : p[5]) - az;
        double vx = (instead == 2 ? x : p[6]) - ax;
        double vy = (instead == 2 ? y : p[7]) - ay;
        double vz = (instead == 2 ? z : p[8]) - az;
        double wx = (instead == 3 ? x : p[9]) - ax;
        double wy = (instead == 3 ? y : p[10]) - ay;
        double wz = (instead == 3 ? z : p[11]) - az;
        return (uy * vz - uz * vy) * wx + (uz * vx - ux * vz) * wy + (ux * vy - uy * vx) * wz;
    }
}
