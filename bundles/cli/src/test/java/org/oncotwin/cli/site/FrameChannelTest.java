package org.oncotwin.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SR-1505")
class FrameChannelTest {
    private static FrameChannel of(byte... bytes) {
        return new FrameChannel(new PipeChannel(bytes, 3));
    }

    @Test
    void whatIsSentArrives() throws Exception {
        byte[] large = new byte[FrameChannel.LONGEST];
        large[large.length - 1] = 7;
        PipeChannel sent = new PipeChannel(new byte[0], 1000);
        FrameChannel sender = new FrameChannel(sent);
        sender.write(FrameType.OUT, large);
        sender.write(FrameType.CANCEL);

        FrameChannel receiver = new FrameChannel(new PipeChannel(sent.written(), 999));
        assertThat(receiver.read()).contains(new Frame(FrameType.OUT, large));
        assertThat(receiver.read()).contains(new Frame(FrameType.CANCEL, new byte[0]));
        assertThat(receiver.read()).isEmpty();
    }

    @Test
    void theWireFormatStaysAsItIs() throws Exception {
        PipeChannel sent = new PipeChannel(new byte[0], 3);
        new FrameChannel(sent).write(FrameType.ERR, "ab".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(sent.written())).isEqualTo("00000003" + "04" + "6162");
        assertThat(List.of(FrameType.values()))
                .extracting(type -> type.name() + type.number())
                .containsExactly(
                        "HELLO1", "REQUEST2", "OUT3", "ERR4", "QUESTION5", "ANSWER6", "SESSION7", "CANCEL8", "EXIT9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "00000003", "0000000304", "000000030461"})
    void aBrokenOffFrameIsNoFrame(String bytes) {
        assertThatThrownBy(() -> of(HexFormat.of().parseHex(bytes)).read()).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7fffffff04, bytes is not allowed",
        "0010000204, bytes is not allowed",
        "ffffffff04, bytes is not allowed",
        "0000000004, bytes is not allowed",
        "0000000200, unknown type 0",
        "000000020a, unknown type 10",
        "00000002ff, unknown type -1"
    })
    void whatIsNoFrameIsRefusedBeforeItIsRead(String bytes, String why) {
        assertThatThrownBy(() -> of(HexFormat.of().parseHex(bytes)).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void tooMuchAtOnceIsNotSent() {
        assertThatThrownBy(() -> of().write(FrameType.OUT, new byte[FrameChannel.LONGEST + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longTextGoesInSeveralFramesAndNoCharacterIsTorn() throws Exception {
        String text = "a" + "\uD83E\uDDE0".repeat(300_000) + "ä";
        PipeChannel sent = new PipeChannel(new byte[0], 1 << 16);
        try (PrintWriter writer = new PrintWriter(new FrameWriter(new FrameChannel(sent), FrameType.OUT))) {
            writer.print(text);
        }
        FrameChannel receiver = new FrameChannel(new PipeChannel(sent.written(), 1 << 16));
        StringBuilder received = new StringBuilder();
        int frames = 0;
        for (Optional<Frame> frame = receiver.read(); frame.isPresent(); frame = receiver.read()) {
            received.append(new String(frame.get().payload(), StandardCharsets.UTF_8));
            frames++;
        }
        assertThat(received.toString()).isEqualTo(text);
        assertThat(frames).isGreaterThan(1);
    }

    @Test
    void aFrameDoesNotShowWhatIsInIt() {
        assertThat(new Frame(FrameType.ANSWER, "secret".getBytes(StandardCharsets.UTF_8)))
                .hasToString("ANSWER of 6 bytes");
        assertThat(ByteBuffer.wrap(new Frame(FrameType.EXIT, new byte[] {1}).payload())
                        .get())
                .isEqualTo((byte) 1);
    }
}
