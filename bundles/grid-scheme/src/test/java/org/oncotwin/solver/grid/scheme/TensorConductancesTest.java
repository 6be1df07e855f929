package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;

class TensorConductancesTest {

    private static final int SAMPLES = 60;

    private static TensorField tensors(Grid grid, double... tensor) {
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int component = 0; component < components.length; component++) {
            Arrays.fill(components[component], (float) tensor[component]);
        }
        return TensorField.owning(grid, components);
    }

    private static Medium uniform(Grid grid) {
        byte[] classes = new byte[grid.size()];
        Arrays.fill(classes, (byte) 1);
        return Medium.of(grid, classes, new double[] {0, 0.7}, new double[2]);
    }

    @Test
    void pairsComeOnceInOrderAndLieAsTheirDirectionSays() {
        SplittableRandom random = new SplittableRandom(1);
        for (int sample = 0; sample < SAMPLES; sample++) {
            Grid grid = RandomMedia.grid(random);
            Medium medium = RandomMedia.oriented(grid, random, true);
            int[] last = {-1, -1};
            Conductances.of(medium).forEach((direction, lower, upper, coupling) -> {
                Direction d = Direction.values()[direction];
                int i = lower % grid.nx() + d.di();
                int j = lower / grid.nx() % grid.ny() + d.dj();
                int k = lower / grid.nx() / grid.ny() + d.dk();
                assertThat(i).isBetween(0, grid.nx() - 1);
                assertThat(j).isBetween(0, grid.ny() - 1);
                assertThat(k).isBetween(0, grid.nz() - 1);
                assertThat(upper).isEqualTo(grid.index(i, j, k)).isGreaterThan(lower);
                assertThat(upper - lower).isEqualTo(d.offset(grid.nx(), grid.nx() * grid.ny()));
                assertThat(lower > last[0] || lower == last[0] && direction > last[1])
                        .isTrue();
                assertThat(coupling).isFinite().isNotZero();
                assertThat(medium.contains(lower) && medium.contains(upper)).isTrue();
                last[0] = lower;
                last[1] = direction;
            });
        }
    }

    /** With random masks, holes, jumps of diffusivity and tensors up to singular ones. */
    @Test
    void noEigenvalueIsPositiveAndNoneLiesBelowTheBound() {
        SplittableRandom random = new SplittableRandom(2);
        int withNegative = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Grid grid = RandomMedia.grid(random);
            Conductances conductances = Conductances.of(RandomMedia.oriented(grid, random, true));
            RealMatrix matrix = RandomMedia.matrix(conductances, grid);
            double[] eigenvalues = new EigenDecomposition(matrix).getRealEigenvalues();
            double norm = RandomMedia.norm(matrix);
            CouplingSummary summary = CouplingSummary.of(conductances, grid);
            assertThat(Arrays.stream(eigenvalues).max().orElseThrow()).isLessThan(1e-13 * norm);
            assertThat(-Arrays.stream(eigenvalues).min().orElseThrow())
                    .isLessThanOrEqualTo(summary.spectralBound() + 1e-13 * norm);
            double[] positive = new double[grid.size()];
            long[] counts = new long[2];
            conductances.forEach((direction, lower, upper, coupling) -> {
                positive[lower] += Math.max(coupling, 0);
                positive[upper] += Math.max(coupling, 0);
                counts[0]++;
                counts[1] += coupling < 0 ? 1 : 0;
            });
            assertThat(summary)
                    .isEqualTo(new CouplingSummary(
                            counts[0],
                            counts[1],
                            2 * Arrays.stream(positive).max().orElseThrow()));
            withNegative += counts[1] > 0 ? 1 : 0;
        }
        assertThat(withNegative).isPositive();
    }

    /** The couplings against the energy that defines them, minimised over missing differences by a pseudo-inverse. Without tensors of which an element is taken out first. */
    @Test
    void couplingsAreThoseOfTheEnergy() {
        SplittableRandom random = new SplittableRandom(3);
        for (int sample = 0; sample < SAMPLES; sample++) {
            Grid grid = RandomMedia.grid(random);
            Medium medium = RandomMedia.oriented(grid, random, false);
            TensorField given = medium.orientation().orElseThrow();
            float[][] components = new float[TensorField.COMPONENTS][grid.size()];
            for (int index = 0; index < grid.size(); index++) {
                boolean split = given.value(3, index) * given.value(4, index) * given.value(5, index) > 0;
                for (int component = 0; component < components.length; component++) {
                    components[component][index] = split && component > 3 ? 0 : (float) given.value(component, index);
                }
            }
            Medium plain = medium.withOrientation(TensorField.owning(grid, components));
            double[] u = random.doubles(grid.size()).toArray();
            double[] fromPairs = new double[1];
            Conductances.of(plain)
                    .forEach((direction, lower, upper, coupling) ->
                            fromPairs[0] += coupling * (u[upper] - u[lower]) * (u[upper] - u[lower]) / 2);
            assertThat(fromPairs[0]).isCloseTo(energy(plain, u), within(1e-12 * fromPairs[0] + 1e-300));
        }
    }

    private static double energy(Medium medium, double[] u) {
        Grid grid = medium.grid();
        double energy = 0;
        for (int index = 0; index < grid.size(); index++) {
            double here = diffusivity(medium, index);
            int[] place = {index % grid.nx(), index / grid.nx() % grid.ny(), index / grid.nx() / grid.ny()};
            // By what is missing: sum and number of octants that couple no two voxels negatively, and of all.
            double[][] kinds = new double[8][4];
            for (int octant = 0; here > 0 && octant < 8; octant++) {
                double[] g = new double[3];
                int[] sign = new int[3];
                boolean[] known = new boolean[3];
                int kind = 0;
                for (int axis = 0; axis < 3; axis++) {
                    sign[axis] = (octant >> axis & 1) == 0 ? -1 : 1;
                    int[] there = place.clone();
                    there[axis] += sign[axis];
                    if (there[0] >= 0
                            && there[1] >= 0
                            && there[2] >= 0
                            && there[0] < grid.nx()
                            && there[1] < grid.ny()
                            && there[2] < grid.nz()) {
                        int neighbour = grid.index(there[0], there[1], there[2]);
                        double other = diffusivity(medium, neighbour);
                        known[axis] = other > 0;
                        g[axis] = sign[axis]
                                * (u[neighbour] - u[index])
                                / grid.spacing(axis)
                                * 2
                                * other
                                / (here + other);
                    }
                    kind |= known[axis] ? 1 << axis : 0;
                }
                TensorField tensors = medium.orientation().orElseThrow();
                double octantEnergy = here * least(tensors, index, g, known) / 2;
                boolean positive = true;
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b < a; b++) {
                        // Half the mixed derivative of the minimised energy.
                        double[] unitA = {a == 0 ? 1 : 0, a == 1 ? 1 : 0, a == 2 ? 1 : 0};
                        double[] unitB = {b == 0 ? 1 : 0, b == 1 ? 1 : 0, 0};
                        double[] both = {unitA[0] + unitB[0], unitA[1] + unitB[1], unitA[2]};
                        if (known[a] && known[b]) {
                            double mixed = least(tensors, index, both, known)
                                    - least(tensors, index, unitA, known)
                                    - least(tensors, index, unitB, known);
                            positive &= sign[a] * sign[b] * mixed <= 1e-12;
                        }
                    }
                }
                kinds[kind][0] += positive ? octantEnergy : 0;
                kinds[kind][1] += positive ? 1 : 0;
                kinds[kind][2] += octantEnergy;
                kinds[kind][3]++;
            }
            for (double[] kind : kinds) {
                energy += kind[1] > 0 ? kind[0] / kind[1] * kind[3] / 8 : kind[2] / 8;
            }
        }
        return energy;
    }

    private static double diffusivity(Medium medium, int index) {
        TensorField t = medium.orientation().orElseThrow();
        return t.value(0, index) + t.value(1, index) + t.value(2, index) == 0
                ? 0
                : medium.diffusion()[medium.classOf(index)]
                        * medium.relativeDiffusion().at(index);
    }

    /** Least of g' T g over the components of g that are not known. */
    private static double least(TensorField t, int index, double[] g, boolean[] known) {
        int[][] component = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
        RealMatrix tensor = new Array2DRowRealMatrix(3, 3);
        RealMatrix unknownPart = new Array2DRowRealMatrix(3, 3);
        double[] right = new double[3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                tensor.setEntry(a, b, t.value(component[a][b], index));
                if (!known[a] && !known[b]) {
                    unknownPart.setEntry(a, b, tensor.getEntry(a, b));
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                right[a] -= !known[a] && known[b] ? tensor.getEntry(a, b) * g[b] : 0;
            }
        }
        double[] solved = new SingularValueDecomposition(unknownPart)
                .getSolver()
                .solve(new Array2DRowRealMatrix(right))
                .getColumn(0);
        double[] all = new double[3];
        for (int a = 0; a < 3; a++) {
            all[a] = known[a] ? g[a] : solved[a];
        }
        double[] image = tensor.operate(all);
        return all[0] * image[0] + all[1] * image[1] + all[2] * image[2];
    }

    /** Uniform tensors of all signs: the operator is exact for quadratic functions inside. */
    @Test
    void quadraticFunctionsAreExactInside() {
        SplittableRandom random = new SplittableRandom(7);
        Grid grid = new Grid(5, 5, 5, Affine.scaling(1, 1.5, 0.75));
        for (int sample = 0; sample < SAMPLES; sample++) {
            double[] t = single(RandomMedia.tensor(random, sample % 2 == 0));
            double[] h = random.doubles(6, -1, 1).toArray();
            double[] linear = random.doubles(3, -1, 1).toArray();
            double[] u = new double[grid.size()];
            for (int index = 0; index < u.length; index++) {
                double[] x = grid.affine().apply(index % 5, index / 5 % 5, index / 25);
                u[index] = (h[0] * x[0] * x[0] + h[1] * x[1] * x[1] + h[2] * x[2] * x[2]) / 2
                        + h[3] * x[0] * x[1]
                        + h[4] * x[0] * x[2]
                        + h[5] * x[1] * x[2]
                        + linear[0] * x[0]
                        + linear[1] * x[1]
                        + linear[2] * x[2];
            }
            double exact = t[0] * h[0] + t[1] * h[1] + t[2] * h[2] + 2 * (t[3] * h[3] + t[4] * h[4] + t[5] * h[5]);
            double[] image = RandomMedia.matrix(
                            TensorConductances.of(uniform(grid).withOrientation(tensors(grid, t))), grid)
                    .operate(u);
            assertThat(image[grid.index(2, 2, 2)]).isCloseTo(0.7 * exact, within(1e-4 * (t[0] + t[1] + t[2])));
        }
    }

    /** Where the gradient is such that nothing flows through a wall, nothing accumulates beside it, however oblique the tensor. */
    @Test
    void wallsAreExactForLinearFunctionsWithoutFlux() {
        SplittableRandom random = new SplittableRandom(8);
        Grid grid = new Grid(4, 5, 5, Affine.scaling(1, 1.5, 0.75));
        for (int sample = 0; sample < SAMPLES; sample++) {
            double[] t = single(RandomMedia.tensor(random, false));
            double gy = random.nextDouble(-1, 1);
            double gz = random.nextDouble(-1, 1);
            double gx = -(t[3] * gy + t[4] * gz) / t[0];
            double[] u = new double[grid.size()];
            for (int index = 0; index < u.length; index++) {
                double[] x = grid.affine().apply(index % 4, index / 4 % 5, index / 20);
                u[index] = gx * x[0] + gy * x[1] + gz * x[2];
            }
            double[] image = RandomMedia.matrix(
                            TensorConductances.of(uniform(grid).withOrientation(tensors(grid, t))), grid)
                    .operate(u);
            for (int i = 0; i < 4; i++) {
                assertThat(image[grid.index(i, 2, 2)])
                        .as("i = %d", i)
                        .isCloseTo(0, within(1e-13 * (t[0] + t[1] + t[2])));
            }
        }
    }

    private static double[] single(double[] tensor) {
        return Arrays.stream(tensor).map(x -> (float) x).toArray();
    }

    /** Moderate anisotropy gives positive couplings, save where neighbours are missing along two axes. */
    @Test
    void dominantTensorsGivePositiveCouplings() {
        SplittableRandom random = new SplittableRandom(9);
        int split = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Grid grid = new Grid(6, 5, 7, Affine.scaling(1, 1.1, 0.9));
            float[][] components = new float[TensorField.COMPONENTS][grid.size()];
            for (int index = 0; index < grid.size(); index++) {
                for (int component = 3; component < 6; component++) {
                    components[component][index] = (float) random.nextDouble(-1, 1);
                }
                split += components[3][index] * components[4][index] * components[5][index] > 0 ? 1 : 0;
                int[][] row = {{3, 4}, {3, 5}, {4, 5}};
                int[][] other = {{1, 2}, {0, 2}, {0, 1}};
                for (int axis = 0; axis < 3; axis++) {
                    double dominant = 1e-3;
                    for (int n = 0; n < 2; n++) {
                        dominant += Math.abs(components[row[axis][n]][index])
                                * grid.spacing(axis)
                                / grid.spacing(other[axis][n]);
                    }
                    components[axis][index] = (float) (dominant * random.nextDouble(1, 1.5));
                }
            }
            Conductances.of(uniform(grid).withOrientation(TensorField.owning(grid, components)))
                    .forEach((direction, lower, upper, coupling) -> {
                        if (coupling < 0) {
                            assertThat(wallsNear(grid, lower)).isGreaterThanOrEqualTo(2);
                            assertThat(wallsNear(grid, upper)).isGreaterThanOrEqualTo(2);
                        }
                    });
        }
        assertThat(split).isPositive();
    }

    /** Number of axes along which a wall is at most one voxel further than beside a voxel. */
    private static int wallsNear(Grid grid, int index) {
        int i = index % grid.nx();
        int j = index / grid.nx() % grid.ny();
        int k = index / grid.nx() / grid.ny();
        return (Math.min(i, grid.nx() - 1 - i) <= 1 ? 1 : 0)
                + (Math.min(j, grid.ny() - 1 - j) <= 1 ? 1 : 0)
                + (Math.min(k, grid.nz() - 1 - k) <= 1 ? 1 : 0);
    }

    @Test
    void identityGivesTheScalarScheme() {
        SplittableRandom random = new SplittableRandom(4);
        for (int sample = 0; sample < SAMPLES; sample++) {
            Grid grid = RandomMedia.grid(random);
            Medium medium = RandomMedia.scalar(grid, random);
            RealMatrix scalar = RandomMedia.matrix(FaceConductances.of(medium), grid);
            RealMatrix tensor = RandomMedia.matrix(
                    TensorConductances.of(medium.withOrientation(tensors(grid, 1, 1, 1, 0, 0, 0))), grid);
            assertThat(RandomMedia.norm(tensor.subtract(scalar))).isLessThan(1e-14 * RandomMedia.norm(scalar) + 1e-300);
        }
    }

    @Test
    void tensorsAlongTheGridGiveSevenPointsWithArithmeticMeans() {
        SplittableRandom random = new SplittableRandom(5);
        Grid grid = new Grid(4, 3, 5, Affine.scaling(1, 2, 0.5));
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int axis = 0; axis < 3; axis++) {
            for (int index = 0; index < grid.size(); index++) {
                components[axis][index] = (float) random.nextDouble(0.1, 4);
            }
        }
        TensorConductances.of(uniform(grid).withOrientation(TensorField.owning(grid, components)))
                .forEach((direction, lower, upper, coupling) -> {
                    assertThat(direction).isLessThan(Direction.FACES);
                    double mean = 0.7 * (components[direction][lower] + (double) components[direction][upper]) / 2;
                    double h = grid.spacing(direction);
                    assertThat(coupling).isCloseTo(mean / (h * h), within(1e-14 * coupling));
                });
    }

    /** A tensor oblique to a wall lets no flux through it, so that a slab conducts along itself with the Schur complement of the tensor. */
    @Test
    void oneLayerConductsAlongItselfWithTheSchurComplement() {
        Grid grid = new Grid(1, 4, 1, Affine.scaling(1, 2, 3));
        double[] t = {2, 1, 1.5, 0.8, 0.3, -0.4};
        float[] single = new float[6];
        for (int c = 0; c < 6; c++) {
            single[c] = (float) t[c];
        }
        double det = (double) single[0] * single[2] - (double) single[4] * single[4];
        double schur = single[1]
                - ((double) single[3] * (single[3] * (double) single[2] - single[5] * (double) single[4])
                                + single[5] * ((double) single[5] * single[0] - single[3] * (double) single[4]))
                        / det;
        TensorConductances.of(uniform(grid).withOrientation(tensors(grid, t)))
                .forEach((direction, lower, upper, coupling) -> {
                    assertThat(direction).isEqualTo(Direction.Y.ordinal());
                    assertThat(coupling).isCloseTo(0.7 * schur / 4, within(1e-12));
                });
    }

    @Test
    void nothingFlowsIntoVoxelsWithoutDiffusionOrTensor() {
        Grid grid = new Grid(3, 3, 3, Affine.scaling(1, 1, 1));
        Medium medium = uniform(grid);
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int component = 0; component < 6; component++) {
            Arrays.fill(components[component], component < 3 ? 1 : 0.3f);
            components[component][13] = 0;
        }
        double[] factor = new double[grid.size()];
        Arrays.fill(factor, 1);
        factor[4] = 0;
        Conductances.of(medium.withOrientation(TensorField.owning(grid, components))
                        .withRelativeDiffusion(SpatialValue.varying(Field.owning(grid, factor))))
                .forEach((direction, lower, upper, coupling) ->
                        assertThat(new int[] {lower, upper}).doesNotContain(13, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1 -1 -1 0 0 0",
                "1 1 1 1.01 0 0",
                "1 1 1 0 1.01 0",
                "1 1 1 0 0 1.01",
                "0 1 1 0.1 0 0",
                "0 0 1 0 0 0.1",
                "1 1 -0.001 0 0 0",
                "NaN 1 1 0 0 0",
                "1 1 1 NaN 0 0",
                "Infinity 1 1 0 0 0",
                "1 1 1 0 -Infinity 0",
                "1 1 1 -0.9 -0.9 -0.9"
            })
    void tensorsThatAreNotPositiveSemidefiniteAreRefused(String text) {
        double[] bad =
                Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        Grid grid = new Grid(3, 4, 2, Affine.scaling(1, 1, 1));
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int component = 0; component < 6; component++) {
            Arrays.fill(components[component], component < 3 ? 1 : 0);
            components[component][grid.index(2, 1, 1)] = (float) bad[component];
        }
        Medium medium = uniform(grid).withOrientation(TensorField.owning(grid, components));
        assertThatThrownBy(() -> TensorConductances.of(medium))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("(2, 1, 1)")
                .hasMessageContaining("positive semi-definite");
    }

    @Test
    void tensorsOutsideTheMediumDoNotMatter() {
        Grid grid = new Grid(2, 2, 1, Affine.scaling(1, 1, 1));
        float[][] components = new float[TensorField.COMPONENTS][grid.size()];
        for (int axis = 0; axis < 3; axis++) {
            components[axis] = new float[] {1, 1, 1, Float.NaN};
        }
        Medium medium = Medium.of(grid, new byte[] {1, 1, 1, 0}, new double[] {0, 1}, new double[2])
                .withOrientation(TensorField.owning(grid, components));
        assertThat(CouplingSummary.of(TensorConductances.of(medium), grid)).isEqualTo(new CouplingSummary(2, 0, 4));
    }

    @Test
    void classesWithoutCoefficientsAreRefused() {
        Grid grid = new Grid(2, 1, 1, Affine.scaling(1, 1, 1));
        Medium medium = Medium.of(grid, new byte[] {1, 7}, new double[] {0, 1}, new double[2]);
        assertThatThrownBy(() -> Conductances.of(medium))
                .isInstanceOf(SolverException.class)
                .hasMessageContaining("(1, 0, 0)")
                .hasMessageContaining("class 7");
    }
}
