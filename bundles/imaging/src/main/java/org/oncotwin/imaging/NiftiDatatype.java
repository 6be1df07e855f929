package org.oncotwin.imaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.oncotwin.api.imaging.ImageException;

/** The number types of NIfTI (field {@code datatype}) that hold one real number per voxel in at most 64 bits. */
enum NiftiDatatype {
    /** Unsigned byte. */
    UINT8(2, 1),
    /** Signed 16-bit integer. */
    INT16(4, 2),
    /** Signed 32-bit integer. */
    INT32(8, 4),
    /** IEEE 754 single precision. */
    FLOAT32(16, 4),
    /** IEEE 754 double precision. */
    FLOAT64(64, 8),
    /** Signed byte. */
    INT8(256, 1),
    /** Unsigned 16-bit integer. */
    UINT16(512, 2),
    /** Unsigned 32-bit integer. */
    UINT32(768, 4),
    /** Signed 64-bit integer. */
    INT64(1024, 8),
    /** Unsigned 64-bit integer. */
    UINT64(1280, 8);

    private static final Map<Integer, String> OTHERS = Map.of(
            0,
            "unknown",
            1,
            "binary",
            32,
            "complex64",
            128,
            "RGB24",
            255,
            "all",
            1536,
            "float128",
            1792,
            "complex128",
            2048,
            "complex256",
            2304,
            "RGBA32");

    private final int code;
    private final int bytes;

    NiftiDatatype(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type of a code. */
    static NiftiDatatype of(String file, int code) throws ImageException {
        for (NiftiDatatype type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        String name = OTHERS.getOrDefault(code, "not defined");
        String allowed = Arrays.stream(values())
                .map(type -> type.code + " (" + type.label() + ")")
                .collect(Collectors.joining(", "));
        throw Refusal.of(file, "datatype", code + " (" + name + ")", allowed);
    }

    /** The value of the header field. */
    int code() {
        return code;
    }

    /** Bytes of one voxel. */
    int bytes() {
        return bytes;
    }

    /** The name as others write it, such as {@code uint8}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Turns stored numbers into doubles.
     *
     * @return false if a 64-bit integer had to be rounded
     */
    boolean decode(ByteBuffer stored, double[] values, int count) {
        boolean exact = true;
        switch (this) {
            case UINT8 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.get() & 0xff;
                }
            }
            case INT8 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.get();
                }
            }
            case UINT16 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getShort() & 0xffff;
                }
            }
            case INT16 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getShort();
                }
            }
            case UINT32 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getInt() & 0xffffffffL;
                }
            }
            case INT32 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getInt();
                }
            }
            case FLOAT32 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getFloat();
                }
            }
            case FLOAT64 -> {
                for (int n = 0; n < count; n++) {
                    values[n] = stored.getDouble();
                }
            }
            case INT64 -> {
                for (int n = 0; n < count; n++) {
                    long value = stored.getLong();
                    values[n] = value;
                    exact &= significantBits(value < 0 ? -value : value) <= 53;
                }
            }
            case UINT64 -> {
                for (int n = 0; n < count; n++) {
                    long value = stored.getLong();
                    values[n] = unsigned(value);
                    exact &= significantBits(value) <= 53;
                }
            }
            default -> throw new IllegalStateException("stored numbers of type " + this);
        }
        return exact;
    }

    /** Digits between the first and the last set bit; a double holds 53. */
    private static int significantBits(long value) {
        return value == 0 ? 0 : 64 - Long.numberOfLeadingZeros(value) - Long.numberOfTrailingZeros(value);
    }

    /** Correctly rounded: halving keeps the lost bit as a sticky one, so that the rounding is that of the whole number. */
    private static double unsigned(long value) {
        return value >= 0 ? value : (double) ((value >>> 1) | (value & 1)) * 2;
    }
}
