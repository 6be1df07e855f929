package org.oncotwin.export.paraview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * An array as VTK's zlib compressor stores it: blocks of equal length, each compressed on its own, behind a header of unsigned 64-bit numbers:
 * number of blocks, length of a block, length of the last block if it is shorter (else 0), compressed length of each block.
 */
final class CompressedData {

    /** Long enough to compress well, short enough to be read in part; a multiple of every value's length. */
    static final int BLOCK_BYTES = 1 << 18;

    private final byte[] header;
    private final ByteArrayOutputStream blocks;

    private CompressedData(byte[] header, ByteArrayOutputStream blocks) {
        this.header = header;
        this.blocks = blocks;
    }

    /** Compresses an array. Fields are large and mostly zero: the fastest level gains nearly all that the best one does. */
    static CompressedData of(ImageArray array) {
        int valuesPerBlock = BLOCK_BYTES / array.bytesPerValue();
        ByteBuffer raw = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] packed = new byte[8192];
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        List<Integer> lengths = new ArrayList<>();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            for (int from = 0; from < array.size(); from += valuesPerBlock) {
                raw.clear();
                int to = Math.min(array.size(), from + valuesPerBlock);
                for (int index = from; index < to; index++) {
                    array.values().put(index, raw);
                }
                deflater.reset();
                deflater.setInput(raw.array(), 0, raw.position());
                deflater.finish();
                int before = blocks.size();
                while (!deflater.finished()) {
                    blocks.write(packed, 0, deflater.deflate(packed));
                }
                lengths.add(blocks.size() - before);
            }
        } finally {
            deflater.end();
        }
        return new CompressedData(header(array, lengths), blocks);
    }

    private static byte[] header(ImageArray array, List<Integer> lengths) {
        long bytes = (long) array.size() * array.bytesPerValue();
        ByteBuffer header =
                ByteBuffer.allocate(Long.BYTES * (3 + lengths.size())).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(lengths.size()).putLong(BLOCK_BYTES).putLong(bytes % BLOCK_BYTES);
        lengths.forEach(header::putLong);
        return header.array();
    }

    /** The header, uncompressed. */
    byte[] header() {
        return header.clone();
    }

    /** Writes all blocks, one behind the other. */
    void writeBlocks(OutputStream out) throws IOException {
        blocks.writeTo(out);
    }
}
