package org.oncotwin.solver.grid.scheme;

import java.util.Arrays;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.TensorField;

/**
 * Diffusion along directions: couplings of each voxel with its 6 neighbours through faces and its 12 neighbours across edges, from the energy
 *
 * <pre>E(u) = 1/2 sum over voxels i of c_i (mean over the 8 octants of i of g' T_i g),    L u = -grad E</pre>
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
 * <p>Limitation: couplings across edges are negative on one of the two diagonals wherever a tensor is oblique to the grid, and couplings through faces can be for strongly anisotropic
 * ones. The discrete maximum principle does not hold then: beside steep fronts u may leave the range of its surroundings by a little and become negative. {@link
 * CouplingSummary} counts negative couplings.
 */
public final class TensorConductances implements Conductances {

    /** A pivot that elimination has left with less than this share of its start is rounding: nothing depends on that component then. */
    private static final double NO_PIVOT = 1e-12;

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

        /** The energy of an octant as a form in the differences to its three neighbours. */
        private final double[][] form = new double[3][3];

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
                    slope[axis][side] = (other == c ? 1 : 2 * (other / (c + other))) / spacing[axis];
                }
            }
            for (int octant = 0; octant < 8; octant++) {
                addOctant(index, c / 8, new int[] {octant & 1, octant >> 1 & 1, octant >> 2});
            }
        }

        private void addOctant(int index, double weight, int[] side) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    // A missing component is eliminated, so its scale does not matter.
                    double ga = slope[a][side[a]] == 0 ? 1 : slope[a][side[a]];
                    double gb = slope[b][side[b]] == 0 ? 1 : slope[b][side[b]];
                    form[a][b] = weight * tensor[COMPONENT[a][b]] * ga * gb * (side[a] == side[b] ? 1 : -1);
                }
            }
            double[] start = {form[0][0], form[1][1], form[2][2]};
            for (int missing = 0; missing < 3; missing++) {
                if (slope[missing][side[missing]] == 0) {
                    eliminate(missing, start[missing]);
                }
            }
            for (int a = 0; a < 3; a++) {
                double towards = form[a][0] + form[a][1] + form[a][2];
                if (towards != 0) {
                    add(side[a] == 1 ? index : index - stride[a], a, towards);
                }
            }
            for (int[] axes : PLANES) {
                int a = axes[0];
                int b = axes[1];
                if (form[a][b] != 0) {
                    // Of the two neighbours, the lower one is that along a if the octant lies on the upper side of b,
                    // and else that along b.
                    int lower = side[b] == 1 ? index + (2 * side[a] - 1) * stride[a] : index - stride[b];
                    add(lower, side[a] == side[b] ? axes[2] + 1 : axes[2], -form[a][b]);
                }
            }
        }

        /** Minimises the form over one difference, and takes it out. */
        private void eliminate(int missing, double start) {
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
