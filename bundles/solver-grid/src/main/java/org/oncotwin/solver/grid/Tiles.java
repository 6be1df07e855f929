package org.oncotwin.solver.grid;

import java.util.Arrays;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;

/**
 * How voxels are laid out in memory: the smallest box around the medium, cut into tiles of {@link #LANES} neighbouring rows. In a tile the lanes (second index) run fastest,
 * then the places along the first index, so that neighbours along the first index are {@code LANES} apart and neighbours along the third stand at the same index of another
 * tile; that is the layout of which C2 makes vector code (it vectorises loops over several arrays only if all offsets are multiples of the vector's length). Only the span of
 * places that the medium takes up in a tile is swept; tiles without medium share one array of zeros.
 *
 * <p>Tile (t, k) has number {@code (k + 1) * (tilesPerPlane + 2) + t + 1} and voxel (i, 16 t + lane, k) stands at {@code (i + 1) * LANES + lane} in it, so that all
 * neighbours exist.
 */
final class Tiles {

    static final int LANES = 16;

    /** Voxels of the box along the first and third index. */
    final int nx;

    final int nz;

    /** Tiles across the second index. */
    final int perPlane;

    /** Distance of the numbers of tiles in neighbouring planes. */
    final int plane;

    /** Number of tiles, the empty ones around included. */
    final int count;

    /** Length of the array of a tile. */
    final int length;

    /** First index that is swept in each tile. */
    final int[] from;

    /** Index after the last one that is swept in each tile; equal to {@link #from} in an empty tile. */
    final int[] to;

    /** Numbers in the grid of the voxels of each tile that belong to the medium, in the order of their places. */
    final int[][] voxels;

    /** Their places. */
    final int[][] places;

    private final Grid grid;
    private final int ny;
    private final int i0;
    private final int j0;
    private final int k0;
    private final double[] zeros;

    Tiles(Medium medium) {
        grid = medium.grid();
        int[] box = box(medium);
        i0 = box[0];
        j0 = box[2];
        k0 = box[4];
        nx = box[1] - i0;
        ny = box[3] - j0;
        nz = box[5] - k0;
        perPlane = (ny + LANES - 1) / LANES;
        plane = perPlane + 2;
        count = Math.multiplyExact(plane, nz + 2);
        length = Math.multiplyExact(nx + 2, LANES);
        zeros = new double[length];
        from = new int[count];
        to = new int[count];
        for (int k = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                span(medium, j, k);
            }
        }
        voxels = new int[count][0];
        places = new int[count][0];
        for (int tile = 0; tile < count; tile++) {
            list(medium, tile);
        }
    }

    private static int[] box(Medium medium) {
        Grid grid = medium.grid();
        int[] box = {grid.nx(), 0, grid.ny(), 0, grid.nz(), 0};
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                int row = grid.index(0, j, k);
                int first = 0;
                while (first < grid.nx() && !medium.contains(row + first)) {
                    first++;
                }
                if (first < grid.nx()) {
                    int last = grid.nx() - 1;
                    while (!medium.contains(row + last)) {
                        last--;
                    }
                    box[0] = Math.min(box[0], first);
                    box[1] = Math.max(box[1], last + 1);
                    box[2] = Math.min(box[2], j);
                    box[3] = Math.max(box[3], j + 1);
                    box[4] = Math.min(box[4], k);
                    box[5] = k + 1;
                }
            }
        }
        if (box[1] == 0) {
            throw new SolverException("no voxel of " + grid.describe() + " belongs to the medium");
        }
        return box;
    }

    private void span(Medium medium, int j, int k) {
        int row = grid.index(i0, j0 + j, k0 + k);
        int first = 0;
        while (first < nx && !medium.contains(row + first)) {
            first++;
        }
        if (first == nx) {
            return;
        }
        int last = nx - 1;
        while (!medium.contains(row + last)) {
            last--;
        }
        int tile = tile(j / LANES, k);
        boolean empty = from[tile] == to[tile];
        from[tile] = empty ? (first + 1) * LANES : Math.min(from[tile], (first + 1) * LANES);
        to[tile] = Math.max(to[tile], (last + 2) * LANES);
    }

    /** Number of a tile. */
    int tile(int t, int k) {
        return (k + 1) * plane + t + 1;
    }

    /** Tile of a voxel of the grid. */
    int tileOf(int index) {
        int j = index / grid.nx() % grid.ny() - j0;
        int k = index / grid.nx() / grid.ny() - k0;
        return tile(j / LANES, k);
    }

    /** Index of a voxel of the grid in its tile. */
    int placeOf(int index) {
        int i = index % grid.nx() - i0;
        int j = index / grid.nx() % grid.ny() - j0;
        return (i + 1) * LANES + j % LANES;
    }

    /** True if a tile has no voxel of the medium. */
    boolean isEmpty(int tile) {
        return from[tile] == to[tile];
    }

    /** Voxels of the medium. */
    long voxels() {
        return Arrays.stream(voxels).mapToLong(ofTile -> ofTile.length).sum();
    }

    /** Voxels that a tile sweeps. */
    int swept(int tile) {
        return to[tile] - from[tile];
    }

    /** An array per tile, all 0. */
    double[][] allocate() {
        double[][] arrays = new double[count][];
        for (int tile = 0; tile < count; tile++) {
            arrays[tile] = isEmpty(tile) ? zeros : new double[length];
        }
        return arrays;
    }

    /** Bytes of the arrays that {@link #allocate} makes. */
    long bytes() {
        long tiles = 0;
        for (int tile = 0; tile < count; tile++) {
            tiles += isEmpty(tile) ? 0 : 1;
        }
        return tiles * length * Double.BYTES;
    }

    /** The voxels of a tile, in the order of their places. */
    private void list(Medium medium, int tile) {
        int k = tile / plane - 1;
        int first = (tile % plane - 1) * LANES;
        int[] index = new int[swept(tile)];
        int[] place = new int[swept(tile)];
        int n = 0;
        for (int p = from[tile]; p < to[tile]; p++) {
            int j = first + p % LANES;
            int voxel = j < ny ? grid.index(i0 + p / LANES - 1, j0 + j, k0 + k) : -1;
            if (voxel >= 0 && medium.contains(voxel)) {
                index[n] = voxel;
                place[n++] = p;
            }
        }
        voxels[tile] = Arrays.copyOf(index, n);
        places[tile] = Arrays.copyOf(place, n);
    }

    /** Number among the voxels of a tile of the first one at a place or after it. */
    int firstVoxel(int tile, int place) {
        int n = Arrays.binarySearch(places[tile], place);
        return n < 0 ? -n - 1 : n;
    }

    /** Divides the tiles among members so that each sweeps about as much; member m has the tiles from entry m to entry m + 1. */
    int[] share(int members) {
        long total = 0;
        for (int tile = 0; tile < count; tile++) {
            total += swept(tile);
        }
        int[] share = new int[members + 1];
        Arrays.fill(share, count);
        share[0] = 0;
        long done = 0;
        int member = 1;
        for (int tile = 0; tile < count && member < members; tile++) {
            done += swept(tile);
            if (done * members >= total * member) {
                share[member++] = tile + 1;
            }
        }
        return share;
    }

    /** Place of a voxel in words, such as {@code (12, 40, 7)}. */
    static String place(Grid grid, int index) {
        return "(" + index % grid.nx() + ", " + index / grid.nx() % grid.ny() + ", " + index / grid.nx() / grid.ny()
                + ")";
    }
}
