package org.oncotwin.cli.site;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;

/**
 * Frames over a channel: 4 bytes big-endian that count what follows, 1 byte type, then the payload. One thread may read while others write.
 *
 * <p>The channel is used itself and not through streams, which in Java 17 do not let one thread write while another waits for something to read.
 */
final class FrameChannel implements AutoCloseable {
    /** Largest payload in bytes; what is longer goes in several frames. */
    static final int LONGEST = 1 << 20;

    private static final int HEADER = 5;

    private final ByteChannel channel;

    FrameChannel(ByteChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends a frame.
     *
     * @throws IllegalArgumentException if the payload is too long
     */
    synchronized void write(FrameType type, byte... payload) throws IOException {
        if (payload.length > LONGEST) {
            throw new IllegalArgumentException(
                    "a frame of " + payload.length + " bytes is too long, allowed are " + LONGEST);
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + payload.length);
        buffer.putInt(1 + payload.length).put((byte) type.number()).put(payload).flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * The next frame.
     *
     * @return empty if the other side ended between two frames
     * @throws IOException if it ended within one, or what came is none; nothing that comes after can be trusted
     */
    Optional<Frame> read() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!fill(header)) {
            return Optional.empty();
        }
        int length = header.getInt() - 1;
        int number = header.get();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a frame of " + length + " bytes is not allowed, allowed are 0 to " + LONGEST);
        }
        FrameType type = type(number);
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (length > 0 && !fill(payload)) {
            throw new EOFException("a frame was broken off");
        }
        return Optional.of(new Frame(type, payload.array()));
    }

    private static FrameType type(int number) throws IOException {
        for (FrameType type : FrameType.values()) {
            if (type.number() == number) {
                return type;
            }
        }
        throw new IOException("a frame of the unknown type " + number);
    }

    /** False if there is nothing at all. */
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("a frame was broken off");
            }
        }
        buffer.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
