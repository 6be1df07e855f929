package org.oncotwin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.guidance.TrackedTip;

/** Samples as lines of JSON: {@code {"t": 0.001, "x": 12.5, "y": -3, "z": 88, "visible": true}}, s and mm; visible may be left out. */
final class LineFeed implements TipFeed {

    private static final int LONGEST_LINE = 4096;
    private static final Set<String> KEYS = Set.of("t", "x", "y", "z", "visible");
    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String label;
    private final InputStream in;
    private final OutputStream out;
    private final AutoCloseable behind;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private long number;
    private long arrived;

    private LineFeed(String label, InputStream in, OutputStream out, AutoCloseable behind) {
        this.label = label;
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = out;
        this.behind = behind;
    }

    /** A file that was recorded. */
    static LineFeed recorded(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new LineFeed("recorded", in, OutputStream.nullOutputStream(), in);
    }

    /**
     * Whoever connects to a server next; empty if nobody does in the time that the server waits.
     *
     * @param longestGap after which a sample counts as missing, in s
     */
    static Optional<TipFeed> of(ServerSocket server, double longestGap) throws IOException {
        Socket socket;
        try {
            socket = server.accept();
        } catch (SocketTimeoutException nobody) {
            return Optional.empty();
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Math.max(1, Math.ceil(1000 * longestGap)));
        return Optional.of(new LineFeed("socket", socket.getInputStream(), socket.getOutputStream(), socket));
    }

    /** A server on the loopback interface; port 0 for any that is free. */
    static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public long arrived() {
        return arrived;
    }

    @Override
    public Optional<TrackedTip> next() throws IOException {
        while (true) {
            int read;
            try {
                read = in.read();
            } catch (SocketTimeoutException late) {
                // What came of a line stays and is gone on with.
                return Optional.empty();
            } catch (SocketException gone) {
                // Whoever sent samples has gone without a word; what came of a line is no sample.
                throw new EOFException();
            }
            if (read < 0 && length == 0) {
                throw new EOFException();
            }
            if (read < 0 || read == '\n') {
                arrived = System.nanoTime();
                number++;
                String text = new String(line, 0, length, StandardCharsets.UTF_8);
                length = 0;
                return Optional.of(sample(text));
            }
            if (length == LONGEST_LINE) {
                throw refused("is longer than " + LONGEST_LINE + " bytes");
            }
            line[length] = (byte) read;
            length++;
        }
    }

    private TrackedTip sample(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw refused("is not JSON");
        }
        if (!node.isObject()) {
            throw refused("is no object such as {\"t\": 0.001, \"x\": 12.5, \"y\": -3, \"z\": 88}");
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw refused("has the unknown key '" + key + "'; there are t, x, y, z, visible");
            }
        });
        JsonNode visible = node.get("visible");
        if (visible != null && !visible.isBoolean()) {
            throw refused("has visible = " + visible + "; allowed is true or false");
        }
        boolean seen = visible == null || visible.booleanValue();
        return new TrackedTip(
                value(node, "t", true), value(node, "x", seen), value(node, "y", seen), value(node, "z", seen), seen);
    }

    private double value(JsonNode node, String key, boolean needed) {
        JsonNode value = node.get(key);
        if (value == null && !needed) {
            return Double.NaN;
        }
        if (value == null || !value.isNumber()) {
            throw refused(key + " is " + (value == null ? "missing" : value) + "; needed is a number");
        }
        return value.doubleValue();
    }

    private InvalidInputException refused(String why) {
        return new InvalidInputException("line " + number, why);
    }

    @Override
    public void answer(String text) throws IOException {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (SocketException gone) {
            throw new EOFException();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            behind.close();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
