package org.oncotwin.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A small NIfTI-1 file to take apart: voxels of 1 mm, sform code 1. */
final class NiftiBytes {

    private static final Map<String, Integer> OFFSETS = Map.ofEntries(
            Map.entry("dim", 40),
            Map.entry("intent_code", 68),
            Map.entry("datatype", 70),
            Map.entry("bitpix", 72),
            Map.entry("pixdim", 76),
            Map.entry("vox_offset", 108),
            Map.entry("scl_slope", 112),
            Map.entry("scl_inter", 116),
            Map.entry("xyzt_units", 123),
            Map.entry("qform_code", 252),
            Map.entry("sform_code", 254),
            Map.entry("quatern", 256),
            Map.entry("qoffset", 268),
            Map.entry("srow", 280),
            Map.entry("magic", 344));

    private final ByteBuffer buffer;

    private NiftiBytes(int nx, int ny, int nz, NiftiDatatype type, int dataLength) {
        buffer = ByteBuffer.allocate(352 + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0, 348);
        put("dim", 0, (short) 3)
                .put("dim", 1, (short) nx)
                .put("dim", 2, (short) ny)
                .put("dim", 3, (short) nz);
        put("datatype", 0, (short) type.code()).put("bitpix", 0, (short) (8 * type.bytes()));
        for (int n = 0; n < 4; n++) {
            put("pixdim", n, 1f);
        }
        put("vox_offset", 0, 352f).put("xyzt_units", 0, (byte) 2).put("sform_code", 0, (short) 1);
        put("srow", 0, 1f).put("srow", 5, 1f).put("srow", 10, 1f);
        put("magic", 0, (byte) 'n').put("magic", 1, (byte) '+').put("magic", 2, (byte) '1');
    }

    /** Only a header, whatever it claims, and so many zeros behind it. */
    static NiftiBytes claiming(int nx, int ny, int nz, NiftiDatatype type, int dataLength) {
        return new NiftiBytes(nx, ny, nz, type, dataLength);
    }

    /** Voxels 0, 1, 2 ... */
    static NiftiBytes uint8(int nx, int ny, int nz) {
        NiftiBytes file = new NiftiBytes(nx, ny, nz, NiftiDatatype.UINT8, nx * ny * nz);
        for (int n = 0; n < nx * ny * nz; n++) {
            file.buffer.put(352 + n, (byte) n);
        }
        return file;
    }

    /** 32-bit floats. */
    static NiftiBytes float32(int nx, int ny, int nz, float... values) {
        NiftiBytes file = new NiftiBytes(nx, ny, nz, NiftiDatatype.FLOAT32, 4 * values.length);
        for (int n = 0; n < values.length; n++) {
            file.buffer.putFloat(352 + 4 * n, values[n]);
        }
        return file;
    }

    /** Six volumes of 32-bit floats, component by component, in the fifth dimension if there are to be five. */
    static NiftiBytes tensors(int nx, int ny, int nz, int dimensions, float... values) {
        NiftiBytes file = float32(nx, ny, nz, values).put("dim", 0, (short) dimensions);
        if (dimensions == 5) {
            file.put("dim", 4, (short) 1);
        }
        return file.put("dim", dimensions, (short) 6);
    }

    /** 64-bit floats. */
    static NiftiBytes float64(int nx, int ny, int nz, double... values) {
        NiftiBytes file = new NiftiBytes(nx, ny, nz, NiftiDatatype.FLOAT64, 8 * values.length);
        for (int n = 0; n < values.length; n++) {
            file.buffer.putDouble(352 + 8 * n, values[n]);
        }
        return file;
    }

    /** 64-bit integers. */
    static NiftiBytes int64(int nx, int ny, int nz, long... values) {
        NiftiBytes file = new NiftiBytes(nx, ny, nz, NiftiDatatype.INT64, 8 * values.length);
        for (int n = 0; n < values.length; n++) {
            file.buffer.putLong(352 + 8 * n, values[n]);
        }
        return file;
    }

    NiftiBytes put(String field, int element, short value) {
        buffer.putShort(OFFSETS.get(field) + 2 * element, value);
        return this;
    }

    NiftiBytes put(String field, int element, float value) {
        buffer.putFloat(OFFSETS.get(field) + 4 * element, value);
        return this;
    }

    NiftiBytes put(String field, int element, byte value) {
        buffer.put(OFFSETS.get(field) + element, value);
        return this;
    }

    byte[] bytes() {
        return buffer.array().clone();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
