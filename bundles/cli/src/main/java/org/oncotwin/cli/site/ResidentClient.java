package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.oncotwin.api.store.StoreException;

/** Has a command carried out by the process that holds the site. */
final class ResidentClient implements AutoCloseable {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final FrameChannel channel;
    private final long process;

    private ResidentClient(FrameChannel channel, long process) {
        this.channel = channel;
        this.process = process;
    }

    /**
     * Connects.
     *
     * @return empty if no process holds the site for others
     */
    static Optional<ResidentClient> connect(Path site) throws IOException {
        if (!Files.exists(ControlSocket.file(site))) {
            return Optional.empty();
        }
        SocketChannel socket = SocketChannel.open(ControlSocket.FAMILY);
        try {
            socket.connect(ControlSocket.address(site));
        } catch (IOException nobody) {
            // A socket that a crash left; whether the site is free its lock says.
            socket.close();
            return Optional.empty();
        }
        FrameChannel channel = new FrameChannel(socket);
        try {
            return Optional.of(new ResidentClient(channel, greeted(channel)));
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static long greeted(FrameChannel channel) throws IOException {
        Frame hello = channel.read()
                .filter(frame -> frame.type() == FrameType.HELLO)
                .orElseThrow(
                        () -> new StoreException(
                                "the process that holds the site does not answer: it is closing, too much is asked of it, or it belongs to another user"));
        JsonNode node = Request.read(hello.payload());
        if (node.path("protocol").asInt() != Request.PROTOCOL) {
            throw new StoreException("another version of OncoTwin holds the site in process "
                    + node.path("process").asLong() + "; stop it with that version: oncotwin site stop");
        }
        return node.path("process").asLong();
    }

    /** Number of the process that holds the site. */
    long process() {
        return process;
    }

    /** Has a command carried out and shows what it writes; returns its exit code. */
    int execute(Invocation invocation, Path site) throws IOException {
        Request request = new Request(
                invocation.arguments(),
                invocation.directory(),
                invocation.site(),
                invocation.caller().token(site),
                invocation.console().debug());
        channel.write(FrameType.REQUEST, request.toBytes());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "oncotwin-cancel");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(
                () -> cancelIfAsked(invocation), 0, CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return relay(invocation, site);
        } finally {
            watch.shutdownNow();
        }
    }

    /** Ends its own repetition, by what it throws, once it has told. */
    private void cancelIfAsked(Invocation invocation) {
        if (invocation.cancellation().isRequested()) {
            try {
                channel.write(FrameType.CANCEL);
            } catch (IOException gone) {
                // The thread that reads finds out too, and says so.
                throw new CancellationException("the process that holds the site is gone");
            }
            throw new CancellationException();
        }
    }

    private int relay(Invocation invocation, Path site) throws IOException {
        for (Optional<Frame> next = channel.read(); next.isPresent(); next = channel.read()) {
            Frame frame = next.get();
            switch (frame.type()) {
                case OUT -> show(frame, invocation.console().out());
                case ERR -> show(frame, invocation.console().err());
                case QUESTION ->
                    channel.write(
                            FrameType.ANSWER,
                            RemoteCaller.answer(invocation.caller().ask(RemoteCaller.question(frame))));
                case SESSION -> keep(invocation.caller(), site, text(frame));
                case EXIT -> {
                    return exitCode(frame);
                }
                default -> throw new IOException("the process that holds the site sent " + frame);
            }
        }
        throw new StoreException("the process that holds the site ended before the command was done");
    }

    private static String text(Frame frame) {
        return new String(frame.payload(), StandardCharsets.UTF_8);
    }

    private static void show(Frame frame, PrintWriter writer) {
        writer.print(text(frame));
        writer.flush();
    }

    private static void keep(Caller caller, Path site, String token) throws IOException {
        if (token.isEmpty()) {
            caller.forget(site);
        } else {
            caller.keep(site, token);
        }
    }

    private static int exitCode(Frame frame) throws IOException {
        byte[] payload = frame.payload();
        if (payload.length != Integer.BYTES) {
            throw new IOException("the process that holds the site sent an exit code of " + payload.length + " bytes");
        }
        return ByteBuffer.wrap(payload).getInt();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
