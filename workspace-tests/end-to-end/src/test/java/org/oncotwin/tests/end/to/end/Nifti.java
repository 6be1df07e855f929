package org.oncotwin.tests.end.to.end;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An image as the NIfTI-1 standard lays it out, written and read in a few lines that share nothing with the program under test: compressed, little-endian, an sform.
 *
 * @param nx voxels along the first axis
 * @param ny voxels along the second
 * @param nz voxels along the third
 * @param sform rows of the matrix from voxel indices to millimetres
 * @param values first index fastest
 */
record Nifti(int nx, int ny, int nz, float[] sform, double[] values) {
    private static final int HEADER = 352;
    private static final short UINT8 = 2;
    private static final short INT16 = 4;
    private static final short INT32 = 8;
    private static final short FLOAT32 = 16;
    private static final short FLOAT64 = 64;

    interface Voxels {
        double at(int i, int j, int k);
    }

    /** An image with axes along those of the scanner. */
    static Nifti of(int nx, int ny, int nz, double dx, double dy, double dz, Voxels voxels) {
        double[] values = new double[nx * ny * nz];
        for (int index = 0; index < values.length; index++) {
            values[index] = voxels.at(index % nx, index / nx % ny, index / nx / ny);
        }
        float[] sform = {(float) dx, 0, 0, 0, 0, (float) dy, 0, 0, 0, 0, (float) dz, 0};
        return new Nifti(nx, ny, nz, sform, values);
    }

    /** An image on the same grid. */
    Nifti map(DoubleUnaryOperator function) {
        double[] mapped = new double[values.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = function.applyAsDouble(values[i]);
        }
        return new Nifti(nx, ny, nz, sform, mapped);
    }

    /** Volume of a voxel in cm3: the determinant of the matrix. */
    double voxelVolume() {
        float[] m = sform;
        double determinant = m[0] * ((double) m[5] * m[10] - (double) m[6] * m[9])
                - m[1] * ((double) m[4] * m[10] - (double) m[6] * m[8])
                + m[2] * ((double) m[4] * m[9] - (double) m[5] * m[8]);
        return Math.abs(determinant) / 1000;
    }

    /** Writes unsigned bytes. */
    void writeLabels(Path file) throws IOException {
        write(file, UINT8);
    }

    /** Writes double precision. */
    void write(Path file) throws IOException {
        write(file, FLOAT64);
    }

    private void write(Path file, short datatype) throws IOException {
        int size = datatype == UINT8 ? 1 : 8;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + size * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, 348);
        short[] dim = {3, (short) nx, (short) ny, (short) nz, 1, 1, 1, 1};
        for (int i = 0; i < dim.length; i++) {
            bytes.putShort(40 + 2 * i, dim[i]);
        }
        bytes.putShort(70, datatype).putShort(72, (short) (8 * size));
        for (int column = 0; column < 3; column++) {
            double length = Math.hypot(Math.hypot(sform[column], sform[4 + column]), sform[8 + column]);
            bytes.putFloat(80 + 4 * column, (float) length);
        }
        bytes.putFloat(76, 1).putFloat(108, HEADER).putFloat(112, 1);
        // Millimetres; an sform in scanner coordinates and no qform.
        bytes.put(123, (byte) 2).putShort(254, (short) 1);
        for (int i = 0; i < sform.length; i++) {
            bytes.putFloat(280 + 4 * i, sform[i]);
        }
        bytes.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
        bytes.position(HEADER);
        for (double value : values) {
            if (datatype == UINT8) {
                bytes.put((byte) value);
            } else {
                bytes.putDouble(value);
            }
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(bytes.array());
        }
    }

    /** Reads a compressed file in little-endian order with an sform and without scaling; refuses any other. */
    static Nifti read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            content = in.readAllBytes();
        }
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        float slope = bytes.getFloat(112);
        if (bytes.getInt(0) != 348
                || bytes.getShort(254) <= 0
                || slope != 0 && slope != 1
                || bytes.getFloat(116) != 0) {
            throw new IOException(file.getFileName() + " is not an image of the kind that tests read");
        }
        short datatype = bytes.getShort(70);
        float[] sform = new float[12];
        for (int i = 0; i < sform.length; i++) {
            sform[i] = bytes.getFloat(280 + 4 * i);
        }
        int nx = bytes.getShort(42);
        int ny = bytes.getShort(44);
        int nz = bytes.getShort(46);
        double[] values = new double[nx * ny * nz];
        bytes.position((int) bytes.getFloat(108));
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (datatype) {
                case UINT8 -> bytes.get() & 0xff;
                case INT16 -> bytes.getShort();
                case INT32 -> bytes.getInt();
                case FLOAT32 -> bytes.getFloat();
                case FLOAT64 -> bytes.getDouble();
                default -> throw new IOException("datatype " + datatype);
            };
        }
        return new Nifti(nx, ny, nz, sform, values);
    }
}
