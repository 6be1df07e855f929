package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.guidance.TrackedTip;

@Tag("SR-2106")
class LineFeedTest {

    @TempDir
    Path folder;

    private TipFeed recorded(String text) throws IOException {
        return LineFeed.recorded(Files.writeString(folder.resolve("tip.jsonl"), text));
    }

    @Test
    void linesAreSamplesAndTheLastNeedsNoEnd() throws IOException {
        try (TipFeed feed = recorded("{\"t\":0.5,\"x\":1,\"y\":-2e1,\"z\":3}\n{\"t\":1,\"visible\":false}")) {
            assertThat(feed.label()).isEqualTo("recorded");
            assertThat(feed.next()).contains(new TrackedTip(0.5, 1, -20, 3, true));
            TrackedTip lost = feed.next().orElseThrow();
            assertThat(lost.visible()).isFalse();
            assertThat(lost.x()).isNaN();
            assertThatThrownBy(feed::next).isInstanceOf(EOFException.class);
        }
    }

    private void refused(String text, String message) throws IOException {
        try (TipFeed feed = recorded("{\"t\":0,\"x\":1,\"y\":2,\"z\":3}\n" + text)) {
            feed.next();
            assertThatThrownBy(feed::next)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("line ")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void whatIsNoSampleIsRefusedByItsLine() throws IOException {
        refused("x", "line 2: is not JSON");
        refused("\n", "line 2: is no object");
        refused("[1]", "line 2: is no object");
        refused("{\"t\":0,\"x\":1,\"y\":2}", "z is missing; needed is a number");
        refused("{\"t\":\"0\",\"x\":1,\"y\":2,\"z\":3}", "t is \"0\"; needed is a number");
        refused("{\"t\":0,\"x\":1,\"y\":2,\"z\":3,\"w\":4}", "the unknown key 'w'; there are t, x, y, z, visible");
        refused("{\"t\":0,\"x\":1,\"y\":2,\"z\":3,\"visible\":1}", "visible = 1; allowed is true or false");
        refused("{\"t\":0,\"x\":1,\"y\":2,\"z\":3} {}", "is not JSON");
        refused(" ".repeat(5000), "is longer than 4096 bytes");
    }

    /** One who connects, sends half a line, waits longer than is allowed, sends the rest, gets an answer and goes. */
    @Test
    void aSampleThatIsLateCountsAsMissingAndIsReadWhenItComes() throws Exception {
        try (ServerSocket server = LineFeed.listen(0)) {
            assertThat(server.getInetAddress().isLoopbackAddress()).isTrue();
            server.setSoTimeout(1);
            assertThat(LineFeed.of(server, 0.05)).isEmpty();
            server.setSoTimeout(0);
            try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
                    TipFeed feed = LineFeed.of(server, 0.05).orElseThrow()) {
                sender.getOutputStream().write("{\"t\":0,\"x\":1,".getBytes(StandardCharsets.UTF_8));
                assertThat(feed.next()).isEmpty();
                sender.getOutputStream().write("\"y\":2,\"z\":3}\n".getBytes(StandardCharsets.UTF_8));
                assertThat(feed.next()).contains(new TrackedTip(0, 1, 2, 3, true));
                feed.answer("{}");
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(sender.getInputStream(), StandardCharsets.UTF_8));
                assertThat(answers.readLine()).isEqualTo("{}");
                sender.shutdownOutput();
                assertThatThrownBy(feed::next).isInstanceOf(EOFException.class);
            }
        }
    }
}
