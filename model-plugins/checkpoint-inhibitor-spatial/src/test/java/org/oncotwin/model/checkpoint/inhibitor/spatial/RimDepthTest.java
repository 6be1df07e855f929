package org.oncotwin.model.checkpoint.inhibitor.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;

class RimDepthTest {

    private static final Grid GRID = new Grid(9, 7, 6, Affine.scaling(1, 1.5, 2.5));

    /** Against all distances, one by one, those to a layer around the grid too. */
    @Test
    void depthIsTheDistanceToTheNearestVoxelOutside() {
        Random random = new Random(5);
        for (double filled : new double[] {0.3, 0.9, 0.99, 1}) {
            boolean[] region = new boolean[GRID.size()];
            for (int index = 0; index < region.length; index++) {
                region[index] = random.nextDouble() <= filled;
            }
            Field depth = RimDepth.of(GRID, region);
            for (int index = 0; index < region.length; index++) {
                assertThat(depth.value(index))
                        .as("voxel %d at %s", index, filled)
                        .isCloseTo(region[index] ? nearest(region, index) : 0, within(1e-12));
            }
        }
    }

    @Test
    void withoutRegionThereIsNoDepth() {
        assertThat(RimDepth.of(GRID, new boolean[GRID.size()])).isEqualTo(Field.constant(GRID, 0));
    }

    private static double nearest(boolean[] region, int index) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = -1; k <= GRID.nz(); k++) {
            for (int j = -1; j <= GRID.ny(); j++) {
                for (int i = -1; i <= GRID.nx(); i++) {
                    boolean beyond = i < 0 || j < 0 || k < 0 || i == GRID.nx() || j == GRID.ny() || k == GRID.nz();
                    if (beyond || !region[GRID.index(i, j, k)]) {
                        double x = i - index % 9;
                        double y = 1.5 * (j - index / 9 % 7);
                        double z = 2.5 * (k - index / 63);
                        least = Math.min(least, Math.sqrt(x * x + y * y + z * z));
                    }
                }
            }
        }
        return least;
    }
}
