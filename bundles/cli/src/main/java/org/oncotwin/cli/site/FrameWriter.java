package org.oncotwin.cli.site;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Sends text as frames whenever it is flushed, so that the other side shows it as it comes. */
final class FrameWriter extends Writer {
    /** Characters after which a frame is sent in any case; in UTF-8 they are at most three times as many bytes. */
    private static final int MOST = FrameChannel.LONGEST / 4;

    private final FrameChannel channel;
    private final FrameType type;
    private final StringBuilder text = new StringBuilder();

    FrameWriter(FrameChannel channel, FrameType type) {
        this.channel = channel;
        this.type = type;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        synchronized (lock) {
            int done = 0;
            while (done < length) {
                int part = Math.min(MOST - text.length(), length - done);
                text.append(characters, offset + done, part);
                done += part;
                if (text.length() >= MOST) {
                    // A character of two halves is never torn.
                    send(MOST - (Character.isHighSurrogate(text.charAt(MOST - 1)) ? 1 : 0));
                }
            }
        }
    }

    private void send(int length) throws IOException {
        channel.write(type, text.substring(0, length).getBytes(StandardCharsets.UTF_8));
        text.delete(0, length);
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            if (!text.isEmpty()) {
                send(text.length());
            }
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
