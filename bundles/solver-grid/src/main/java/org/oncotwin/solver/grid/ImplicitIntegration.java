package org.oncotwin.solver.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;

/**
 * Strang splitting: half a step of diffusion along x, then y, then z, a whole step of reaction, half a step of diffusion along z, then y, then x. Diffusion along an axis is
 * Crank-Nicolson on every line of voxels; reaction is exact logistic growth between two exact halves of the losses. Each part is of second order or exact and the sequence
 * is symmetric, so the whole is of second order (Strang 1968).
 *
 * <p>Memory is passed over twice per step: plane by plane for y, x, and x, y of the next step; slab by slab for z, reaction, z.
 */
final class ImplicitIntegration extends Integration {

    /**
     * Largest sum of the conductances of a voxel along one axis, as the explicit half of Crank-Nicolson sees them. The scheme maps u to (2 (1 - A)^-1 - 1) u. The inverse has no
     * negative element, rows and columns that add up to 1, and a diagonal of at least 1 / (1 + sum), so the map has no negative element up to a sum of 1, and then keeps
     * bounds and mass. Below 1, rounding cannot break positivity.
     */
    static final double LARGEST_CONDUCTANCE = 0.9;

    /** Largest rho dt, for accuracy: see {@link #load}. */
    static final double LARGEST_GROWTH = 0.05;

    /** Largest dt D/h^2 along an axis, for accuracy: see {@link #load}. */
    static final double LARGEST_DIFFUSION = 0.5;

    private final LineTile[][] tilesX;
    private final LineTile[][] tilesY;
    private final LineTile[][] tilesZ;
    private final long[] slabWeights;
    private final boolean oneProliferation;
    private final Forcing[][] forcing = new Forcing[2][3];
    private final int[] classes;

    ImplicitIntegration(ReactionDiffusionProblem problem, Execution execution) {
        super(problem, execution);
        tilesX = new LineTile[domain.nz][];
        tilesY = new LineTile[domain.nz][];
        tilesZ = new LineTile[domain.ny][];
        slabWeights = new long[domain.ny];
        oneProliferation = domain.hasOneProliferation();
        classes = domain.presentClasses();
        for (Forcing[] ofStep : forcing) {
            Arrays.setAll(ofStep, i -> new Forcing(problem));
        }
    }

    /**
     * Bounds, then accuracy. With D dt/h^2 = 0.25 and rho dt = 0.05 the error against the SciPy reference (two tissues, 30 days at rho = 0.1 /d) is 6e-4 of K in the worst voxel
     * and 7e-5 of the burden, below what an image can show; it falls with the square of the step. Positivity alone would allow D dt/h^2 = 1.8.
     */
    @Override
    double load(double days, double proliferation) {
        double largest = domain.largestDiffusion()
                * Math.max(
                        domain.inverseSquareSpacing(0),
                        Math.max(domain.inverseSquareSpacing(1), domain.inverseSquareSpacing(2)));
        double positivity = 2 * (days / 4) * largest / LARGEST_CONDUCTANCE;
        double growth = domain.largestProliferation() * proliferation / LARGEST_GROWTH;
        return Math.max(Math.max(positivity, growth), days * largest / LARGEST_DIFFUSION);
    }

    @Override
    void readDomain(int firstPlane, int endPlane) {
        // Tiles hold coefficients only, which need the length of the step.
    }

    @Override
    void computeCoefficients(int member, int members) {
        double scale = stepLength() / 4;
        int plane = domain.rowsPerPlane;
        double[] x = domain.conductances(0, scale);
        double[] y = domain.conductances(1, scale);
        for (int k = planes()[member]; k < planes()[member + 1]; k++) {
            int row = domain.row(0, k);
            tilesX[k] = acrossRows(row, x);
            tilesY[k] = alongRows(row, 1, domain.ny, y);
        }
        double[] z = domain.conductances(2, scale);
        for (int j = member; j < domain.ny; j += members) {
            int row = domain.row(j, 0);
            tilesZ[j] = alongRows(row, plane, domain.nz, z);
            for (LineTile tile : tilesZ[j]) {
                slabWeights[j] += tile.to - tile.from;
            }
        }
        if (member == 0) {
            evaluate(0);
        }
    }

    /** Tiles whose lines run across rows that are {@code step} apart: lanes are neighbouring voxels of a row. */
    private LineTile[] alongRows(int firstRow, int step, int rows, double[] table) {
        int low = domain.width;
        int high = 0;
        for (int p = 0; p < rows; p++) {
            int row = firstRow + p * step;
            if (!domain.isEmpty(row)) {
                low = Math.min(low, domain.from[row]);
                high = Math.max(high, domain.to[row]);
            }
        }
        List<LineTile> tiles = new ArrayList<>();
        for (int first = low; first < high; first += LineTile.LANES) {
            int lanes = Math.min(LineTile.LANES, high - first);
            int from = rows;
            int to = 0;
            for (int p = 0; p < rows; p++) {
                int row = firstRow + p * step;
                if (Math.max(domain.from[row], first) < Math.min(domain.to[row], first + lanes)) {
                    from = Math.min(from, p);
                    to = p + 1;
                }
            }
            if (from < to) {
                tiles.add(new LineTile(
                        first, lanes, from, to, conductancesAlong(firstRow, step, first, lanes, from, to, table)));
            }
        }
        return tiles.toArray(LineTile[]::new);
    }

    private double[] conductancesAlong(int firstRow, int step, int first, int lanes, int from, int to, double[] table) {
        double[] c = new double[LineTile.length(to - from)];
        int n = domain.diffusion.length;
        for (int p = from; p < to - 1; p++) {
            int row = firstRow + p * step;
            int here = row * domain.width;
            int next = (row + step) * domain.width;
            int m = (p - from + 1) * LineTile.LANES - first;
            int end = Math.min(first + lanes, domain.to[row]);
            for (int i = Math.max(first, domain.from[row]); i < end; i++) {
                c[m + i] = table[domain.classes[here + i] * n + domain.classes[next + i]];
            }
        }
        return c;
    }

    /** Tiles whose lines are the rows of a plane: lanes are neighbouring rows. */
    private LineTile[] acrossRows(int firstRow, double[] table) {
        int low = 0;
        while (low < domain.ny && domain.isEmpty(firstRow + low)) {
            low++;
        }
        int high = domain.ny;
        while (high > low && domain.isEmpty(firstRow + high - 1)) {
            high--;
        }
        List<LineTile> tiles = new ArrayList<>();
        for (int first = low; first < high; first += LineTile.LANES) {
            int lanes = Math.min(LineTile.LANES, high - first);
            int from = domain.width;
            int to = 0;
            for (int row = firstRow + first; row < firstRow + first + lanes; row++) {
                if (!domain.isEmpty(row)) {
                    from = Math.min(from, domain.from[row]);
                    to = Math.max(to, domain.to[row]);
                }
            }
            if (from < to) {
                tiles.add(new LineTile(
                        first, lanes, from, to, conductancesAcross(firstRow + first, lanes, from, to, table)));
            }
        }
        return tiles.toArray(LineTile[]::new);
    }

    private double[] conductancesAcross(int firstRow, int lanes, int from, int to, double[] table) {
        double[] c = new double[LineTile.length(to - from)];
        int n = domain.diffusion.length;
        for (int lane = 0; lane < lanes; lane++) {
            int row = firstRow + lane;
            int start = row * domain.width;
            for (int i = domain.from[row]; i < domain.to[row] - 1; i++) {
                c[(i - from + 1) * LineTile.LANES + lane] =
                        table[domain.classes[start + i] * n + domain.classes[start + i + 1]];
            }
        }
        return c;
    }

    /** Integrals over a step: its first half, its second half, the whole. */
    private void evaluate(int step) {
        Forcing[] ofStep = forcing[step & 1];
        double middle = dayOf(step) + 0.5 * stepLength();
        ofStep[0].evaluate(dayOf(step), middle);
        ofStep[1].evaluate(middle, dayOf(step + 1));
        ofStep[2].evaluate(dayOf(step), dayOf(step + 1));
    }

    @Override
    void integrate(ThreadTeam team, int member, int members) {
        Sweep sweep = new Sweep();
        int[] slabs = Domain.share(slabWeights, members);
        for (int s = 0; s <= steps(); s++) {
            for (int k = planes()[member]; k < planes()[member + 1]; k++) {
                if (member == 0) {
                    execution.cancellation().check();
                }
                sweep.plane(k, s > 0, s < steps());
            }
            if (s < steps()) {
                team.await();
                if (member == 0 && s + 1 < steps()) {
                    evaluate(s + 1);
                }
                sweep.begin(s);
                for (int j = slabs[member]; j < slabs[member + 1]; j++) {
                    if (member == 0) {
                        execution.cancellation().check();
                    }
                    sweep.slab(j);
                }
                team.await();
            }
        }
    }

    /** The sweeps as one thread makes them, with tiles of its own to work in. */
    private final class Sweep {

        private final double[] u;
        private final double[] d;
        private final double[] growthOfClass = new double[domain.diffusion.length];
        private Forcing first;
        private Forcing second;
        private Forcing whole;

        Sweep() {
            int longest = Math.max(domain.nx, Math.max(domain.ny, domain.nz));
            u = new double[LineTile.length(longest)];
            d = new double[u.length];
        }

        void begin(int step) {
            first = forcing[step & 1][0];
            second = forcing[step & 1][1];
            whole = forcing[step & 1][2];
            for (int c : classes) {
                growthOfClass[c] =
                        StrictMath.expm1(domain.proliferation[c] * whole.proliferation()) / problem.carryingCapacity();
            }
        }

        /** What is left of one step on a plane, and what comes first in the next. */
        void plane(int k, boolean ends, boolean begins) {
            int row = domain.row(0, k);
            if (ends) {
                along(tilesY[k], row, 1);
            }
            for (LineTile tile : tilesX[k]) {
                gatherRows(tile, row);
                if (ends) {
                    tile.diffuse(u, d);
                }
                if (begins) {
                    tile.diffuse(u, d);
                }
                scatterRows(tile, row);
            }
            if (begins) {
                along(tilesY[k], row, 1);
            }
        }

        private void along(LineTile[] tiles, int firstRow, int step) {
            for (LineTile tile : tiles) {
                gather(tile, firstRow, step);
                tile.diffuse(u, d);
                scatter(tile, firstRow, step);
            }
        }

        void slab(int j) {
            int row = domain.row(j, 0);
            int step = domain.rowsPerPlane;
            for (LineTile tile : tilesZ[j]) {
                gather(tile, row, step);
                tile.diffuse(u, d);
                react(tile, row);
                tile.diffuse(u, d);
                scatter(tile, row, step);
            }
        }

        private void react(LineTile tile, int firstRow) {
            if (first.variesInSpace()) {
                kill(tile, firstRow, first);
            }
            if (oneProliferation) {
                tile.grow(
                        u, first.survival(), growthOfClass[classes[0]], problem.carryingCapacity(), second.survival());
            } else {
                growByClass(tile, firstRow);
            }
            if (second.variesInSpace()) {
                kill(tile, firstRow, second);
            }
        }

        private void growByClass(LineTile tile, int firstRow) {
            double capacity = problem.carryingCapacity();
            for (int p = tile.from; p < tile.to; p++) {
                int row = firstRow + p * domain.rowsPerPlane;
                int start = row * domain.width;
                int m = (p - tile.from + 1) * LineTile.LANES - tile.first;
                int end = Math.min(tile.first + tile.lanes, domain.to[row]);
                for (int i = Math.max(tile.first, domain.from[row]); i < end; i++) {
                    double g = growthOfClass[domain.classes[start + i]];
                    double v = u[m + i] * first.survival();
                    u[m + i] = (v + v * g * (capacity - v) / (1 + g * v)) * second.survival();
                }
            }
        }

        private void kill(LineTile tile, int firstRow, Forcing half) {
            for (int p = tile.from; p < tile.to; p++) {
                int row = firstRow + p * domain.rowsPerPlane;
                int start = row * domain.width;
                int index = domain.gridIndex(row);
                int m = (p - tile.from + 1) * LineTile.LANES - tile.first;
                int end = Math.min(tile.first + tile.lanes, domain.to[row]);
                for (int i = Math.max(tile.first, domain.from[row]); i < end; i++) {
                    if (domain.classes[start + i] != 0) {
                        u[m + i] *= StrictMath.exp(-half.killed(index + i));
                    }
                }
            }
        }

        private void gather(LineTile tile, int firstRow, int step) {
            for (int p = tile.from; p < tile.to; p++) {
                int m = (p - tile.from + 1) * LineTile.LANES;
                System.arraycopy(density.rows[firstRow + p * step], tile.first, u, m, tile.lanes);
                Arrays.fill(u, m + tile.lanes, m + LineTile.LANES, 0);
            }
        }

        private void scatter(LineTile tile, int firstRow, int step) {
            for (int p = tile.from; p < tile.to; p++) {
                int row = firstRow + p * step;
                if (!domain.isEmpty(row)) {
                    int m = (p - tile.from + 1) * LineTile.LANES;
                    System.arraycopy(u, m, density.rows[row], tile.first, tile.lanes);
                }
            }
        }

        /** Rows become lanes, in blocks that stay in the cache of first level. */
        private void gatherRows(LineTile tile, int firstRow) {
            int length = LineTile.length(tile.to - tile.from);
            if (tile.lanes < LineTile.LANES) {
                Arrays.fill(u, 0, length, 0);
            }
            for (int block = tile.from; block < tile.to; block += 64) {
                int end = Math.min(block + 64, tile.to);
                for (int lane = 0; lane < tile.lanes; lane++) {
                    toLane(
                            density.rows[firstRow + tile.first + lane],
                            block,
                            end,
                            (1 - tile.from) * LineTile.LANES + lane);
                }
            }
        }

        private void toLane(double[] row, int from, int to, int m) {
            for (int i = from; i < to; i++) {
                u[m + i * LineTile.LANES] = row[i];
            }
        }

        private void scatterRows(LineTile tile, int firstRow) {
            for (int block = tile.from; block < tile.to; block += 64) {
                int end = Math.min(block + 64, tile.to);
                for (int lane = 0; lane < tile.lanes; lane++) {
                    int row = firstRow + tile.first + lane;
                    if (!domain.isEmpty(row)) {
                        fromLane(density.rows[row], block, end, (1 - tile.from) * LineTile.LANES + lane);
                    }
                }
            }
        }

        private void fromLane(double[] row, int from, int to, int m) {
            for (int i = from; i < to; i++) {
                row[i] = u[m + i * LineTile.LANES];
            }
        }
    }
}
