package org.oncotwin.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-505")
class AffineResamplerTest {

    private static final Affine OBLIQUE = Affine.of(0.96, -0.364, 0, -4, 0.28, 1.248, 0, -5, 0, 0, 2, -6);

    private final AffineResampler resampler = new AffineResampler();

    @Test
    void theSameGridGivesTheSameBits() {
        Field field = noise(new Grid(7, 6, 5, OBLIQUE), 1);

        assertThat(resampler.linear(field, field.grid(), 9)).isEqualTo(field);
    }

    @Test
    void flippedAxesGiveEveryValueBack() {
        Grid ras = new Grid(9, 7, 5, Affine.of(1, 0, 0, -4.7, 0, 1.3, 0, -2.1, 0, 0, 2.2, 0.4));
        Grid lps = new Grid(9, 7, 5, Affine.of(-1, 0, 0, 8 - 4.7, 0, -1.3, 0, 6 * 1.3 - 2.1, 0, 0, 2.2, 0.4));
        Field field = noise(ras, 2);

        Field flipped = resampler.linear(field, lps, Double.NaN);

        for (int k = 0; k < 5; k++) {
            for (int j = 0; j < 7; j++) {
                for (int i = 0; i < 9; i++) {
                    assertThat(flipped.value(8 - i, 6 - j, k)).isEqualTo(field.value(i, j, k));
                }
            }
        }
        assertThat(resampler.linear(flipped, ras, Double.NaN)).isEqualTo(field);
    }

    /** Trilinear interpolation is exact for what is linear along each axis of the source. */
    @Test
    void reproducesLinearFunctionsOfThePlaceOnObliqueGrids() {
        Grid from = new Grid(12, 11, 10, OBLIQUE);
        double[] values = new double[from.size()];
        for (int k = 0; k < 10; k++) {
            for (int j = 0; j < 11; j++) {
                for (int i = 0; i < 12; i++) {
                    values[from.index(i, j, k)] = linear(from.affine().apply(i, j, k));
                }
            }
        }
        Grid target = new Grid(5, 5, 5, Affine.of(0, 0.7, 0, -1, -0.5, 0, 0.1, 2, 0, 0.2, 0.9, 2));

        Field moved = resampler.linear(Field.owning(from, values), target, Double.NaN);

        for (int k = 0; k < 5; k++) {
            for (int j = 0; j < 5; j++) {
                for (int i = 0; i < 5; i++) {
                    assertThat(moved.value(i, j, k))
                            .isEqualTo(linear(target.affine().apply(i, j, k)), within(1e-10));
                }
            }
        }
    }

    private static double linear(double[] p) {
        return 3 + 2 * p[0] - 0.5 * p[1] + 0.25 * p[2];
    }

    @Test
    void interpolatesAllThreeAxes() {
        // f = i + 10 j + 100 k + 1000 i j k: the mixed term shows that all eight corners count.
        Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 1, 1));
        Field field = Field.of(grid, new double[] {0, 1, 10, 11, 100, 101, 110, 1111});
        Grid point = new Grid(1, 1, 1, Affine.of(1, 0, 0, 0.25, 0, 1, 0, 0.5, 0, 0, 1, 0.75));

        assertThat(resampler.linear(field, point, -1).value(0))
                .isEqualTo(0.25 + 5 + 75 + 1000 * 0.25 * 0.5 * 0.75, within(1e-12));
    }

    @Test
    void voxelsReachHalfASpacingBeyondTheirCentres() {
        Field field = Field.of(new Grid(2, 1, 1, Affine.scaling(2, 2, 2)), new double[] {10, 20});
        // Centres at -1.5, -1, -0.5 ... 3.5 mm: the source reaches from -1 to 3 mm.
        Grid target = new Grid(11, 1, 1, Affine.of(0.5, 0, 0, -1.5, 0, 0.5, 0, 0, 0, 0, 0.5, 0));

        assertThat(resampler.linear(field, target, -7).toArray())
                .containsExactly(-7, 10, 10, 10, 12.5, 15, 17.5, 20, 20, -7, -7);
    }

    @Test
    void nearestTakesTheVoxelThatThePlaceLiesInAndTheHigherOneOnABorder() {
        LabelField labels =
                LabelField.of(new Grid(2, 1, 1, Affine.scaling(2, 2, 2)), new byte[] {1, (byte) 200}, Map.of("a", 200));
        Grid target = new Grid(11, 1, 1, Affine.of(0.5, 0, 0, -1.5, 0, 0.5, 0, 0, 0, 0, 0.5, 0));

        LabelField moved = resampler.nearest(labels, target);

        byte b = (byte) 200;
        assertThat(moved.toArray()).containsExactly(0, 1, 1, 1, 1, b, b, b, b, 0, 0);
        assertThat(moved.names()).isEqualTo(labels.names());
    }

    /** A sphere keeps its volume on anisotropic and oblique grids, to what voxels of that size can say. */
    @Test
    void volumesStayOnAnisotropicAndObliqueGrids() {
        Grid from = new Grid(81, 81, 81, Affine.of(1, 0, 0, -40, 0, 1, 0, -40, 0, 0, 1, -40));
        byte[] sphere = new byte[from.size()];
        double[] values = new double[from.size()];
        for (int n = 0; n < sphere.length; n++) {
            double[] p = from.affine().apply(n % 81, n / 81 % 81, n / 81 / 81);
            if (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] <= 900) {
                sphere[n] = 1;
                values[n] = 1;
            }
        }
        LabelField labels = LabelField.owning(from, sphere, Map.of());
        double exact = 4.0 / 3 * Math.PI * 27;
        assertThat(labels.count(1) * from.voxelVolume()).isEqualTo(exact, within(0.005 * exact));

        double c = Math.cos(0.4);
        double s = Math.sin(0.4);
        Grid[] targets = {
            new Grid(80, 60, 40, Affine.of(0.9, 0, 0, -36, 0, 1.2, 0, -36, 0, 0, 2.1, -41)),
            new Grid(
                    80,
                    60,
                    40,
                    Affine.of(
                            0.9 * c,
                            -1.2 * s,
                            0,
                            -36 * c + 36 * s,
                            0.9 * s,
                            1.2 * c,
                            0,
                            -36 * s - 36 * c,
                            0,
                            0,
                            -2.1,
                            41)),
            // Sheared: the volume of a voxel is the determinant and not the product of the spacings.
            new Grid(90, 60, 40, Affine.of(1, 0.3, 0, -54, 0, 1.2, 0, -36, 0, 0, 2.1, -41))
        };
        for (Grid target : targets) {
            double nearest = resampler.nearest(labels, target).count(1) * target.voxelVolume();
            assertThat(nearest).isEqualTo(exact, within(0.01 * exact));
            double linear = resampler.linear(Field.of(from, values), target, 0).sum() * target.voxelVolume();
            assertThat(linear).isEqualTo(exact, within(0.01 * exact));
        }
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() throws Exception {
        Field field = noise(new Grid(40, 30, 20, OBLIQUE), 3);
        Grid target = new Grid(33, 44, 25, Affine.of(0, 0.7, 0, -1, -0.5, 0, 0.1, 2, 0, 0.2, 0.9, 2));

        Field one = in(1, () -> resampler.linear(field, target, -1));

        assertThat(in(3, () -> resampler.linear(field, target, -1))).isEqualTo(one);
        assertThat(one.sum()).isNotEqualTo(-target.size());
    }

    private static <T> T in(int threads, Callable<T> work) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work).get();
        } finally {
            pool.shutdown();
        }
    }

    private static Field noise(Grid grid, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[grid.size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = random.nextDouble();
        }
        return Field.owning(grid, values);
    }
}
