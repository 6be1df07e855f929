package org.oncotwin.imaging;

import java.nio.ByteBuffer;
import java.util.List;
import org.oncotwin.api.imaging.ImageException;

/** Reads, scales and hands on the voxels of a file whose header is known. */
final class NiftiVoxels {

    private static final int BLOCK = 1 << 13;

    private NiftiVoxels() {}

    /**
     * Reads all voxels.
     *
     * @param bytes the file of the voxels
     * @param position how much of it has been read
     * @param targets what takes each volume, in the order of the file
     * @param warnings where to put what a reader should know
     */
    static void read(
            NiftiHeader header,
            ImageBytes bytes,
            long position,
            List<? extends VoxelTarget> targets,
            List<String> warnings)
            throws ImageException {
        checkLength(header, bytes);
        checkMemory(header, targets);
        if (bytes.skip(header.offset() - position) < header.offset() - position) {
            throw Refusal.of(bytes.name(), "vox_offset", header.offset(), "at most the length of the unpacked file");
        }
        boolean scaled = isScaled(header, warnings);
        boolean exact = true;
        for (int volume = 0; volume < targets.size(); volume++) {
            exact &= readVolume(header, bytes, volume, targets, scaled);
        }
        if (!exact) {
            warnings.add(
                    "some " + header.datatype().label() + " values have more than 53 binary digits and were rounded");
        }
        if (!bytes.ends()) {
            warnings.add("the file goes on behind the last voxel that dim announces; the rest was not read");
        }
    }

    /** True if all values are exact. */
    private static boolean readVolume(
            NiftiHeader header, ImageBytes bytes, int volume, List<? extends VoxelTarget> targets, boolean scaled)
            throws ImageException {
        VoxelTarget target = targets.get(volume);
        int voxels = header.voxels();
        int size = header.datatype().bytes();
        byte[] raw = new byte[BLOCK * size];
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(header.order());
        double[] values = new double[BLOCK];
        int capacity = 0;
        boolean exact = true;
        for (int first = 0; first < voxels; first += BLOCK) {
            int count = Math.min(BLOCK, voxels - first);
            int length = bytes.read(raw, 0, count * size);
            if (length < count * size) {
                long before = ((long) volume * voxels + first) * size;
                throw tooShort(header, bytes, "ends after " + (header.offset() + before + length));
            }
            if (first + count > capacity) {
                capacity = capacity(header, bytes, first + count);
                reserve(header, targets, volume, capacity);
            }
            exact &= header.datatype().decode(buffer.rewind(), values, count);
            if (scaled) {
                for (int n = 0; n < count; n++) {
                    values[n] = header.slope() * values[n] + header.inter();
                }
            }
            target.accept(first, values, count);
        }
        return exact;
    }

    /** What the header claims must fit into the file, and for a gzip file into the most that deflate can pack. */
    private static void checkLength(NiftiHeader header, ImageBytes bytes) throws ImageException {
        long available = bytes.largestContent();
        if (header.offset() > available) {
            throw Refusal.of(
                    bytes.name(),
                    "vox_offset",
                    header.offset(),
                    "at most " + available + ", as the file has no more bytes");
        }
        if (header.dataLength() > available - header.offset()) {
            throw tooShort(header, bytes, (bytes.compressed() ? "can hold at most " : "has ") + available);
        }
    }

    private static void checkMemory(NiftiHeader header, List<? extends VoxelTarget> targets) throws ImageException {
        if (memory(header, targets) > Runtime.getRuntime().maxMemory()) {
            throw noMemory(header, targets, null);
        }
    }

    private static long memory(NiftiHeader header, List<? extends VoxelTarget> targets) {
        return header.voxels()
                * targets.stream().mapToLong(VoxelTarget::bytesPerVoxel).sum();
    }

    /** Plain files are as long as they must be, which has been checked; in a gzip file room doubles as voxels come. */
    private static int capacity(NiftiHeader header, ImageBytes bytes, int needed) {
        if (!bytes.compressed()) {
            return header.voxels();
        }
        long likely = 4 * bytes.fileLength() / header.datatype().bytes();
        return (int) Math.min(header.voxels(), Math.max(likely, 2L * needed));
    }

    private static void reserve(NiftiHeader header, List<? extends VoxelTarget> targets, int volume, int capacity)
            throws ImageException {
        try {
            targets.get(volume).reserve(capacity);
        } catch (OutOfMemoryError e) {
            // Thrown by the one allocation in there, which leaves everything else as it was.
            throw noMemory(header, targets, e);
        }
    }

    private static boolean isScaled(NiftiHeader header, List<String> warnings) {
        if (Double.isNaN(header.slope())) {
            warnings.add("scl_slope is NaN; the values are taken as stored");
            return false;
        }
        // Slope 0 means "not scaled" by the standard. Slope 1 with 0 is left out so that every bit stays, even of -0.0.
        return header.slope() != 0 && !(header.slope() == 1 && header.inter() == 0);
    }

    private static ImageException tooShort(NiftiHeader header, ImageBytes bytes, String available) {
        return Refusal.of(
                bytes.name(),
                "dim claims " + header.describe() + ", " + header.dataLength() + " bytes from vox_offset "
                        + header.offset() + " on, but the " + (bytes.compressed() ? "unpacked " : "") + "file "
                        + available + " bytes");
    }

    private static ImageException noMemory(NiftiHeader header, List<? extends VoxelTarget> targets, Throwable cause) {
        long mebibyte = 1 << 20;
        return new ImageException(
                header.file() + ": dim claims " + header.describe() + ", which need "
                        + (memory(header, targets) / mebibyte)
                        + " MiB of memory, more than is free of the "
                        + Runtime.getRuntime().maxMemory() / mebibyte + " MiB of this Java process",
                cause);
    }
}
