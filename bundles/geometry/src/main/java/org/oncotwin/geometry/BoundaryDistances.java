package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/** Distances in mm between the triangles around a region of a mesh and the faces of voxels around the same region of labels. */
final class BoundaryDistances {

    private final double[] fromMesh;
    private final double[] fromVoxels;

    /**
     * Measures all distances.
     *
     * @param voxels labels
     * @param region region of both
     * @param surface three nodes of each triangle around the region of the mesh
     * @param patient coordinates of the nodes in mm
     * @param edge length of the edges of the mesh in mm, about
     */
    BoundaryDistances(LabelField voxels, int region, int[] surface, double[] patient, double edge) {
        Grid grid = voxels.grid();
        VoxelFaces faces = new VoxelFaces(voxels, region);
        TriangleBins ofMesh = new TriangleBins(patient, surface, edge / 2);
        double spacing = Math.max(grid.spacing(0), Math.max(grid.spacing(1), grid.spacing(2)));
        TriangleBins ofVoxels = new TriangleBins(faces.coordinates, faces.corners, spacing);
        boolean[] seen = new boolean[patient.length / 3];
        double[] distances = new double[seen.length + surface.length / 3];
        int count = 0;
        for (int n = 0; n < surface.length; n += 3) {
            for (int corner = n; corner < n + 3; corner++) {
                int node = 3 * surface[corner];
                if (!seen[surface[corner]]) {
                    seen[surface[corner]] = true;
                    distances[count] = ofVoxels.distance(patient[node], patient[node + 1], patient[node + 2]);
                    count++;
                }
            }
            distances[count] = ofVoxels.distance(
                    mean(patient, surface, n, 0), mean(patient, surface, n, 1), mean(patient, surface, n, 2));
            count++;
        }
        this.fromMesh = Arrays.copyOf(distances, count);
        this.fromVoxels = new double[faces.corners.length / 6];
        for (int n = 0; n < fromVoxels.length; n++) {
            // The centre of a face is the middle of the diagonal between its two triangles.
            int a = 3 * faces.corners[6 * n];
            int c = 3 * faces.corners[6 * n + 2];
            fromVoxels[n] = ofMesh.distance(
                    (faces.coordinates[a] + faces.coordinates[c]) / 2,
                    (faces.coordinates[a + 1] + faces.coordinates[c + 1]) / 2,
                    (faces.coordinates[a + 2] + faces.coordinates[c + 2]) / 2);
        }
        Arrays.sort(fromMesh);
        Arrays.sort(fromVoxels);
    }

    private static double mean(double[] patient, int[] surface, int first, int axis) {
        return (patient[3 * surface[first] + axis]
                        + patient[3 * surface[first + 1] + axis]
                        + patient[3 * surface[first + 2] + axis])
                / 3;
    }

    /** The larger quantile of both directions, 1 for the largest distance. */
    double quantile(double part) {
        return Math.max(quantile(fromMesh, part), quantile(fromVoxels, part));
    }

    private static double quantile(double[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    /** Faces between voxels of a region and others or the border of the grid, two triangles each. */
    private static final class VoxelFaces {

        private final double[] coordinates;
        private final int[] corners;

        VoxelFaces(LabelField voxels, int region) {
            Grid grid = voxels.grid();
            int[] steps = {1, grid.nx() + 1, (grid.nx() + 1) * (grid.ny() + 1)};
            int[] cubeSteps = {1, grid.nx(), grid.nx() * grid.ny()};
            int[] sizes = {grid.nx(), grid.ny(), grid.nz()};
            int[] at = new int[3];
            Growing found = new Growing();
            for (at[2] = 0; at[2] < grid.nz(); at[2]++) {
                for (at[1] = 0; at[1] < grid.ny(); at[1]++) {
                    for (at[0] = 0; at[0] < grid.nx(); at[0]++) {
                        int voxel = grid.index(at[0], at[1], at[2]);
                        for (int side = 0; side < 6 && voxels.label(voxel) == region; side++) {
                            int axis = side / 2;
                            boolean upper = side % 2 == 1;
                            boolean border = upper ? at[axis] == sizes[axis] - 1 : at[axis] == 0;
                            int other = upper ? voxel + cubeSteps[axis] : voxel - cubeSteps[axis];
                            if (border || voxels.label(other) != region) {
                                int corner = at[0] + at[1] * steps[1] + at[2] * steps[2] + (upper ? steps[axis] : 0);
                                add(found, corner, steps[(axis + 1) % 3], steps[(axis + 2) % 3]);
                            }
                        }
                    }
                }
            }
            this.corners = found.toArray();
            // Only corners that are used get coordinates.
            int[] used = corners.clone();
            Arrays.sort(used);
            int count = 0;
            for (int n = 0; n < used.length; n++) {
                if (n == 0 || used[n] != used[n - 1]) {
                    used[count] = used[n];
                    count++;
                }
            }
            this.coordinates = new double[3 * count];
            for (int n = 0; n < count; n++) {
                Affine affine = grid.affine();
                double[] point = affine.apply(
                        used[n] % steps[1] - 0.5, used[n] / steps[1] % (grid.ny() + 1) - 0.5, used[n] / steps[2] - 0.5);
                System.arraycopy(point, 0, coordinates, 3 * n, 3);
            }
            for (int n = 0; n < corners.length; n++) {
                corners[n] = Arrays.binarySearch(used, 0, count, corners[n]);
            }
        }

        private static void add(Growing found, int corner, int along, int up) {
            found.add(corner);
            found.add(corner + along);
            found.add(corner + along + up);
            found.add(corner);
            found.add(corner + along + up);
            found.add(corner + up);
        }
    }
}
