package org.oncotwin.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.cli.Console;

@Tag("SR-1505")
@Timeout(60)
class ResidentSiteTest {
    @TempDir
    Path folder;

    private final CallerForTests caller = new CallerForTests();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch sawCancel = new CountDownLatch(1);
    private ResidentSite resident;

    /** No test opens a site here. */
    private static final class NoDoor implements SiteDoor {
        @Override
        public OpenSite open(Path site) {
            throw new StoreException("no site");
        }

        @Override
        public OpenSite create(Path site, DatabaseLocation location) {
            throw new StoreException("no site");
        }
    }

    /** What a resident does with a command, in place of the commands there are. */
    private int carryOut(Invocation invocation) {
        try {
            return switch (invocation.arguments().get(0)) {
                case "echo" -> {
                    invocation.console().out().println(String.join(" ", invocation.arguments()));
                    invocation.console().say("in " + invocation.directory() + " at " + invocation.site());
                    yield 42;
                }
                case "ask" -> {
                    invocation
                            .console()
                            .out()
                            .print(invocation.caller().ask(new Question("Word", "ONCOTWIN_WORD", true)));
                    yield 0;
                }
                case "token" -> {
                    invocation.console().out().print(invocation.caller().token(folder));
                    invocation.caller().keep(folder, "fresh");
                    invocation.console().out().print(invocation.caller().token(folder));
                    yield 0;
                }
                case "forget" -> {
                    invocation.caller().forget(folder);
                    yield 0;
                }
                default -> {
                    reached.countDown();
                    while (!invocation.cancellation().isRequested()) {
                        Thread.onSpinWait();
                    }
                    sawCancel.countDown();
                    yield 130;
                }
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @BeforeEach
    void start() {
        resident =
                new ResidentSite(new OpenSite(folder, ResidentSiteTest::none, () -> {}), new NoDoor(), this::carryOut);
    }

    private static <T> T none(Class<T> type) {
        throw new StoreException("no " + type);
    }

    @AfterEach
    void close() {
        resident.close();
    }

    private int execute(String... arguments) throws IOException {
        Invocation invocation = new Invocation(
                List.of(arguments),
                folder.resolve("here"),
                "lab",
                new Console(new PrintWriter(out), new PrintWriter(err), false, false),
                cancelled::get,
                caller,
                new NoDoor(),
                Optional.empty());
        try (ResidentClient client = ResidentClient.connect(folder).orElseThrow()) {
            assertThat(client.process()).isEqualTo(ProcessHandle.current().pid());
            return client.execute(invocation, folder);
        }
    }

    @Test
    void aCommandIsCarriedOutAsIfItWereHere() throws Exception {
        assertThat(execute("echo", "grün", "--json")).isEqualTo(42);
        assertThat(out).hasToString("echo grün --json" + System.lineSeparator());
        assertThat(err.toString()).contains("in " + folder.resolve("here") + " at lab");
    }

    @Test
    void questionsGoToThePersonWhoGaveTheCommand() throws Exception {
        caller.answers.put("ONCOTWIN_WORD", "sesame");
        assertThat(execute("ask")).isZero();
        caller.answers.clear();
        execute("ask");
        assertThat(out).hasToString("Optional[sesame]Optional.empty");
    }

    @Test
    void theSessionStaysOnTheSideOfThePerson() throws Exception {
        caller.token = Optional.of("old");
        execute("token");
        assertThat(out).hasToString("Optional[old]Optional[fresh]");
        assertThat(caller.token).contains("fresh");
        execute("forget");
        assertThat(caller.token).isEmpty();
    }

    @Test
    void controlCReachesTheCommand() throws Exception {
        Thread person = new Thread(() -> {
            try {
                reached.await();
                cancelled.set(true);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        person.start();
        assertThat(execute("work")).isEqualTo(130);
        person.join();
    }

    @Test
    void aClientThatIsGoneCancelsItsCommand() throws Exception {
        try (SocketChannel socket = connect()) {
            FrameChannel channel = new FrameChannel(socket);
            channel.read();
            channel.write(
                    FrameType.REQUEST, new Request(List.of("work"), folder, "lab", Optional.empty(), false).toBytes());
            reached.await();
        }
        sawCancel.await();
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(ControlSocket.address(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "[1]",
                "{\"protocol\": 2, \"arguments\": []}",
                "{\"protocol\": 1, \"arguments\": [1], \"token\": \"\", \"directory\": \"/\", \"site\": \"s\"}",
                "{\"protocol\": 1, \"arguments\": [\"echo\"], \"token\": \"\", \"directory\": \"here\", \"site\": \"s\"}",
                "{\"protocol\": 1, \"protocol\": 1, \"arguments\": [\"echo\"], \"token\": \"\", \"directory\": \"/\", \"site\": \"s\"}"
            })
    void whatIsNoRequestEndsTheConnectionAndNothingElse(String request) throws Exception {
        try (SocketChannel socket = connect()) {
            FrameChannel channel = new FrameChannel(socket);
            assertThat(channel.read().orElseThrow().type()).isEqualTo(FrameType.HELLO);
            channel.write(FrameType.REQUEST, request.getBytes(StandardCharsets.UTF_8));
            assertThat(channel.read()).isEmpty();
        }
        assertThat(execute("echo")).isEqualTo(42);
    }

    @Test
    void bytesThatAreNoFrameEndTheConnectionAndNothingElse() throws Exception {
        try (SocketChannel socket = connect()) {
            FrameChannel channel = new FrameChannel(socket);
            channel.read();
            socket.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1}));
            assertThat(channel.read()).isEmpty();
        }
        assertThat(execute("echo")).isEqualTo(42);
    }

    @Tag("SR-1404")
    @Test
    void onlyTheOwnerMayEvenConnect() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ControlSocket.file(folder))))
                .isEqualTo("rw-------");
        try (SocketChannel socket = connect()) {
            assertThat(ControlSocket.isOwner(socket, ControlSocket.file(folder)))
                    .isTrue();
        }
    }

    @Test
    void nobodyIsThereOnceItIsClosed() throws Exception {
        resident.close();
        assertThat(ControlSocket.file(folder)).doesNotExist();
        assertThat(ResidentClient.connect(folder)).isEmpty();
        Files.writeString(ControlSocket.file(folder), "");
        assertThat(ResidentClient.connect(folder)).as("what a crash left").isEmpty();
    }

    @Test
    void aPathThatIsTooLongForASocketIsSaid() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("d".repeat(120)));
        OpenSite site = new OpenSite(deep, ResidentSiteTest::none, () -> {});
        assertThatThrownBy(() -> new ResidentSite(site, new NoDoor(), this::carryOut).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("needs a short one");
    }

    @Test
    void questionsForOtherVariablesAreNotAsked() {
        assertThatThrownBy(() -> new Question("Word", "PATH", true)).isInstanceOf(IllegalArgumentException.class);
    }
}
