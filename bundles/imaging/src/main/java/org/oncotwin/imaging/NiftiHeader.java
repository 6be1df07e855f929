package org.oncotwin.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.oncotwin.api.imaging.ImageException;
import org.oncotwin.api.twin.Grid;

/**
 * What a NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes) header says about the voxels, checked: see {@code nifti1.h} and {@code nifti2.h}
 * of the NIfTI Data Format Working Group. What it says about their place is checked by {@link NiftiPlacement}.
 *
 * @param file name of the file, for messages
 * @param version 1 or 2
 * @param order byte order of header and voxels
 * @param singleFile true if the voxels follow in the same file
 * @param nx voxels along the first index
 * @param ny voxels along the second index
 * @param nz voxels along the third index
 * @param volumes numbers per voxel, each a volume of its own in the file
 * @param intent field {@code intent_code}
 * @param datatype type of the stored numbers
 * @param offset where the voxels start, in bytes
 * @param slope factor of the stored numbers, as stored
 * @param inter added after the factor, as stored
 * @param units field {@code xyzt_units}
 * @param pixdim eight numbers: qfac, then the spacings
 * @param qformCode above 0 if the quaternion counts
 * @param sformCode above 0 if the rows count
 * @param quaternion b, c, d
 * @param qoffset translation that goes with the quaternion
 * @param rows srow_x, srow_y, srow_z: 12 numbers
 */
record NiftiHeader(
        String file,
        int version,
        ByteOrder order,
        boolean singleFile,
        int nx,
        int ny,
        int nz,
        int volumes,
        int intent,
        NiftiDatatype datatype,
        long offset,
        double slope,
        double inter,
        int units,
        double[] pixdim,
        int qformCode,
        int sformCode,
        double[] quaternion,
        double[] qoffset,
        double[] rows) {

    /** Length of a NIfTI-1 header. */
    static final int LENGTH_1 = 348;

    /** Length of a NIfTI-2 header. */
    static final int LENGTH_2 = 540;

    /** Where voxels may start at the latest. Extensions of real files are some kilobytes; without a limit, a small gzip file could ask for hours of unpacking. */
    static final long LARGEST_OFFSET = 1L << 28;

    private static final double LARGEST_WHOLE_FLOAT = 0x1p62;

    /**
     * Reads the header from the start of a file.
     *
     * @param volumes numbers per voxel that are wanted: 1, or more in the fourth dimension, or in the fifth if the fourth is 1
     */
    static NiftiHeader read(ImageBytes bytes, int volumes) throws ImageException {
        String file = bytes.name();
        byte[] raw = new byte[LENGTH_2];
        int start = bytes.read(raw, 0, 4);
        if (start < 4) {
            throw tooShort(file, start, "348 or 540");
        }
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        int length = ByteBuffer.wrap(raw).order(order).getInt();
        if (length != LENGTH_1 && length != LENGTH_2) {
            int other = Integer.reverseBytes(length);
            if (other != LENGTH_1 && other != LENGTH_2) {
                throw Refusal.of(file, "sizeof_hdr", length, "348 (NIfTI-1) or 540 (NIfTI-2) in either byte order");
            }
            order = ByteOrder.BIG_ENDIAN;
            length = other;
        }
        int rest = bytes.read(raw, 4, length - 4);
        if (rest < length - 4) {
            throw tooShort(file, 4 + rest, Integer.toString(length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(raw, 0, length).order(order);
        return length == LENGTH_1 ? first(file, buffer, volumes) : second(file, buffer, volumes);
    }

    /** Bytes of the header. */
    int length() {
        return version == 1 ? LENGTH_1 : LENGTH_2;
    }

    /** Number of voxels. */
    int voxels() {
        return nx * ny * nz;
    }

    /** Bytes of all voxels. */
    long dataLength() {
        return (long) voxels() * volumes * datatype.bytes();
    }

    /** Size and type in words. */
    String describe() {
        return nx + " x " + ny + " x " + nz + " voxels of " + (volumes == 1 ? "" : volumes + " ") + datatype.label();
    }

    private static NiftiHeader first(String file, ByteBuffer b, int volumes) throws ImageException {
        boolean single = magic(file, b, 344, 4, "n+1\0", "ni1\0");
        long[] dim = new long[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = b.getShort(40 + 2 * n);
        }
        float offset = b.getFloat(108);
        if (!(Math.abs(offset) < LARGEST_WHOLE_FLOAT) || offset != Math.rint(offset)) {
            throw Refusal.of(file, "vox_offset", offset, "a whole number of bytes, " + allowedOffset(single, LENGTH_1));
        }
        return checked(
                file,
                1,
                b.order(),
                single,
                dim,
                volumes,
                b.getShort(68),
                b.getShort(70),
                b.getShort(72),
                (long) offset,
                b.getFloat(112),
                b.getFloat(116),
                b.get(123) & 0xff,
                floats(b, 76, 8),
                b.getShort(252),
                b.getShort(254),
                floats(b, 256, 3),
                floats(b, 268, 3),
                floats(b, 280, 12));
    }

    private static NiftiHeader second(String file, ByteBuffer b, int volumes) throws ImageException {
        boolean single = magic(file, b, 4, 8, "n+2\0\r\n\032\n", "ni2\0\r\n\032\n");
        long[] dim = new long[8];
        for (int n = 0; n < 8; n++) {
            dim[n] = b.getLong(16 + 8 * n);
        }
        return checked(
                file,
                2,
                b.order(),
                single,
                dim,
                volumes,
                b.getInt(504),
                b.getShort(12),
                b.getShort(14),
                b.getLong(168),
                b.getDouble(176),
                b.getDouble(184),
                b.getInt(500),
                doubles(b, 104, 8),
                b.getInt(344),
                b.getInt(348),
                doubles(b, 352, 3),
                doubles(b, 376, 3),
                doubles(b, 400, 12));
    }

    private static NiftiHeader checked(
            String file,
            int version,
            ByteOrder order,
            boolean single,
            long[] dim,
            int volumes,
            int intent,
            int datatypeCode,
            int bitpix,
            long offset,
            double slope,
            double inter,
            int units,
            double[] pixdim,
            int qformCode,
            int sformCode,
            double[] quaternion,
            double[] qoffset,
            double[] rows)
            throws ImageException {
        checkDimensions(file, dim, volumes);
        NiftiDatatype datatype = NiftiDatatype.of(file, datatypeCode);
        if (bitpix != 8 * datatype.bytes()) {
            throw Refusal.of(file, "bitpix", bitpix, 8 * datatype.bytes() + " for datatype " + datatype.label());
        }
        int length = version == 1 ? LENGTH_1 : LENGTH_2;
        if (offset < (single ? length + 4 : 0) || offset > LARGEST_OFFSET) {
            throw Refusal.of(file, "vox_offset", offset, allowedOffset(single, length));
        }
        if (Double.isInfinite(slope)) {
            throw Refusal.of(file, "scl_slope", slope, "a finite number; 0 or NaN for numbers as stored");
        }
        if (slope != 0 && !Double.isNaN(slope) && !Double.isFinite(inter)) {
            throw Refusal.of(file, "scl_inter", inter, "a finite number (scl_slope is " + slope + ")");
        }
        return new NiftiHeader(
                file,
                version,
                order,
                single,
                (int) dim[1],
                (int) dim[2],
                (int) dim[3],
                volumes,
                intent,
                datatype,
                offset,
                slope,
                inter,
                units,
                pixdim,
                qformCode,
                sformCode,
                quaternion,
                qoffset,
                rows);
    }

    private static void checkDimensions(String file, long[] dim, int volumes) throws ImageException {
        if (dim[0] < 3 || dim[0] > 7) {
            throw Refusal.of(file, "dim[0]", dim[0], "3, or 4 to 7 if the dimensions behind the third are 1");
        }
        for (int n = 1; n <= 3; n++) {
            if (dim[n] < 1 || dim[n] > Grid.LARGEST_SIZE) {
                throw Refusal.of(
                        file,
                        "dim[" + n + "]",
                        dim[n],
                        "1 or more, and at most " + Grid.LARGEST_SIZE + " voxels in all");
            }
        }
        // Each factor is at most 2^30, and the first product is checked before the second, so that nothing wraps
        // around.
        long slice = dim[1] * dim[2];
        if (slice > Grid.LARGEST_SIZE || slice * dim[3] > Grid.LARGEST_SIZE) {
            throw Refusal.of(
                    file,
                    "dim",
                    dim[1] + " x " + dim[2] + " x " + dim[3],
                    "at most " + Grid.LARGEST_SIZE + " voxels in all");
        }
        int ofComponents = volumes == 1 || dim[0] >= 5 && dim[4] == 1 ? 5 : 4;
        if (volumes > 1 && dim[0] < ofComponents) {
            throw Refusal.of(
                    file, "dim[0]", dim[0], "4 or more: " + volumes + " components per voxel in dim[4], or in dim[5]");
        }
        for (int n = 4; n <= dim[0]; n++) {
            if (volumes > 1 && n == ofComponents) {
                if (dim[n] != volumes) {
                    throw Refusal.of(file, "dim[" + n + "]", dim[n], volumes + ": components per voxel");
                }
            } else if (dim[n] != 1) {
                throw Refusal.of(
                        file,
                        "dim[" + n + "]",
                        dim[n],
                        volumes == 1
                                ? "1: one volume of one number per voxel"
                                : "1: " + volumes + " components per voxel lie in dim[" + ofComponents + "]");
            }
        }
    }

    /** True for a single file, false for a pair. */
    private static boolean magic(String file, ByteBuffer b, int at, int length, String single, String pair)
            throws ImageException {
        byte[] magic = new byte[length];
        b.get(at, magic);
        if (Arrays.equals(magic, single.getBytes(StandardCharsets.ISO_8859_1))) {
            return true;
        } else if (Arrays.equals(magic, pair.getBytes(StandardCharsets.ISO_8859_1))) {
            return false;
        }
        throw Refusal.of(
                file,
                "magic",
                printable(magic),
                printable(single.getBytes(StandardCharsets.ISO_8859_1)) + " (one file) or "
                        + printable(pair.getBytes(StandardCharsets.ISO_8859_1)) + " (.hdr with .img)");
    }

    /** Bytes of an unknown file must not reach a terminal as they are. */
    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder("'");
        for (byte value : bytes) {
            if (value > 32 && value < 127) {
                text.append((char) value);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", value & 0xff));
            }
        }
        return text.append('\'').toString();
    }

    private static String allowedOffset(boolean single, int length) {
        return (single ? length + 4 : 0) + " to " + LARGEST_OFFSET;
    }

    private static ImageException tooShort(String file, int length, String needed) {
        return Refusal.of(file, "the header ends after " + length + " bytes, needed: " + needed);
    }

    private static double[] floats(ByteBuffer b, int at, int count) {
        double[] values = new double[count];
        for (int n = 0; n < count; n++) {
            values[n] = b.getFloat(at + 4 * n);
        }
        return values;
    }

    private static double[] doubles(ByteBuffer b, int at, int count) {
        double[] values = new double[count];
        for (int n = 0; n < count; n++) {
            values[n] = b.getDouble(at + 8 * n);
        }
        return values;
    }
}
