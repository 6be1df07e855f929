package org.oncotwin.solver.grid;

import java.util.Arrays;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;

/**
 * The part of the grid that can hold tumour: the smallest box around the domain, with one empty voxel on every side, and the class of every voxel in it. Classes with
 * equal coefficients are one class here. Rows run along the first index; row (j, k) of the box has number {@code (j + 1) + (k + 1) * (ny + 2)}, and the voxel i in it
 * has place {@code i + 1}, so that neighbours always exist.
 */
final class Domain {

    /** Number of voxels of the box along each index, without the empty ones around it. */
    final int nx;

    final int ny;
    final int nz;

    /** Length of a row with the empty voxels at its ends. */
    final int width;

    /** Rows in a plane, the empty ones included. */
    final int rowsPerPlane;

    /** Number of rows, the empty ones included. */
    final int rows;

    /** Class by {@code row * width + place}; 0 is outside. */
    final byte[] classes;

    /** First place of the domain in each row. */
    final int[] from;

    /** Place after the last one of the domain in each row; equal to {@link #from} in an empty row. */
    final int[] to;

    /** D (mm2/d) and rho (1/d) by class. */
    final double[] diffusion;

    final double[] proliferation;

    /** True for classes that occur. */
    final boolean[] present;

    private final Grid grid;
    private final double largestDiffusion;
    private final double largestProliferation;
    private final int i0;
    private final int j0;
    private final int k0;

    Domain(ReactionDiffusionProblem problem) {
        grid = problem.grid();
        Medium medium = problem.medium();
        if (medium.orientation().isPresent()) {
            throw new SolverException(
                    "this solver takes diffusion to be the same in all directions; the medium has diffusion tensors");
        }
        diffusion = medium.diffusion();
        proliferation = medium.proliferation();
        byte[] given = new byte[grid.size()];
        for (int index = 0; index < given.length; index++) {
            given[index] = (byte) medium.classOf(index);
        }
        int[] box = box(given);
        i0 = box[0];
        j0 = box[2];
        k0 = box[4];
        nx = box[1] - i0;
        ny = box[3] - j0;
        nz = box[5] - k0;
        width = nx + 2;
        rowsPerPlane = ny + 2;
        rows = Math.multiplyExact(rowsPerPlane, nz + 2);
        classes = new byte[Math.multiplyExact(rows, width)];
        from = new int[rows];
        to = new int[rows];
        present = new boolean[diffusion.length];
        byte[] same = sameCoefficients();
        for (int k = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                copyRow(given, same, j, k);
            }
        }
        largestDiffusion = largest(diffusion);
        largestProliferation = largest(proliferation);
    }

    private int[] box(byte[] given) {
        int[] box = {grid.nx(), 0, grid.ny(), 0, grid.nz(), 0};
        byte[] empty = new byte[grid.nx()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                int start = grid.index(0, j, k);
                int first = Arrays.mismatch(given, start, start + grid.nx(), empty, 0, grid.nx());
                if (first >= 0) {
                    int last = grid.nx() - 1;
                    while (given[start + last] == 0) {
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
            throw new SolverException("no voxel of " + grid.describe() + " belongs to the domain");
        }
        return box;
    }

    /** The first class with the same coefficients, by class. */
    private byte[] sameCoefficients() {
        byte[] same = new byte[diffusion.length];
        for (int c = 1; c < same.length; c++) {
            same[c] = (byte) c;
            for (int other = c - 1; other >= 1; other--) {
                if (diffusion[other] == diffusion[c] && proliferation[other] == proliferation[c]) {
                    same[c] = (byte) other;
                }
            }
        }
        return same;
    }

    private void copyRow(byte[] given, byte[] same, int j, int k) {
        int start = grid.index(i0, j0 + j, k0 + k);
        int row = row(j, k);
        int target = row * width + 1;
        int first = nx;
        int last = -1;
        for (int i = 0; i < nx; i++) {
            byte c = given[start + i];
            if (c != 0) {
                if (c < 0 || c >= same.length) {
                    throw new SolverException("voxel " + place(start + i) + " has class " + c
                            + ", but there are coefficients for 1 to " + (same.length - 1));
                }
                classes[target + i] = same[c];
                present[same[c]] = true;
                first = Math.min(first, i);
                last = i;
            }
        }
        if (last >= 0) {
            from[row] = first + 1;
            to[row] = last + 2;
        }
    }

    /** Number of row (j, k) of the box; -1 and ny, nz are the empty rows around it. */
    int row(int j, int k) {
        return (j + 1) + (k + 1) * rowsPerPlane;
    }

    boolean isEmpty(int row) {
        return from[row] == to[row];
    }

    /** Number of the voxel of the grid whose place is 0 in a row; it may lie before the row of the grid, but never in use. */
    int gridIndex(int row) {
        return i0 - 1 + grid.nx() * (j0 + row % rowsPerPlane - 1 + grid.ny() * (k0 + row / rowsPerPlane - 1));
    }

    /** A voxel of the grid in words. */
    String place(int index) {
        int i = index % grid.nx();
        int j = index / grid.nx() % grid.ny();
        return "(" + i + ", " + j + ", " + index / grid.nx() / grid.ny() + ")";
    }

    /** The classes that occur. */
    int[] presentClasses() {
        return java.util.stream.IntStream.range(1, present.length)
                .filter(c -> present[c])
                .toArray();
    }

    double largestDiffusion() {
        return largestDiffusion;
    }

    double largestProliferation() {
        return largestProliferation;
    }

    private double largest(double[] ofClass) {
        return Arrays.stream(presentClasses())
                .mapToDouble(c -> ofClass[c])
                .max()
                .orElseThrow();
    }

    /** True if rho is the same everywhere. */
    boolean hasOneProliferation() {
        return Arrays.stream(presentClasses())
                        .mapToDouble(c -> proliferation[c])
                        .distinct()
                        .count()
                == 1;
    }

    /** 1/h^2 along an index axis in 1/mm2. */
    double inverseSquareSpacing(int axis) {
        double h = grid.spacing(axis);
        return 1 / (h * h);
    }

    /**
     * What flows through a face, per difference of u and unit of time, between voxels of two classes: harmonic mean of D over the squared spacing (1/d); 0 if either is
     * outside or has D = 0 (Patankar 1980, section 4.2-3).
     *
     * @return by {@code class * number of classes + class of the neighbour}
     */
    double[] conductances(int axis, double scale) {
        int n = diffusion.length;
        double[] table = new double[n * n];
        for (int a = 1; a < n; a++) {
            for (int b = 1; b < n; b++) {
                double da = diffusion[a];
                double db = diffusion[b];
                // Equal values are not put through the formula, which would round them.
                double mean = da == db ? da : da == 0 || db == 0 ? 0 : 2 * da * (db / (da + db));
                table[a * n + b] = mean * inverseSquareSpacing(axis) * scale;
            }
        }
        return table;
    }

    /** Boundaries of {@code parts} ranges of planes with about equal numbers of voxels. */
    int[] sharePlanes(int parts) {
        long[] weights = new long[nz];
        for (int k = 0; k < nz; k++) {
            for (int j = 0; j < ny; j++) {
                weights[k] += to[row(j, k)] - from[row(j, k)];
            }
        }
        return share(weights, parts);
    }

    /** Boundaries of ranges with about equal weight; every range of a positive total may be empty but together they cover all. */
    static int[] share(long[] weights, int parts) {
        long total = Arrays.stream(weights).sum();
        int[] boundaries = new int[parts + 1];
        long sum = 0;
        int part = 1;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k];
            while (part < parts && sum * parts >= total * part) {
                boundaries[part++] = k + 1;
            }
        }
        Arrays.fill(boundaries, part, parts + 1, weights.length);
        return boundaries;
    }
}
