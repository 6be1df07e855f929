package org.oncotwin.solver.grid.scheme;

import java.util.Arrays;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.TensorField;

/**
 * Diffusion along directions: couplings of each voxel with its 6 neighbours through faces and its 12 neighbours across edges, from the energy
 *
 * <pre>E(u) = 1/2 sum over voxels i of c_i (mean over octants of i of g' T_i g),    L u = -grad E</pre>
 *
 * with {@code c = diffusion[class] m(x)}, the orientation T, and g made of the one-sided differences of u between i and its three neighbours in the octant, the cell analogue
 * of Galerkin's method. Written in squares of differences of pairs (from {@code 2ab = a^2 + b^2 - (a-b)^2}), the energy gives the couplings. Three things follow from the form
 * alone, whatever the tensors: the operator is symmetric, it conserves mass, and it has no positive eigenvalue.
 *
 * <p>Where a neighbour is missing, outside or not diffusing, the energy is minimised over that component of g (Schur complement). This is the natural condition, no flux
 * {@code n . D grad u = 0}, and not {@code n . grad u = 0}, which would be wrong for a tensor that is oblique to the boundary.
 *
 * <p>Between voxels of different c the difference towards neighbour l is weighted by {@code 2 c_l / (c_i + c_l)}, the share of the drop of u that a steady profile has on
 * the side of i. So the scheme is {@link FaceConductances} where T is the identity: harmonic means of c. T itself enters through arithmetic means. Both are of second order
 * where the coefficients are smooth.
 *
 * <p>Not all octants need be in the mean. An octant whose form has a positive element beside the diagonal couples two voxels across an edge negatively; among octants with the same
 * neighbours missing, only those without such elements are taken, if there are any. There are none if the product of the three elements of T beside the diagonal is positive; then the
 * smallest of them, b of the axes p and q, is taken out first, as the coupling {@code |b|} of i with its two neighbours across edges on the diagonal of p and q along which b leads, if
 * what remains of T has no negative eigenvalue and these neighbours are there.
 *
 * <p>Limitation: all couplings are positive, and a discrete maximum principle holds, where the elements of T over the spacings, {@code T_pq / (h_p h_q)}, are diagonally dominant and no
 * neighbours are missing along two axes. In cubic voxels, tensors with one long axis are dominant up to a ratio of eigenvalues of 2 + sqrt(3) = 3.7 whatever their direction, and up
 * to (1 + sqrt(2))^2 = 5.8 in a plane of the grid. Elsewhere some couplings can be negative: beside steep fronts u may leave the range of its surroundings by a little and become
 * negative. {@link CouplingSummary} counts them.
 */
public final class TensorConductances implements Conductances {

    /** A pivot that elimination has left with less than this share of its start is rounding: nothing depends on that component then. */
    private static final double NO_PIVOT = 1e-12;

    private static final int OCTANTS = 8;

    /** Place of the component (a, b) of a tensor in the order xx, yy, zz, xy, xz, yz. */
    private static final int[][] COMPONENT = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};

    /** Pairs of axes, and the first of the two directions across an edge in their plane. */
    private static final int[][] PLANES = {
        {0, 1, Direction.XY_RISING.ordinal()},
        {0, 2, Direction.XZ_RISING.ordinal()},
        {1, 2, Direction.YZ_RISING.ordinal()}
    };

    private final Grid grid;
    private final Diffusivity diffusivity;
    private final TensorField tensors;

    private TensorConductances(Medium medium) {
        grid = medium.grid();
        diffusivity = new Diffusivity(medium);
        tensors = medium.orientation()
                .orElseThrow(() -> new IllegalArgumentException("a medium without orientation has no tensors"));
        double[] tensor = new double[TensorField.COMPONENTS];
        for (int index = 0; index < grid.size(); index++) {
            if (medium.contains(index)) {
                read(index, tensor);
                if (!SemidefiniteTensor.settle(tensor)) {
                    read(index, tensor);
                    throw new SolverException("the diffusion tensor of voxel " + Diffusivity.place(grid, index)
                            + " is not positive semi-definite: xx, yy, zz, xy, xz, yz are "
                            + Arrays.toString(tensor));
                }
            }
        }
    }

    /**
     * The couplings of a medium that has an orientation.
     *
     * @throws SolverException if a voxel has a class without coefficients, or a tensor with a negative eigenvalue, one below -1e-6 of its trace; the message names the voxel
     * @throws IllegalArgumentException if the medium has no orientation
     */
    public static TensorConductances of(Medium medium) {
        return new TensorConductances(medium);
    }

    private void read(int index, double[] tensor) {
        for (int component = 0; component < TensorField.COMPONENTS; component++) {
            tensor[component] = tensors.value(component, index);
        }
    }

    /** Drop of u on the side of a voxel in a steady profile, relative to half of the whole; 0 towards a voxel that does not diffuse. */
    private static double share(double here, double there) {
        return there == here ? 1 : 2 * (there / (here + there));
    }

    /** Diffusivity of a voxel, 0 where its tensor is 0: nothing flows into such a voxel. */
    private double openDiffusivity(int index) {
        double c = diffusivity.at(index);
        return c > 0 && tensors.value(0, index) + tensors.value(1, index) + tensors.value(2, index) > 0 ? c : 0;
    }

    @Override
    public void forEach(CouplingTarget target) {
        Sweep sweep = new Sweep();
        for (int k = 0; k < grid.nz(); k++) {
            sweep.addPlane(k);
            if (k > 0) {
                sweep.hand(k - 1, target);
            }
        }
        sweep.hand(grid.nz() - 1, target);
    }

    /** One pass over the grid. The voxels of plane k add to pairs whose lower voxel lies in plane k - 1 or k, so that two planes of sums are enough. */
    private final class Sweep {

        private final int plane = grid.nx() * grid.ny();
        private final int[] stride = {1, grid.nx(), plane};
        private final int[] size = {grid.nx(), grid.ny(), grid.nz()};
        private final double[] spacing = {grid.spacing(0), grid.spacing(1), grid.spacing(2)};

        /** Sums by voxel of the plane and direction, planes of even number first. */
        private final double[][] sums = new double[2][Math.multiplyExact(plane, Direction.COUNT)];

        private final double[] tensor = new double[TensorField.COMPONENTS];

        /** Weighted inverse spacing towards the neighbour on the lower and upper side of each axis; 0 where there is none. */
        private final double[][] slope = new double[3][2];

        /** The energies of the octants as forms in the differences to their three neighbours. */
        private final double[][][] forms = new double[OCTANTS][3][3];

        /** Missing axes of each octant as bits. */
        private final int[] missing = new int[OCTANTS];

        /** True for octants that couple two voxels negatively across an edge. */
        private final boolean[] negative = new boolean[OCTANTS];

        void addPlane(int k) {
            int index = k * plane;
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++, index++) {
                    double c = openDiffusivity(index);
                    if (c > 0) {
                        addVoxel(index, c, new int[] {i, j, k});
                    }
                }
            }
        }

        private void addVoxel(int index, double c, int[] place) {
            read(index, tensor);
            SemidefiniteTensor.settle(tensor);
            for (int axis = 0; axis < 3; axis++) {
                for (int side = 0; side < 2; side++) {
                    int there = place[axis] + 2 * side - 1;
                    double other = there < 0 || there >= size[axis]
                            ? 0
                            : openDiffusivity(index + (2 * side - 1) * stride[axis]);
                    slope[axis][side] = share(c, other) / spacing[axis];
                }
            }
            splitDiagonal(index, c);
            for (int octant = 0; octant < OCTANTS; octant++) {
                makeForm(octant, c);
            }
            for (int octant = 0; octant < OCTANTS; octant++) {
                int alike = 0;
                int withoutNegative = 0;
                for (int other = 0; other < OCTANTS; other++) {
                    if (missing[other] == missing[octant]) {
                        alike++;
                        withoutNegative += negative[other] ? 0 : 1;
                    }
                }
                if (withoutNegative == 0) {
                    addOctant(index, octant, 1.0 / OCTANTS);
                } else if (!negative[octant]) {
                    addOctant(index, octant, (double) alike / withoutNegative / OCTANTS);
                }
            }
        }

        /** Takes the smallest element beside the diagonal out of the tensor where no octant can do without negative couplings. */
        private void splitDiagonal(int index, double c) {
            if (!(tensor[3] * tensor[4] * tensor[5] > 0)) {
                return;
            }
            int[] best = null;
            double least = Double.POSITIVE_INFINITY;
            for (int[] axes : PLANES) {
                double element = Math.abs(tensor[COMPONENT[axes[0]][axes[1]]]) / (spacing[axes[0]] * spacing[axes[1]]);
                if (element < least && canSplit(index, axes)) {
                    best = axes;
                    least = element;
                }
            }
            if (best == null) {
                return;
            }
            int step = diagonal(best);
            for (int side = 0; side < 2; side++) {
                int other = index + (2 * side - 1) * step;
                double share = share(c, openDiffusivity(other));
                boolean rising = tensor[COMPONENT[best[0]][best[1]]] > 0;
                add(Math.min(index, other), best[2] + (rising ? 0 : 1), c * least * share * share / 2);
            }
            takeOut(best, tensor);
        }

        /** Difference of voxel numbers along the diagonal of two axes on which the element of the tensor is positive. */
        private int diagonal(int[] axes) {
            boolean rising = tensor[COMPONENT[axes[0]][axes[1]]] > 0;
            return stride[axes[1]] + (rising ? stride[axes[0]] : -stride[axes[0]]);
        }

        private boolean canSplit(int index, int[] axes) {
            for (int n = 0; n < 2; n++) {
                if (slope[axes[n]][0] == 0 || slope[axes[n]][1] == 0) {
                    return false;
                }
            }
            int step = diagonal(axes);
            if (openDiffusivity(index + step) == 0 || openDiffusivity(index - step) == 0) {
                return false;
            }
            double[] rest = tensor.clone();
            takeOut(axes, rest);
            return SemidefiniteTensor.isSemidefinite(rest);
        }

        private void takeOut(int[] axes, double[] from) {
            int p = axes[0];
            int q = axes[1];
            double element = Math.abs(from[COMPONENT[p][q]]);
            from[p] -= element * spacing[p] / spacing[q];
            from[q] -= element * spacing[q] / spacing[p];
            from[COMPONENT[p][q]] = 0;
        }

        /** The energy of an octant, without its share in the mean. */
        private void makeForm(int octant, double c) {
            double[][] form = forms[octant];
            missing[octant] = 0;
            for (int a = 0; a < 3; a++) {
                double ga = slope[a][side(octant, a)];
                if (ga == 0) {
                    missing[octant] |= 1 << a;
                }
                for (int b = 0; b < 3; b++) {
                    double gb = slope[b][side(octant, b)];
                    int sign = side(octant, a) == side(octant, b) ? 1 : -1;
                    // A missing component is eliminated, so its scale does not matter.
                    form[a][b] = sign * c * tensor[COMPONENT[a][b]] * (ga == 0 ? 1 : ga) * (gb == 0 ? 1 : gb);
                }
            }
            double[] start = {form[0][0], form[1][1], form[2][2]};
            for (int a = 0; a < 3; a++) {
                if ((missing[octant] >> a & 1) == 1) {
                    eliminate(form, a, start[a]);
                }
            }
            negative[octant] = form[0][1] > 0 || form[0][2] > 0 || form[1][2] > 0;
        }

        private static int side(int octant, int axis) {
            return octant >> axis & 1;
        }

        private void addOctant(int index, int octant, double weight) {
            double[][] form = forms[octant];
            for (int a = 0; a < 3; a++) {
                double towards = form[a][0] + form[a][1] + form[a][2];
                if (towards != 0) {
                    add(side(octant, a) == 1 ? index : index - stride[a], a, weight * towards);
                }
            }
            for (int[] axes : PLANES) {
                int a = axes[0];
                int b = axes[1];
                if (form[a][b] != 0) {
                    // Of the two neighbours, the lower one is that along a if the octant lies on the upper side of b,
                    // and else that along b.
                    int lower =
                            side(octant, b) == 1 ? index + (2 * side(octant, a) - 1) * stride[a] : index - stride[b];
                    boolean rising = side(octant, a) != side(octant, b);
                    add(lower, axes[2] + (rising ? 0 : 1), -weight * form[a][b]);
                }
            }
        }

        /** Minimises the form over one difference, and takes it out. */
        private static void eliminate(double[][] form, int missing, double start) {
            double pivot = form[missing][missing];
            if (pivot > NO_PIVOT * start) {
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; a != missing && b < 3; b++) {
                        if (b != missing) {
                            form[a][b] -= form[a][missing] * form[missing][b] / pivot;
                        }
                    }
                }
            }
            for (int a = 0; a < 3; a++) {
                form[a][missing] = 0;
                form[missing][a] = 0;
            }
        }

        private void add(int lower, int direction, double coupling) {
            sums[lower / plane & 1][lower % plane * Direction.COUNT + direction] += coupling;
        }

        /** Gives the pairs whose lower voxel lies in a plane to the target, and clears them. */
        void hand(int k, CouplingTarget target) {
            double[] done = sums[k & 1];
            int at = 0;
            for (int lower = k * plane; lower < (k + 1) * plane; lower++) {
                for (Direction direction : ALL) {
                    double coupling = done[at];
                    if (coupling != 0) {
                        target.accept(direction.ordinal(), lower, lower + direction.offset(stride[1], plane), coupling);
                        done[at] = 0;
                    }
                    at++;
                }
            }
        }
    }

    private static final Direction[] ALL = Direction.values();
}
