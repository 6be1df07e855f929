package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;

class FaceConductancesTest {

    private record Pair(int direction, int lower, int upper, double coupling) {}

    private static List<Pair> pairs(Conductances conductances) {
        List<Pair> pairs = new ArrayList<>();
        conductances.forEach(
                (direction, lower, upper, coupling) -> pairs.add(new Pair(direction, lower, upper, coupling)));
        return pairs;
    }

    @Test
    void harmonicMeansOverTheSquaredSpacing() {
        Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 2, 0.5));
        Medium medium = Medium.of(grid, new byte[] {1, 2, 1, 3, 0, 1, 1, 1}, new double[] {0, 1, 3, 0}, new double[4]);
        assertThat(pairs(Conductances.of(medium)))
                .containsExactly(
                        new Pair(0, 0, 1, 1.5),
                        new Pair(1, 0, 2, 0.25),
                        new Pair(2, 1, 5, 6),
                        new Pair(2, 2, 6, 4),
                        new Pair(1, 5, 7, 0.25),
                        new Pair(0, 6, 7, 1));
    }

    @Test
    void factorsEnterTheMean() {
        Grid grid = new Grid(3, 1, 1, Affine.scaling(1, 1, 1));
        Medium medium = Medium.of(grid, new byte[] {1, 1, 1}, new double[] {0, 2}, new double[2])
                .withRelativeDiffusion(SpatialValue.varying(Field.of(grid, new double[] {1, 3, 0})));
        List<Pair> pairs = pairs(Conductances.of(medium));
        assertThat(pairs).hasSize(1);
        assertThat(pairs.get(0).coupling()).isCloseTo(3, within(1e-15));
    }

    @Test
    void noEigenvalueIsPositiveAndNoneLiesBelowTheBound() {
        SplittableRandom random = new SplittableRandom(6);
        for (int sample = 0; sample < 30; sample++) {
            Grid grid = RandomMedia.grid(random);
            Conductances conductances = Conductances.of(RandomMedia.scalar(grid, random));
            RealMatrix matrix = RandomMedia.matrix(conductances, grid);
            double[] eigenvalues = new EigenDecomposition(matrix).getRealEigenvalues();
            CouplingSummary summary = CouplingSummary.of(conductances, grid);
            double rounding = 1e-13 * RandomMedia.norm(matrix);
            assertThat(Arrays.stream(eigenvalues).max().orElseThrow()).isLessThan(rounding);
            assertThat(-Arrays.stream(eigenvalues).min().orElseThrow())
                    .isLessThanOrEqualTo(summary.spectralBound() + rounding);
            assertThat(summary.negative()).isZero();
            assertThat(summary.negativeShare()).isZero();
        }
    }
}
