package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.cli.Console;

/**
 * The site as this process holds it for others: carries out the commands that come through the socket of its folder. Only processes of the same user of the operating system reach
 * it; who they are within the site their session says, as everywhere.
 */
public final class ResidentSite implements AutoCloseable {
    /** More at the same time are refused, so that clients that never end take nothing from others but a place. */
    private static final int MOST_CONNECTIONS = 64;

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final OpenSite site;
    private final SiteDoor door;
    private final Invocation.Runner runner;
    private final Path file;
    private final ServerSocketChannel server;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /**
     * Opens the socket.
     *
     * @param runner carries out the commands that come
     * @throws org.oncotwin.api.store.StoreException if the socket cannot be made
     */
    ResidentSite(OpenSite site, SiteDoor door, Invocation.Runner runner) {
        this.site = site;
        this.door = door;
        this.runner = runner;
        this.file = ControlSocket.file(site.folder());
        try {
            // One that a crash left: the folder is locked, so nobody listens there.
            Files.deleteIfExists(file);
            server = ServerSocketChannel.open(ControlSocket.FAMILY);
            try {
                server.bind(ControlSocket.address(site.folder()));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw ControlSocket.unusable(failure);
        }
        daemon(this::accept, "oncotwin-site");
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    OpenSite site() {
        return site;
    }

    /** Ends {@link #await}. */
    void stop() {
        stopping.countDown();
    }

    /** Waits until the site is to be closed. */
    void await(Cancellation cancellation) throws InterruptedException {
        boolean stopped = false;
        while (!stopped && !cancellation.isRequested()) {
            stopped = stopping.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                if (connections.size() >= MOST_CONNECTIONS || !ControlSocket.isOwner(connection, file)) {
                    connection.close();
                    continue;
                }
                connections.add(connection);
                daemon(() -> serve(connection), "oncotwin-site-connection");
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException refused) {
                // A client that was gone before it was accepted; the next may be there.
                continue;
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (FrameChannel channel = new FrameChannel(connection)) {
            ObjectNode hello = Request.object();
            hello.put("protocol", Request.PROTOCOL);
            hello.put("process", ProcessHandle.current().pid());
            channel.write(FrameType.HELLO, Request.bytes(hello));
            Optional<Frame> first = channel.read();
            if (first.isPresent() && first.get().type() == FrameType.REQUEST) {
                carryOut(Request.of(first.get().payload()), channel);
            }
        } catch (IOException broken) {
            // Whoever is there speaks another language, or left: there is nobody to tell.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    private void carryOut(Request request, FrameChannel channel) throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        BlockingQueue<Optional<Frame>> answers = new LinkedBlockingQueue<>();
        daemon(() -> listen(channel, cancelled, answers), "oncotwin-site-listener");
        PrintWriter out = new PrintWriter(new FrameWriter(channel, FrameType.OUT), false);
        PrintWriter err = new PrintWriter(new FrameWriter(channel, FrameType.ERR), false);
        int code = runner.run(new Invocation(
                request.arguments(),
                request.directory(),
                request.site(),
                new Console(out, err, false, request.debug()),
                cancelled::get,
                new RemoteCaller(channel, answers, request.token()),
                door,
                Optional.of(this)));
        out.flush();
        err.flush();
        channel.write(
                FrameType.EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(code).array());
    }

    /** A client that is gone wants nothing any more. */
    private static void listen(FrameChannel channel, AtomicBoolean cancelled, BlockingQueue<Optional<Frame>> answers) {
        try {
            Optional<Frame> frame = channel.read();
            while (frame.isPresent() && frame.get().type() == FrameType.ANSWER) {
                answers.add(frame);
                frame = channel.read();
            }
        } catch (IOException broken) {
            answers.add(Optional.empty());
        } finally {
            cancelled.set(true);
            answers.add(Optional.empty());
        }
    }

    /** Closes the socket; commands that are being carried out are asked to stop. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
            for (SocketChannel connection : connections) {
                askToStop(connection);
            }
        } catch (IOException failure) {
            throw ControlSocket.unusable(failure);
        }
    }

    private static void askToStop(SocketChannel connection) throws IOException {
        try {
            connection.shutdownInput();
        } catch (ClosedChannelException gone) {
            // It ended by itself meanwhile, and keeps nobody from asking the others.
            return;
        }
    }
}
