package org.oncotwin.tests.sensitivity;

import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;

/** A small anatomy: csf for i below 2, grey for i below 7, white beyond. */
final class Brain {

    static final Grid GRID = new Grid(14, 9, 7, Affine.scaling(1, 1, 2));

    private Brain() {}

    /** A value per voxel index. */
    interface Values {
        double at(int i, int j, int k);
    }

    static Field field(Values values) {
        double[] v = new double[GRID.size()];
        for (int k = 0; k < GRID.nz(); k++) {
            for (int j = 0; j < GRID.ny(); j++) {
                for (int i = 0; i < GRID.nx(); i++) {
                    v[GRID.index(i, j, k)] = values.at(i, j, k);
                }
            }
        }
        return Field.owning(GRID, v);
    }

    static Anatomy anatomy() {
        byte[] labels = new byte[GRID.size()];
        for (int p = 0; p < labels.length; p++) {
            int i = p % GRID.nx();
            labels[p] = (byte) (i < 2 ? 1 : i < 7 ? 2 : 3);
        }
        LabelField tissue = LabelField.owning(GRID, labels, Map.of("csf", 1, "grey", 2, "white", 3));
        return new Anatomy(Mask.all(GRID), Optional.of(tissue));
    }

    static Anatomy maskOnly() {
        return new Anatomy(Mask.all(GRID), Optional.empty());
    }

    /** Cellularity up to 0.8 in white and grey, none in csf. */
    static Field tumour() {
        return field((i, j, k) -> {
            double r2 = (i - 8) * (i - 8) + (j - 4) * (j - 4) + 4.0 * (k - 3) * (k - 3);
            return i < 2 ? 0 : 0.8 * Math.exp(-r2 / 12);
        });
    }
}
