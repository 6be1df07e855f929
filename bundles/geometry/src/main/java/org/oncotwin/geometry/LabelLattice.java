package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/**
 * Equal cubes along the axes of the patient, each of one region: that which has the largest share of the cube, of equal shares the region with the lowest number, and what is left out last. Shares are counted at points within the cube, an odd number from 3 to 11 along each edge, two or more for each voxel while 11 suffice; a point belongs to the voxel in which it lies by the affine. Where
 * cubes are voxels they have the same regions. One layer of cubes or more around everything is left out. Immutable.
 */
public final class LabelLattice {

    /** Most cubes of a lattice. */
    public static final int MOST_CUBES = 1 << 27;

    private static final int LEAST_POINTS_ALONG_EDGE = 3;
    private static final int MOST_POINTS_ALONG_EDGE = 11;
    private static final double POINTS_PER_VOXEL = 2;

    /** By how much of a cube the region may stand out of the lattice; affines are not exact. */
    private static final double OVERHANG = 1e-4;

    private final RegionLabels source;
    private final double edge;
    private final double[] origin;
    private final LabelField cubes;
    private final int points;

    /** For each cube of several regions where in the shares its own begin, -1 for others. */
    private final int[] first;

    /** Shares of one cube follow each other: region in the upper 8 bits, points in the lower 24; 0 points end them. */
    private int[] shares = new int[1024];

    private int used;

    private LabelLattice(RegionLabels source, double edge, Cancellation cancellation) {
        this.source = source;
        this.edge = edge;
        Grid voxels = source.voxels().grid();
        double finest = Math.min(voxels.spacing(0), Math.min(voxels.spacing(1), voxels.spacing(2)));
        this.points = (int) Math.max(
                        LEAST_POINTS_ALONG_EDGE,
                        Math.min(MOST_POINTS_ALONG_EDGE, Math.ceil(POINTS_PER_VOXEL * edge / finest - OVERHANG)))
                | 1;
        double[] bounds = bounds(source.voxels());
        int[] size = new int[3];
        this.origin = new double[3];
        double all = 1;
        for (int axis = 0; axis < 3; axis++) {
            double extent = bounds[3 + axis] - bounds[axis];
            double along = Math.ceil(extent / edge - OVERHANG);
            origin[axis] = bounds[axis] - edge - (along * edge - extent) / 2;
            size[axis] = (int) Math.min(MOST_CUBES, along + 2);
            all *= along + 2;
        }
        if (all > MOST_CUBES) {
            throw new InvalidInputException(
                    "edge",
                    "is " + edge + " mm, which would make " + (long) all + " cubes; allowed are " + MOST_CUBES
                            + ": choose a longer edge");
        }
        Affine affine = Affine.of(
                edge, 0, 0, origin[0] + edge / 2, 0, edge, 0, origin[1] + edge / 2, 0, 0, edge, origin[2] + edge / 2);
        Grid grid = new Grid(size[0], size[1], size[2], affine);
        this.first = new int[grid.size()];
        byte[] regions = new byte[grid.size()];
        sample(grid, regions, cancellation);
        this.cubes = LabelField.owning(grid, regions, source.voxels().names());
        for (Region region : source.regions()) {
            if (cubes.count(region.number()) == 0) {
                throw new InvalidInputException(
                        "edge",
                        "is " + edge + " mm, and " + region.name()
                                + " has the largest share of no cube; choose a shorter edge");
            }
        }
    }

    /**
     * Resamples labels.
     *
     * @param labels regions of voxels
     * @param edge length of the edge of a cube in mm, above 0
     * @param cancellation looked at for each layer of cubes
     * @throws InvalidInputException if the edge is not above 0, there would be more than {@link #MOST_CUBES} cubes, or a region would have none
     */
    public static LabelLattice of(RegionLabels labels, double edge, Cancellation cancellation) {
        if (!(edge > 0 && Double.isFinite(edge))) {
            throw new InvalidInputException("edge", "is " + edge + "; allowed is above 0 mm");
        }
        return new LabelLattice(labels, edge, cancellation);
    }

    /** Smallest and largest patient coordinates of all corners of labelled voxels. */
    private static double[] bounds(LabelField voxels) {
        Grid grid = voxels.grid();
        double[] bounds = new double[6];
        Arrays.fill(bounds, 0, 3, Double.POSITIVE_INFINITY);
        Arrays.fill(bounds, 3, 6, Double.NEGATIVE_INFINITY);
        for (int axis = 0; axis < 3; axis++) {
            double mi = grid.affine().get(axis, 0);
            double mj = grid.affine().get(axis, 1);
            double mk = grid.affine().get(axis, 2);
            double half = (Math.abs(mi) + Math.abs(mj) + Math.abs(mk)) / 2;
            int n = 0;
            for (int k = 0; k < grid.nz(); k++) {
                for (int j = 0; j < grid.ny(); j++) {
                    double row = grid.affine().get(axis, 3) + mj * j + mk * k;
                    for (int i = 0; i < grid.nx(); i++, n++) {
                        if (voxels.label(n) != 0) {
                            double x = row + mi * i;
                            bounds[axis] = Math.min(bounds[axis], x - half);
                            bounds[3 + axis] = Math.max(bounds[3 + axis], x + half);
                        }
                    }
                }
            }
        }
        return bounds;
    }

    private void sample(Grid grid, byte[] regions, Cancellation cancellation) {
        Affine toVoxels = source.voxels().grid().affine().inverse();
        // An index is a sum of one term for each axis of the lattice; half a voxel more, so that the whole part is the
        // voxel.
        double[] alongX = terms(toVoxels, 0, grid.nx(), 0.5);
        double[] alongY = terms(toVoxels, 1, grid.ny(), 0);
        double[] alongZ = terms(toVoxels, 2, grid.nz(), 0);
        int[] counts = new int[256];
        int n = 0;
        for (int k = 0; k < grid.nz(); k++) {
            cancellation.check();
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++, n++) {
                    count(alongX, i, alongY, j, alongZ, k, counts);
                    regions[n] = (byte) settle(counts, n);
                }
            }
        }
        shares = Arrays.copyOf(shares, used);
    }

    private double[] terms(Affine toVoxels, int axis, int cubes, double more) {
        double[] terms = new double[3 * cubes * points];
        for (int p = 0; p < cubes * points; p++) {
            double place = origin[axis] + edge * (p + 0.5) / points;
            for (int row = 0; row < 3; row++) {
                terms[3 * p + row] = toVoxels.get(row, axis) * place + (axis == 0 ? toVoxels.get(row, 3) + more : 0);
            }
        }
        return terms;
    }

    private void count(double[] alongX, int i, double[] alongY, int j, double[] alongZ, int k, int[] counts) {
        LabelField voxels = source.voxels();
        Grid grid = voxels.grid();
        for (int c = 3 * k * points; c < 3 * (k + 1) * points; c += 3) {
            for (int b = 3 * j * points; b < 3 * (j + 1) * points; b += 3) {
                double u = alongZ[c] + alongY[b];
                double v = alongZ[c + 1] + alongY[b + 1];
                double w = alongZ[c + 2] + alongY[b + 2];
                for (int a = 3 * i * points; a < 3 * (i + 1) * points; a += 3) {
                    double x = u + alongX[a];
                    double y = v + alongX[a + 1];
                    double z = w + alongX[a + 2];
                    boolean inside = x >= 0 && x < grid.nx() && y >= 0 && y < grid.ny() && z >= 0 && z < grid.nz();
                    counts[inside ? voxels.label(grid.index((int) x, (int) y, (int) z)) : 0]++;
                }
            }
        }
    }

    /** The region with most points. Remembers the shares of a cube that has several, and clears the counts. */
    private int settle(int[] counts, int cube) {
        int all = points * points * points;
        first[cube] = -1;
        if (counts[0] == all) {
            counts[0] = 0;
            return 0;
        }
        int most = 0;
        for (Region region : source.regions()) {
            int count = counts[region.number()];
            if (count > counts[most] || most == 0 && count == counts[0]) {
                most = region.number();
            }
        }
        if (counts[most] < all) {
            first[cube] = used;
            remember(0, counts[0]);
            for (Region region : source.regions()) {
                remember(region.number(), counts[region.number()]);
            }
            append(0);
        }
        counts[0] = 0;
        for (Region region : source.regions()) {
            counts[region.number()] = 0;
        }
        return most;
    }

    private void remember(int region, int count) {
        if (count > 0) {
            append(region << 24 | count);
        }
    }

    private void append(int share) {
        if (used == shares.length) {
            shares = Arrays.copyOf(shares, 2 * used);
        }
        shares[used] = share;
        used++;
    }

    /** What was resampled. */
    public RegionLabels source() {
        return source;
    }

    /** Length of the edge of a cube in mm. */
    public double edge() {
        return edge;
    }

    /** The cubes as voxels: the number of the region of each, 0 for what is left out. */
    public LabelField cubes() {
        return cubes;
    }

    /** Share of a region in a cube, 0 to 1. */
    double share(int cube, int region) {
        if (first[cube] < 0) {
            return cubes.label(cube) == region ? 1 : 0;
        }
        for (int n = first[cube]; shares[n] != 0; n++) {
            if (shares[n] >>> 24 == region) {
                return (shares[n] & 0xffffff) / (double) (points * points * points);
            }
        }
        return 0;
    }

    /** Patient coordinate in mm of a coordinate that counts cubes from the corner of the first. */
    double toPatient(int axis, double coordinate) {
        return origin[axis] + edge * coordinate;
    }
}
