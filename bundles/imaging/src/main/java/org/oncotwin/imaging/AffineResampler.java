package org.oncotwin.imaging;

import java.util.stream.IntStream;
import org.oncotwin.api.imaging.Resampler;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.osgi.service.component.annotations.Component;

/**
 * Takes the value at the place in the patient of each target voxel centre.
 *
 * <p>A place belongs to the source if it lies in one of its voxels, which reach half a spacing beyond their centres; between the
 * outermost centres and that border the outermost value holds. Indices within 1e-6 of a voxel centre or border count as
 * lying on it, so that a grid with flipped or swapped axes gives every value back bit for bit, and a place on the border between
 * two voxels always goes to the one with the higher index.
 *
 * <p>Slices are independent of each other and run in the fork-join pool of the caller: the bits do not depend on how many run at once.
 */
@Component
public final class AffineResampler implements Resampler {

    private static final double SNAP = 1e-6;

    @Override
    public Field linear(Field source, Grid target, double outside) {
        Grid from = source.grid();
        double[] values = new double[target.size()];
        if (from.coincidesWith(target)) {
            source.copyInto(values);
            return Field.owning(target, values);
        }
        Affine map = targetToSource(from, target);
        IntStream.range(0, target.nz()).parallel().forEach(k -> {
            int number = target.index(0, 0, k);
            for (int j = 0; j < target.ny(); j++) {
                for (int i = 0; i < target.nx(); i++) {
                    double x = index(map, 0, i, j, k);
                    double y = index(map, 1, i, j, k);
                    double z = index(map, 2, i, j, k);
                    values[number++] = isInside(x, from.nx()) && isInside(y, from.ny()) && isInside(z, from.nz())
                            ? linear(source, x, y, z)
                            : outside;
                }
            }
        });
        return Field.owning(target, values);
    }

    @Override
    public LabelField nearest(LabelField source, Grid target) {
        Grid from = source.grid();
        if (from.coincidesWith(target)) {
            return LabelField.owning(target, source.toArray(), source.names());
        }
        byte[] labels = new byte[target.size()];
        Affine map = targetToSource(from, target);
        IntStream.range(0, target.nz()).parallel().forEach(k -> {
            int number = target.index(0, 0, k);
            for (int j = 0; j < target.ny(); j++) {
                for (int i = 0; i < target.nx(); i++) {
                    double x = index(map, 0, i, j, k);
                    double y = index(map, 1, i, j, k);
                    double z = index(map, 2, i, j, k);
                    if (isInside(x, from.nx()) && isInside(y, from.ny()) && isInside(z, from.nz())) {
                        int voxel = from.index(nearest(x), nearest(y), nearest(z));
                        labels[number] = (byte) source.label(voxel);
                    }
                    number++;
                }
            }
        });
        return LabelField.owning(target, labels, source.names());
    }

    private static Affine targetToSource(Grid source, Grid target) {
        Affine inverse = source.affine().inverse();
        Affine place = target.affine();
        double[] m = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 4; column++) {
                double sum = column == 3 ? inverse.get(row, 3) : 0;
                for (int n = 0; n < 3; n++) {
                    sum += inverse.get(row, n) * place.get(n, column);
                }
                m[4 * row + column] = sum;
            }
        }
        return Affine.of(m);
    }

    private static double index(Affine map, int row, int i, int j, int k) {
        double exact = map.get(row, 0) * i + map.get(row, 1) * j + map.get(row, 2) * k + map.get(row, 3);
        double half = Math.rint(2 * exact) / 2;
        return Math.abs(exact - half) <= SNAP ? half : exact;
    }

    private static boolean isInside(double index, int count) {
        return index >= -0.5 && index < count - 0.5;
    }

    private static int nearest(double index) {
        return (int) Math.floor(index + 0.5);
    }

    private static double linear(Field source, double x, double y, double z) {
        Grid grid = source.grid();
        double cx = Math.max(0, Math.min(x, grid.nx() - 1));
        double cy = Math.max(0, Math.min(y, grid.ny() - 1));
        double cz = Math.max(0, Math.min(z, grid.nz() - 1));
        int i = (int) cx;
        int j = (int) cy;
        int k = (int) cz;
        double lower = linear(source, cx - i, cy - j, i, j, k);
        return cz == k ? lower : between(lower, linear(source, cx - i, cy - j, i, j, k + 1), cz - k);
    }

    private static double linear(Field source, double fx, double fy, int i, int j, int k) {
        double lower = linear(source, fx, i, j, k);
        return fy == 0 ? lower : between(lower, linear(source, fx, i, j + 1, k), fy);
    }

    private static double linear(Field source, double fx, int i, int j, int k) {
        double lower = source.value(i, j, k);
        return fx == 0 ? lower : between(lower, source.value(i + 1, j, k), fx);
    }

    /** Exact where both are equal, so that a constant stays one. */
    private static double between(double lower, double upper, double part) {
        return lower + part * (upper - lower);
    }
}
