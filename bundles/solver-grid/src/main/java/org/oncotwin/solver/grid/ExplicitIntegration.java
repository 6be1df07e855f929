package org.oncotwin.solver.grid;

import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionProblem;

/**
 * Forward Euler with finite volumes: diffusion, proliferation and survival in one pass over memory per step,
 *
 * <pre>u' = exp(-integral of k) (u + sum over faces of dt D_face / h^2 (u_neighbour - u) + rho (integral of f) u (1 - u/K))</pre>
 */
final class ExplicitIntegration extends Integration {

    /** Part of the stable range that is used. Below 1, rounding cannot break positivity. */
    static final double SAFETY = 0.9;

    /**
     * Largest rho dt. Euler's method lets a population grow by 1 + rho dt instead of exp(rho dt), as if rho were too small by the fraction rho dt / 2: here by at most
     * 1 %, which is less than the uncertainty of any measured proliferation rate.
     */
    static final double LARGEST_GROWTH = 0.02;

    /** Rows of a tile: their three planes shall stay in a core's cache of second level, 1 MiB or so, while the tile moves through the planes. */
    private static final int DOUBLES_PER_PLANE_OF_TILE = 16 * 1024;

    private final double[][] current;
    private final double[][] next;
    private final int[][] spans;
    private final double[][] faceX;
    private final double[][] faceY;
    private final double[][] faceZ;
    private final double[][] rates;
    private final boolean oneProliferation;
    private final Forcing[] forcing;
    private double[] conductanceX;
    private double[] conductanceY;
    private double[] conductanceZ;

    ExplicitIntegration(ReactionDiffusionProblem problem, Execution execution) {
        super(problem, execution);
        current = density.rows;
        next = current.clone();
        spans = new int[domain.rows][];
        faceX = new double[domain.rows][];
        faceY = new double[domain.rows][];
        faceZ = new double[domain.rows][];
        rates = new double[domain.rows][];
        oneProliferation = domain.hasOneProliferation();
        forcing = new Forcing[] {new Forcing(problem), new Forcing(problem)};
    }

    /**
     * Stability and bounds. With M the larger of K and the largest u, the right side does not fall with u or a neighbour while sum of conductances + rho dt (2 M/K - 1) is at
     * most 1; it maps 0 to 0 and M to M or less, so 0 to M is mapped into itself. That is stronger than the classical limit dt = 1 / (2 sum of D/h^2).
     */
    @Override
    double load(double days, double proliferation) {
        double inverse =
                domain.inverseSquareSpacing(0) + domain.inverseSquareSpacing(1) + domain.inverseSquareSpacing(2);
        double growth = domain.largestProliferation() * proliferation;
        double crowding = Math.max(1, 2 * largest() / problem.carryingCapacity() - 1);
        double stability = (2 * domain.largestDiffusion() * inverse * days + growth * crowding) / SAFETY;
        return Math.max(stability, growth / LARGEST_GROWTH);
    }

    @Override
    void readDomain(int firstPlane, int endPlane) {
        RowSpans reader = new RowSpans(domain);
        for (int k = firstPlane; k < endPlane; k++) {
            for (int j = 0; j < domain.ny; j++) {
                int row = domain.row(j, k);
                if (!domain.isEmpty(row)) {
                    spans[row] = reader.of(row);
                    next[row] = new double[domain.width];
                }
            }
        }
    }

    @Override
    void computeCoefficients(int member, int members) {
        if (member == 0) {
            double dt = stepLength();
            conductanceX = domain.conductances(0, dt);
            conductanceY = domain.conductances(1, dt);
            conductanceZ = domain.conductances(2, dt);
            forcing[0].evaluate(dayOf(0), dayOf(1));
        }
        double[] x = domain.conductances(0, stepLength());
        double[] y = domain.conductances(1, stepLength());
        double[] z = domain.conductances(2, stepLength());
        for (int k = planes()[member]; k < planes()[member + 1]; k++) {
            for (int j = 0; j < domain.ny; j++) {
                int row = domain.row(j, k);
                boolean here = isMixed(row);
                if (here) {
                    faceX[row] = faces(row, 1, x);
                    if (!oneProliferation) {
                        rates[row] = rates(row);
                    }
                }
                if (here || isMixed(row + 1)) {
                    faceY[row] = faces(row, domain.width, y);
                }
                if (here || isMixed(row + domain.rowsPerPlane)) {
                    faceZ[row] = faces(row, domain.rowsPerPlane * domain.width, z);
                }
            }
        }
        if (planes()[member] == 0) {
            // Nothing flows through the faces of the empty rows in front of the box.
            double[] closed = new double[domain.width];
            java.util.Arrays.fill(faceZ, 0, domain.rowsPerPlane, closed);
        }
        double[] closed = new double[domain.width];
        for (int k = planes()[member]; k < planes()[member + 1]; k++) {
            faceY[domain.row(-1, k)] = closed;
        }
    }

    private boolean isMixed(int row) {
        return spans[row] != null && RowSpans.hasMixed(spans[row]);
    }

    /** Conductance between each voxel of a row and its neighbour at a distance. */
    private double[] faces(int row, int distance, double[] table) {
        double[] faces = new double[domain.width];
        int n = domain.diffusion.length;
        int start = row * domain.width;
        for (int i = domain.from[row]; i < domain.to[row]; i++) {
            faces[i] = table[domain.classes[start + i] * n + domain.classes[start + i + distance]];
        }
        return faces;
    }

    private double[] rates(int row) {
        double[] rates = new double[domain.width];
        for (int i = domain.from[row]; i < domain.to[row]; i++) {
            int c = domain.classes[row * domain.width + i];
            rates[i] = c == 0 ? 0 : domain.proliferation[c];
        }
        return rates;
    }

    @Override
    void integrate(ThreadTeam team, int member, int members) {
        Step step = new Step();
        int tile = Math.max(4, DOUBLES_PER_PLANE_OF_TILE / domain.width);
        for (int s = 0; s < steps(); s++) {
            step.begin(s);
            if (member == 0 && s + 1 < steps()) {
                forcing[(s + 1) & 1].evaluate(dayOf(s + 1), dayOf(s + 2));
            }
            for (int j = 0; j < domain.ny; j += tile) {
                for (int k = planes()[member]; k < planes()[member + 1]; k++) {
                    if (member == 0) {
                        execution.cancellation().check();
                    }
                    for (int row = domain.row(j, k); row < domain.row(Math.min(j + tile, domain.ny), k); row++) {
                        if (spans[row] != null) {
                            step.advance(row);
                        }
                    }
                }
            }
            team.await();
        }
        if ((steps() & 1) == 1) {
            for (int row = domain.row(0, planes()[member]); row < domain.row(0, planes()[member + 1]); row++) {
                current[row] = next[row];
            }
        }
    }

    /** One step as one thread takes it, with rows of its own to work in. */
    private final class Step {

        private final double[] east = new double[domain.width];
        private final double[] west = new double[domain.width];
        private final double[] q = new double[domain.width];
        private final double inverseCapacity = 1 / problem.carryingCapacity();
        private double[][] u;
        private double[][] target;
        private Forcing now;
        private boolean killsInPlaces;

        void begin(int s) {
            u = (s & 1) == 0 ? current : next;
            target = (s & 1) == 0 ? next : current;
            now = forcing[s & 1];
            killsInPlaces = now.variesInSpace();
        }

        void advance(int row) {
            int[] list = spans[row];
            for (int s = 0; s < list.length; s += RowSpans.STRIDE) {
                int from = list[s];
                int to = list[s + 1];
                switch (list[s + 2]) {
                    case RowSpans.MIXED -> mixed(row, from, to);
                    case RowSpans.LOOKED_UP -> lookedUp(row, from, to);
                    default -> uniform(row, from, to, list[s + 2], list[s + 3]);
                }
                if (killsInPlaces) {
                    kill(row, from, to);
                }
            }
        }

        /** A neighbour outside the domain is replaced by the voxel itself, so that nothing flows. */
        private void uniform(int row, int from, int to, int inside, int c) {
            double[] here = u[row];
            double[] north = (inside & RowSpans.NORTH) != 0 ? u[row + 1] : here;
            double[] south = (inside & RowSpans.SOUTH) != 0 ? u[row - 1] : here;
            double[] above = (inside & RowSpans.ABOVE) != 0 ? u[row + domain.rowsPerPlane] : here;
            double[] below = (inside & RowSpans.BELOW) != 0 ? u[row - domain.rowsPerPlane] : here;
            System.arraycopy(here, from + 1, east, from, to - from);
            System.arraycopy(here, from - 1, west, from, to - from);
            int start = row * domain.width;
            if (domain.classes[start + from - 1] == 0) {
                west[from] = here[from];
            }
            if (domain.classes[start + to] == 0) {
                east[to - 1] = here[to - 1];
            }
            int table = c * domain.diffusion.length + c;
            double growth = domain.proliferation[c] * now.proliferation();
            RowKernels.exchange(here, east, west, q, from, to, conductanceX[table]);
            RowKernels.addExchange(here, north, south, q, from, to, conductanceY[table]);
            RowKernels.exchangeAndGrow(
                    here,
                    above,
                    below,
                    q,
                    target[row],
                    from,
                    to,
                    conductanceZ[table],
                    growth,
                    growth * inverseCapacity,
                    now.survival());
        }

        private void mixed(int row, int from, int to) {
            double[] here = u[row];
            // east becomes the flux through the face towards the next voxel, west that through the face behind.
            System.arraycopy(here, from, east, from - 1, to - from + 1);
            RowKernels.flux(faceX[row], here, east, east, from - 1, to);
            System.arraycopy(east, from - 1, west, from, to - from);
            RowKernels.exchange(here, u[row + 1], u[row - 1], faceY[row], faceY[row - 1], q, from, to);
            int plane = domain.rowsPerPlane;
            RowKernels.addExchange(here, u[row + plane], u[row - plane], faceZ[row], faceZ[row - plane], q, from, to);
            if (oneProliferation) {
                double growth = domain.largestProliferation() * now.proliferation();
                RowKernels.grow(
                        here, q, east, west, target[row], from, to, growth, growth * inverseCapacity, now.survival());
            } else {
                RowKernels.addDifference(east, west, q, from, to);
                RowKernels.growByVoxel(
                        here,
                        q,
                        rates[row],
                        target[row],
                        from,
                        to,
                        now.proliferation(),
                        inverseCapacity,
                        now.survival());
            }
        }

        private void lookedUp(int row, int from, int to) {
            double[] here = u[row];
            double[] result = target[row];
            byte[] classes = domain.classes;
            int n = domain.diffusion.length;
            int width = domain.width;
            int plane = domain.rowsPerPlane;
            for (int i = from; i < to; i++) {
                int p = row * width + i;
                int c = classes[p];
                if (c == 0) {
                    continue;
                }
                int t = c * n;
                double a = here[i];
                double exchanged = conductanceX[t + classes[p + 1]] * (here[i + 1] - a)
                        - conductanceX[t + classes[p - 1]] * (a - here[i - 1])
                        + (conductanceY[t + classes[p + width]] * (u[row + 1][i] - a)
                                - conductanceY[t + classes[p - width]] * (a - u[row - 1][i]))
                        + (conductanceZ[t + classes[p + plane * width]] * (u[row + plane][i] - a)
                                - conductanceZ[t + classes[p - plane * width]] * (a - u[row - plane][i]));
                double growth = domain.proliferation[c] * now.proliferation();
                result[i] = now.survival() * (a + exchanged + a * (growth - growth * inverseCapacity * a));
            }
        }

        private void kill(int row, int from, int to) {
            double[] result = target[row];
            int index = domain.gridIndex(row);
            for (int i = from; i < to; i++) {
                if (domain.classes[row * domain.width + i] != 0) {
                    result[i] *= StrictMath.exp(-now.killed(index + i));
                }
            }
        }
    }
}
