package org.oncotwin.imaging;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.oncotwin.api.imaging.ImageWriter;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.osgi.service.component.annotations.Component;

/**
 * Writes one gzip-compressed, little-endian NIfTI file, in millimetres, with the affine as the sform and, where the index axes are
 * at right angles, as the qform too (both of code 1, scanner).
 *
 * <p>What is written is read back equal, grid included. NIfTI-1 keeps the affine as 32-bit floats and dimensions up to 32767; where
 * that would change the grid, NIfTI-2 is written, which keeps 64 bits of both. Affines that were read from a NIfTI-1 sform in
 * millimetres always fit, so that real images stay NIfTI-1.
 *
 * <p>The gzip header holds no name and no time. Equal input gives equal bytes under one Java runtime; another version of the
 * deflate library may pack the same content into other bytes.
 */
@Component
public final class NiftiWriter implements ImageWriter {

    private static final int LARGEST_DIMENSION_1 = 32767;
    private static final int BLOCK = 1 << 13;
    private static final short CODE_SCANNER = 1;
    private static final byte UNITS_MILLIMETRE = 2;

    /** Largest cosine between two index axes that still count as at right angles, that is as a rotation which a quaternion can hold. */
    private static final double LARGEST_COSINE = 1e-6;

    @Override
    public void write(Field field, OutputStream out) throws IOException {
        try (GZIPOutputStream gzip = new GZIPOutputStream(new KeptOpen(out), BLOCK)) {
            gzip.write(header(field.grid(), NiftiDatatype.FLOAT64));
            int size = field.grid().size();
            byte[] raw = new byte[BLOCK * Double.BYTES];
            ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
            for (int first = 0; first < size; first += BLOCK) {
                int count = Math.min(BLOCK, size - first);
                buffer.rewind();
                for (int n = first; n < first + count; n++) {
                    buffer.putDouble(field.value(n));
                }
                gzip.write(raw, 0, count * Double.BYTES);
            }
        }
    }

    @Override
    public void write(LabelField labels, OutputStream out) throws IOException {
        try (GZIPOutputStream gzip = new GZIPOutputStream(new KeptOpen(out), BLOCK)) {
            gzip.write(header(labels.grid(), NiftiDatatype.UINT8));
            int size = labels.grid().size();
            byte[] raw = new byte[BLOCK];
            for (int first = 0; first < size; first += BLOCK) {
                int count = Math.min(BLOCK, size - first);
                for (int n = 0; n < count; n++) {
                    raw[n] = (byte) labels.label(first + n);
                }
                gzip.write(raw, 0, count);
            }
        }
    }

    /** Header and the four bytes that say that no extension follows. */
    private static byte[] header(Grid grid, NiftiDatatype datatype) {
        return fitsFirst(grid) ? first(grid, datatype) : second(grid, datatype);
    }

    private static boolean fitsFirst(Grid grid) {
        for (double value : grid.affine().toArray()) {
            if ((float) value != value) {
                return false;
            }
        }
        return Math.max(grid.nx(), Math.max(grid.ny(), grid.nz())) <= LARGEST_DIMENSION_1;
    }

    private static byte[] first(Grid grid, NiftiDatatype datatype) {
        ByteBuffer b = ByteBuffer.allocate(NiftiHeader.LENGTH_1 + 4).order(ByteOrder.LITTLE_ENDIAN);
        Rotation rotation = Rotation.of(grid.affine());
        b.putInt(0, NiftiHeader.LENGTH_1);
        b.put(38, (byte) 'r'); // "regular", which Analyze readers ask for
        long[] dim = dimensions(grid);
        double[] pixdim = spacings(grid, rotation);
        for (int n = 0; n < 8; n++) {
            b.putShort(40 + 2 * n, (short) dim[n]);
            b.putFloat(76 + 4 * n, (float) pixdim[n]);
        }
        b.putShort(70, (short) datatype.code());
        b.putShort(72, (short) (8 * datatype.bytes()));
        b.putFloat(108, NiftiHeader.LENGTH_1 + 4);
        b.putFloat(112, 1);
        b.put(123, UNITS_MILLIMETRE);
        b.putShort(252, rotation == null ? 0 : CODE_SCANNER);
        b.putShort(254, CODE_SCANNER);
        for (int n = 0; n < 3; n++) {
            b.putFloat(256 + 4 * n, rotation == null ? 0 : (float) rotation.quaternion()[n]);
            b.putFloat(268 + 4 * n, (float) grid.affine().get(n, 3));
        }
        double[] rows = grid.affine().toArray();
        for (int n = 0; n < 12; n++) {
            b.putFloat(280 + 4 * n, (float) rows[n]);
        }
        b.put(344, "n+1\0".getBytes(StandardCharsets.ISO_8859_1));
        return b.array();
    }

    private static byte[] second(Grid grid, NiftiDatatype datatype) {
        ByteBuffer b = ByteBuffer.allocate(NiftiHeader.LENGTH_2 + 4).order(ByteOrder.LITTLE_ENDIAN);
        Rotation rotation = Rotation.of(grid.affine());
        b.putInt(0, NiftiHeader.LENGTH_2);
        b.put(4, "n+2\0\r\n\032\n".getBytes(StandardCharsets.ISO_8859_1));
        b.putShort(12, (short) datatype.code());
        b.putShort(14, (short) (8 * datatype.bytes()));
        long[] dim = dimensions(grid);
        double[] pixdim = spacings(grid, rotation);
        for (int n = 0; n < 8; n++) {
            b.putLong(16 + 8 * n, dim[n]);
            b.putDouble(104 + 8 * n, pixdim[n]);
        }
        b.putLong(168, NiftiHeader.LENGTH_2 + 4);
        b.putDouble(176, 1);
        b.putInt(344, rotation == null ? 0 : CODE_SCANNER);
        b.putInt(348, CODE_SCANNER);
        for (int n = 0; n < 3; n++) {
            b.putDouble(352 + 8 * n, rotation == null ? 0 : rotation.quaternion()[n]);
            b.putDouble(376 + 8 * n, grid.affine().get(n, 3));
        }
        double[] rows = grid.affine().toArray();
        for (int n = 0; n < 12; n++) {
            b.putDouble(400 + 8 * n, rows[n]);
        }
        b.putInt(500, UNITS_MILLIMETRE);
        return b.array();
    }

    private static long[] dimensions(Grid grid) {
        return new long[] {3, grid.nx(), grid.ny(), grid.nz(), 1, 1, 1, 1};
    }

    private static double[] spacings(Grid grid, Rotation rotation) {
        double qfac = rotation == null ? 1 : rotation.qfac();
        return new double[] {qfac, grid.spacing(0), grid.spacing(1), grid.spacing(2), 0, 0, 0, 0};
    }

    /**
     * The direction of the index axes as NIfTI keeps it.
     *
     * @param quaternion b, c, d of a unit quaternion whose a is not negative
     * @param qfac -1 if the third axis has to be flipped to make a rotation, else 1
     */
    private record Rotation(double[] quaternion, double qfac) {

        /** The rotation, or null if the axes are not at right angles. */
        static Rotation of(Affine affine) {
            if (!affine.isOrthogonal(LARGEST_COSINE)) {
                return null;
            }
            double qfac = affine.determinant() < 0 ? -1 : 1;
            double[][] r = new double[3][3];
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    r[row][column] = affine.get(row, column) / affine.spacing(column) * (column == 2 ? qfac : 1);
                }
            }
            // The largest of the four components is taken from the diagonal, so that nothing is divided by a small
            // number:
            // Shepperd 1978, "Quaternion from rotation matrix", J. Guidance and Control 1, 223-224.
            double[] squares = {
                1 + r[0][0] + r[1][1] + r[2][2],
                1 + r[0][0] - r[1][1] - r[2][2],
                1 - r[0][0] + r[1][1] - r[2][2],
                1 - r[0][0] - r[1][1] + r[2][2]
            };
            int largest = 0;
            for (int n = 1; n < 4; n++) {
                if (squares[n] > squares[largest]) {
                    largest = n;
                }
            }
            double root = Math.sqrt(squares[largest]);
            double s = 0.5 / root;
            double[] q =
                    switch (largest) {
                        case 0 ->
                            new double[] {
                                root / 2, (r[2][1] - r[1][2]) * s, (r[0][2] - r[2][0]) * s, (r[1][0] - r[0][1]) * s
                            };
                        case 1 ->
                            new double[] {
                                (r[2][1] - r[1][2]) * s, root / 2, (r[0][1] + r[1][0]) * s, (r[0][2] + r[2][0]) * s
                            };
                        case 2 ->
                            new double[] {
                                (r[0][2] - r[2][0]) * s, (r[0][1] + r[1][0]) * s, root / 2, (r[1][2] + r[2][1]) * s
                            };
                        default ->
                            new double[] {
                                (r[1][0] - r[0][1]) * s, (r[0][2] + r[2][0]) * s, (r[1][2] + r[2][1]) * s, root / 2
                            };
                    };
            double sign = q[0] < 0 ? -1 : 1;
            return new Rotation(new double[] {sign * q[1], sign * q[2], sign * q[3]}, qfac);
        }
    }

    /** Lets the gzip stream be closed, which frees its native memory, and keeps the stream of the caller open. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
