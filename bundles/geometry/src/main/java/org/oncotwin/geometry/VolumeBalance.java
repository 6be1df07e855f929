package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.twin.LabelField;

/**
 * Steps of the vertices between regions that give each region the volume it lacks. The face between two regions moves along its normal by the difference of two potentials, 0 for what is left out; of
 * all offsets with these volumes to the first order they have the least sum of area times offset squared. Their equations are a weighted graph Laplacian: for each region, the sum over its
 * neighbours of area times difference of potentials is the missing volume. Lengths count cubes.
 */
final class VolumeBalance {

    /** Longest step of a vertex. */
    private static final double LONGEST = 0.2;

    private final LatticeInterface net;
    private final int[] regions;
    private final int[] placeOf = new int[256];

    /** Volume of the voxels of each region. */
    private final double[] wanted;

    private final double[] areas;
    private final double[] missing;
    private final double[] weights;

    VolumeBalance(LatticeInterface net) {
        this.net = net;
        RegionLabels source = net.lattice().source();
        LabelField voxels = source.voxels();
        double cube = Math.pow(net.lattice().edge(), 3);
        double voxel = voxels.grid().voxelVolume() * 1000;
        this.regions = source.regions().stream().mapToInt(Region::number).toArray();
        this.wanted = new double[regions.length];
        for (int n = 0; n < regions.length; n++) {
            placeOf[regions[n]] = n + 1;
            wanted[n] = voxels.count(regions[n]) * voxel / cube;
        }
        this.areas = new double[(regions.length + 1) * (regions.length + 1)];
        this.missing = new double[regions.length];
        this.weights = new double[net.vertices()];
    }

    /** Number of a region by its place. */
    int region(int place) {
        return regions[place];
    }

    /** Volume of the voxels of a region by its place. */
    double wanted(int place) {
        return wanted[place];
    }

    /** Volume that each region lacks within its faces, by the divergence theorem. */
    double[] missing(double[] places) {
        double[] volumes = new double[regions.length + 1];
        for (int face = 0; face < net.faces(); face++) {
            int a = 3 * net.vertex(face, 0);
            int b = 3 * net.vertex(face, 1);
            int c = 3 * net.vertex(face, 2);
            int d = 3 * net.vertex(face, 3);
            double six = sixfold(places, a, b, c) + sixfold(places, a, c, d);
            volumes[placeOf[net.region(face, 0)]] += six / 6;
            volumes[placeOf[net.region(face, 1)]] -= six / 6;
        }
        for (int n = 0; n < regions.length; n++) {
            missing[n] = wanted[n] - volumes[n + 1];
        }
        return missing;
    }

    private static double sixfold(double[] p, int a, int b, int c) {
        return p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1])
                + p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2])
                + p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c]);
    }

    /** Writes the steps of all vertices. */
    void steps(double[] places, double[] lacking, double[] steps) {
        double[] potentials = potentials(places, lacking);
        Arrays.fill(steps, 0);
        Arrays.fill(weights, 0);
        for (int face = 0; face < net.faces(); face++) {
            double offset = potentials[placeOf[net.region(face, 0)]] - potentials[placeOf[net.region(face, 1)]];
            double nx = normal(places, face, 1, 2);
            double ny = normal(places, face, 2, 0);
            double nz = normal(places, face, 0, 1);
            double area = Math.sqrt(nx * nx + ny * ny + nz * nz);
            for (int corner = 0; corner < 4; corner++) {
                int vertex = net.vertex(face, corner);
                steps[3 * vertex] += offset * nx;
                steps[3 * vertex + 1] += offset * ny;
                steps[3 * vertex + 2] += offset * nz;
                weights[vertex] += area;
            }
        }
        for (int n = 0; n < weights.length; n++) {
            double length = Math.sqrt(steps[3 * n] * steps[3 * n]
                    + steps[3 * n + 1] * steps[3 * n + 1]
                    + steps[3 * n + 2] * steps[3 * n + 2]);
            double factor = length == 0 ? 0 : Math.min(1 / weights[n], LONGEST / length);
            steps[3 * n] *= factor;
            steps[3 * n + 1] *= factor;
            steps[3 * n + 2] *= factor;
        }
    }

    /** A component of the vector area of a face. */
    private double normal(double[] p, int face, int u, int v) {
        int a = 3 * net.vertex(face, 0);
        int b = 3 * net.vertex(face, 1);
        int c = 3 * net.vertex(face, 2);
        int d = 3 * net.vertex(face, 3);
        return ((p[c + u] - p[a + u]) * (p[d + v] - p[b + v]) - (p[c + v] - p[a + v]) * (p[d + u] - p[b + u])) / 2;
    }

    /** Potential of what is left out (0) and of each region. Every region borders on what is left out or on others that do, so the matrix is positive definite. */
    private double[] potentials(double[] places, double[] lacking) {
        int size = regions.length + 1;
        Arrays.fill(areas, 0);
        for (int face = 0; face < net.faces(); face++) {
            double nx = normal(places, face, 1, 2);
            double ny = normal(places, face, 2, 0);
            double nz = normal(places, face, 0, 1);
            double area = Math.sqrt(nx * nx + ny * ny + nz * nz);
            int a = placeOf[net.region(face, 0)];
            int b = placeOf[net.region(face, 1)];
            areas[size * a + b] -= area;
            areas[size * b + a] -= area;
            areas[size * a + a] += area;
            areas[size * b + b] += area;
        }
        double[] potentials = new double[size];
        System.arraycopy(lacking, 0, potentials, 1, regions.length);
        // Gauss without pivots, which positive definite matrices do not need.
        for (int pivot = 1; pivot < size; pivot++) {
            for (int row = pivot + 1; row < size; row++) {
                double factor = areas[size * row + pivot] / areas[size * pivot + pivot];
                if (factor != 0) {
                    for (int column = pivot; column < size; column++) {
                        areas[size * row + column] -= factor * areas[size * pivot + column];
                    }
                    potentials[row] -= factor * potentials[pivot];
                }
            }
        }
        for (int row = size - 1; row > 0; row--) {
            for (int column = row + 1; column < size; column++) {
                potentials[row] -= areas[size * row + column] * potentials[column];
            }
            potentials[row] /= areas[size * row + row];
        }
        return potentials;
    }
}
