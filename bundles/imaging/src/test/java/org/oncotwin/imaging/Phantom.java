package org.oncotwin.imaging;

import java.util.Map;
import java.util.SplittableRandom;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

/**
 * An image whose tissue is known, with voxels that hold several tissues.
 *
 * @param t1 intensities
 * @param truth the tissue that fills most of each voxel
 */
record Phantom(Field t1, LabelField truth) {

    /** Peaks of the histogram of Colin 27: ventricles, cortex, white matter. */
    private static final double[] INTENSITY = {0, 30, 85, 113};

    /**
     * Voxels of 2 mm from labels of 1 mm.
     *
     * @param bias strength of the change of sensitivity over the head; 0.2 is a factor of 0.8 to 1.3
     * @param noise standard deviation
     */
    static Phantom of(LabelField fine, double bias, double noise) {
        Grid from = fine.grid();
        Grid grid = new Grid(from.nx() / 2, from.ny() / 2, from.nz() / 2, Affine.scaling(2, 2, 2));
        SplittableRandom random = new SplittableRandom(5);
        double[] values = new double[grid.size()];
        byte[] truth = new byte[grid.size()];
        for (int k = 0; k < grid.nz(); k++) {
            for (int j = 0; j < grid.ny(); j++) {
                for (int i = 0; i < grid.nx(); i++) {
                    int[] count = new int[INTENSITY.length];
                    double sum = 0;
                    for (int n = 0; n < 8; n++) {
                        int label = fine.label(from.index(2 * i + (n & 1), 2 * j + (n >> 1 & 1), 2 * k + (n >> 2)));
                        count[label]++;
                        sum += INTENSITY[label];
                    }
                    if (count[0] == 0) {
                        int most = count[2] > count[1] ? 2 : 1;
                        truth[grid.index(i, j, k)] = (byte) (count[3] > count[most] ? 3 : most);
                        double x = 2.0 * i / grid.nx() - 1;
                        double y = 2.0 * j / grid.ny() - 1;
                        double z = 2.0 * k / grid.nz() - 1;
                        double sensitivity = StrictMath.exp(bias * (0.5 * x + y * y - 0.7 * z));
                        values[grid.index(i, j, k)] = Math.max(0.1, sum / 8 * sensitivity + noise * normal(random));
                    }
                }
            }
        }
        return new Phantom(Field.owning(grid, values), LabelField.owning(grid, truth, Map.of()));
    }

    /** About normal, variance 1: the sum of four uniform numbers. Needs no logarithm, so that it is the same everywhere. */
    static double normal(SplittableRandom random) {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return (sum - 2) * Math.sqrt(3);
    }
}
