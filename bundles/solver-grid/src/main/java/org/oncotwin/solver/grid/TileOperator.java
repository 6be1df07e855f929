package org.oncotwin.solver.grid;

import static org.oncotwin.solver.grid.Tiles.LANES;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.solver.grid.scheme.Conductances;
import org.oncotwin.solver.grid.scheme.DiffusionPolynomial.Stage;
import org.oncotwin.solver.grid.scheme.Direction;
import org.oncotwin.solver.grid.scheme.Rates;

/** What solutions in one medium share: the layout, the couplings of the diffusion operator and the rates of proliferation. Nothing changes once it is made. */
final class TileOperator {

    final Tiles tiles;

    /** Storage for fields on them. */
    final FieldPool pool;

    /** Couplings (1/d) by {@link Direction}, at the lower voxel of each pair; 3 or 9 directions. */
    final double[][][] couplings;

    /** Half of a bound of the spectrum in 1/d: the largest sum of the magnitudes of the couplings of a voxel. */
    final double largestLoss;

    final Rates rates;

    private final List<Direction> directions;
    private double[][] diffusivity;

    /** Scaled rate of each voxel; null if all have one. */
    final double[][] scaledRate;

    TileOperator(Medium medium) {
        tiles = new Tiles(medium);
        pool = new FieldPool(tiles);
        couplings = new double[medium.orientation().isPresent() ? Direction.COUNT : Direction.FACES][][];
        directions = Arrays.asList(Direction.values()).subList(0, couplings.length);
        for (int d = 0; d < couplings.length; d++) {
            couplings[d] = tiles.allocate();
        }
        double[][] loss = tiles.allocate();
        Conductances.of(medium).forEach((direction, lower, upper, coupling) -> {
            int tile = tiles.tileOf(lower);
            int place = tiles.placeOf(lower);
            couplings[direction][tile][place] = coupling;
            loss[tile][place] += Math.abs(coupling);
            loss[tiles.tileOf(upper)][tiles.placeOf(upper)] += Math.abs(coupling);
        });
        double largest = 0;
        for (double[] ofTile : loss) {
            for (double value : ofTile) {
                largest = Math.max(largest, value);
            }
        }
        largestLoss = largest;
        rates = Proliferation.range(medium);
        scaledRate = rates.uniform() ? null : scaled(medium);
    }

    private double[][] scaled(Medium medium) {
        double[][] scaled = tiles.allocate();
        Proliferation proliferation = new Proliferation(medium);
        for (int t = 0; t < tiles.count; t++) {
            double[] ofTile = scaled[t];
            for (int n = 0; n < tiles.voxels[t].length; n++) {
                ofTile[tiles.places[t][n]] = rates.scaled(proliferation.at(tiles.voxels[t][n]));
            }
        }
        return scaled;
    }

    /** D m (mm2/d) of each voxel of the medium that this was made of, -1 outside; made when first wanted. */
    synchronized double[][] diffusivity(Medium medium) {
        if (diffusivity == null) {
            double[] outside = new double[tiles.length];
            Arrays.fill(outside, -1);
            double[][] made = new double[tiles.count][];
            double[] ofClass = medium.diffusion();
            for (int t = 0; t < tiles.count; t++) {
                made[t] = tiles.isEmpty(t) ? outside : outside.clone();
                for (int n = 0; n < tiles.voxels[t].length; n++) {
                    int voxel = tiles.voxels[t][n];
                    made[t][tiles.places[t][n]] = ofClass[medium.classOf(voxel)]
                            * medium.relativeDiffusion().at(voxel);
                }
            }
            diffusivity = made;
        }
        return diffusivity;
    }

    /** True if voxels are coupled across edges. */
    boolean couplesAcrossEdges() {
        return couplings.length > Direction.FACES;
    }

    /** Directions in which voxels are coupled. */
    List<Direction> directions() {
        return directions;
    }

    /** Arrays in which a thread works on one tile. */
    static final class Workspace {
        final double[] neighbours;
        final double[] weights;
        final double[] sum;

        /** For the way back. */
        final double[] before;

        final double[] byExponent;
        final double[] exponent;
        final double[] crowding;

        Workspace(Tiles tiles) {
            neighbours = new double[tiles.length];
            weights = new double[tiles.length];
            sum = new double[tiles.length];
            before = new double[tiles.length];
            byExponent = new double[tiles.length];
            exponent = new double[tiles.length];
            crowding = new double[tiles.length];
        }
    }

    /** Places that are swept at once: mostly a whole tile. Shorter pieces stay in the cache of first level, but memory is read in longer runs so, which was measured to be worth up to a tenth. */
    static final int CHUNK = 256 * LANES;

    /** Fluxes through the faces of a tile along the second index: into the neighbours of the workspace those through the upper faces, into its weights those through the lower ones. */
    private void fluxesAlongSecond(int tile, double[][] v, Workspace w, int from, int to) {
        double[] here = v[tile];
        double[] upper = w.neighbours;
        shift(v, tile, 1, upper, from, to);
        TileKernels.flux(couplings[1][tile], upper, here, upper, from, to);
        // What leaves through a lower face is what enters through the upper face of the row before.
        double[] lower = w.weights;
        System.arraycopy(upper, from, lower, from + 1, to - from - 1);
        double[] before = v[tile - 1];
        double[] conductance = couplings[1][tile - 1];
        for (int i = from; i < to; i += LANES) {
            lower[i] = conductance[i + LANES - 1] * (here[i] - before[i + LANES - 1]);
        }
    }

    /** Values of the rows after (1) or before (-1) each row of a tile. */
    private void shift(double[][] v, int tile, int rows, double[] out, int from, int to) {
        double[] here = v[tile];
        double[] beside = v[tile + rows];
        if (rows == 1) {
            System.arraycopy(here, from + 1, out, from, to - from - 1);
            for (int i = from; i < to; i += LANES) {
                out[i + LANES - 1] = beside[i];
            }
        } else {
            System.arraycopy(here, from, out, from + 1, to - from - 1);
            for (int i = from; i < to; i += LANES) {
                out[i] = beside[i + LANES - 1];
            }
        }
    }

    /** One stage of a diffusion polynomial on a tile. */
    void stage(int tile, double[][] start, double[][] v, double[][] out, Stage s, Workspace w) {
        int to = tiles.to[tile];
        boolean taylor = s.ofStart() == 1 && s.ofLast() == 0 && s.ofLastButOne() == 0;
        for (int chunk = tiles.from[tile]; chunk < to; chunk += CHUNK) {
            int end = Math.min(to, chunk + CHUNK);
            apply(tile, v, w, chunk, end);
            if (taylor) {
                TileKernels.taylor(start[tile], w.sum, out[tile], s.ofOperator(), chunk, end);
            } else {
                finish(start[tile], v[tile], out[tile], s, w, chunk, end);
            }
        }
    }

    /** L v between two places of a tile, into the sum of the workspace; its neighbours and weights are used. */
    void apply(int tile, double[][] v, Workspace w, int from, int to) {
        if (couplesAcrossEdges()) {
            exchange(tile, v, w, from, to);
            return;
        }
        fluxesAlongSecond(tile, v, w, from, to);
        TileKernels.alongFirst(v[tile], couplings[0][tile], w.sum, from, to);
        TileKernels.add(w.neighbours, w.weights, w.sum, from, to);
        TileKernels.addFlux(couplings[2][tile], v[tile + tiles.plane], v[tile], w.sum, from, to);
        TileKernels.addFlux(couplings[2][tile - tiles.plane], v[tile - tiles.plane], v[tile], w.sum, from, to);
    }

    private static void finish(double[] start, double[] v, double[] out, Stage s, Workspace w, int from, int to) {
        if (s.ofLastButOne() == 0) {
            TileKernels.stage(start, v, w.sum, out, s.ofStart(), s.ofLast(), s.ofOperator(), from, to);
        } else {
            TileKernels.stage(
                    start, v, w.sum, out, s.ofStart(), s.ofLast(), s.ofOperator(), s.ofLastButOne(), from, to);
        }
    }

    /** The same with couplings in all directions. */
    private void exchange(int tile, double[][] v, Workspace w, int from, int to) {
        Arrays.fill(w.sum, from, to, 0);
        for (Direction direction : directions) {
            double[][] coupling = couplings[direction.ordinal()];
            addExchange(tile, v, coupling[tile], direction, w, from, to);
            double[] weights = neighbours(coupling, tile, direction, -1, w.weights, from, to);
            int offset = -direction.di() * LANES;
            double[] other = neighbours(v, tile, direction, -1, w.neighbours, from, to);
            double[] here = v[tile];
            for (int i = from; i < to; i++) {
                w.sum[i] += weights[i + offset] * (other[i + offset] - here[i]);
            }
        }
    }

    private void addExchange(
            int tile, double[][] v, double[] coupling, Direction direction, Workspace w, int from, int to) {
        double[] other = neighbours(v, tile, direction, 1, w.neighbours, from, to);
        double[] here = v[tile];
        int offset = direction.di() * LANES;
        for (int i = from; i < to; i++) {
            w.sum[i] += coupling[i] * (other[i + offset] - here[i]);
        }
    }

    /**
     * Values of the rows that lie in a direction (sign 1) or against it (-1) from those of a tile, between two places and one beyond at each end; the step along the first
     * index is left to the caller.
     */
    double[] neighbours(double[][] v, int tile, Direction direction, int sign, double[] scratch, int from, int to) {
        int other = tile + sign * direction.dk() * tiles.plane;
        int rows = sign * direction.dj();
        if (rows == 0) {
            return v[other];
        }
        shift(v, other, rows, scratch, from - LANES, to + LANES);
        return scratch;
    }
}
