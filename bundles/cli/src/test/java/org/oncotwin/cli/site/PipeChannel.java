package org.oncotwin.cli.site;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** Bytes that come in portions of a few, as from a slow line; what is written is kept. */
final class PipeChannel implements ByteChannel {
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing = ByteBuffer.allocate(3 << 20);
    private final int portion;

    PipeChannel(byte[] incoming, int portion) {
        this.incoming = ByteBuffer.wrap(incoming);
        this.portion = portion;
    }

    byte[] written() {
        byte[] bytes = new byte[outgoing.position()];
        outgoing.duplicate().flip().get(bytes);
        return bytes;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!incoming.hasRemaining()) {
            return -1;
        }
        int count = Math.min(portion, Math.min(target.remaining(), incoming.remaining()));
        for (int i = 0; i < count; i++) {
            target.put(incoming.get());
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = Math.min(portion, source.remaining());
        for (int i = 0; i < count; i++) {
            outgoing.put(source.get());
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
