package org.oncotwin.export.paraview;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.Setting;

/** Grids and fields that would show a flipped axis, a lost bit or a wrong block. */
final class Samples {

    /** Left-handed, turned by 30 degrees around z, anisotropic; 71,136 values are three blocks, the last one short. */
    static final Grid OBLIQUE = new Grid(
            38,
            52,
            36,
            Affine.of(
                    -1.5 * Math.cos(Math.PI / 6),
                    -1.2 * Math.sin(Math.PI / 6),
                    0,
                    81.25,
                    -1.5 * Math.sin(Math.PI / 6),
                    1.2 * Math.cos(Math.PI / 6),
                    0,
                    -120.5,
                    0,
                    0,
                    3.1,
                    -70.125));

    private Samples() {}

    /** Random bits, with the numbers that text would lose in front. */
    static Field field(Grid grid, long seed) {
        double[] values = new double[grid.size()];
        Random random = new Random(seed);
        for (int n = 0; n < values.length; n++) {
            values[n] = random.nextDouble() < 0.6 ? 0 : random.nextDouble();
        }
        double[] special = {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, Math.PI, Double.POSITIVE_INFINITY, Double.NaN
        };
        System.arraycopy(special, 0, values, 0, Math.min(special.length, values.length));
        return Field.owning(grid, values);
    }

    static LabelField labels(Grid grid) {
        byte[] labels = new byte[grid.size()];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = (byte) (n % 251);
        }
        return LabelField.owning(grid, labels, Map.of("csf", 1, "grey", 2, "white", 3));
    }

    static Setting setting(Grid grid) {
        boolean[] inside = new boolean[grid.size()];
        for (int n = 0; n < inside.length; n++) {
            inside[n] = n % 3 == 0;
        }
        return Setting.of(new Anatomy(Mask.owning(grid, inside), Optional.of(labels(grid))));
    }
}
