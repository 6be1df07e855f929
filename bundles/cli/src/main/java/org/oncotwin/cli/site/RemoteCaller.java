package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** The person at the other end of the socket. */
final class RemoteCaller implements Caller {
    private final FrameChannel channel;
    private final BlockingQueue<Optional<Frame>> answers;
    private Optional<String> token;

    /**
     * A caller.
     *
     * @param answers what the other side answers; empty when it is gone
     */
    RemoteCaller(FrameChannel channel, BlockingQueue<Optional<Frame>> answers, Optional<String> token) {
        this.channel = channel;
        this.answers = answers;
        this.token = token;
    }

    @Override
    public Optional<String> ask(Question question) throws IOException {
        ObjectNode node = Request.object();
        node.put("words", question.words());
        node.put("variable", question.variable());
        node.put("secret", question.secret());
        channel.write(FrameType.QUESTION, Request.bytes(node));
        try {
            return answered(answers.take().orElseThrow(() -> new IOException("nobody answers any more")));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("the question was broken off", stop);
        }
    }

    static Question question(Frame frame) throws IOException {
        JsonNode node = Request.read(frame.payload());
        try {
            return new Question(
                    Request.text(node.path("words"), "words"),
                    Request.text(node.path("variable"), "variable"),
                    node.path("secret").booleanValue());
        } catch (IllegalArgumentException other) {
            throw new IOException(other.getMessage(), other);
        }
    }

    static byte[] answer(Optional<String> text) {
        return Request.bytes(Request.object().put("text", text.orElse("")));
    }

    private static Optional<String> answered(Frame frame) throws IOException {
        String text = Request.text(Request.read(frame.payload()).path("text"), "text");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    @Override
    public Optional<String> token(Path site) {
        return token;
    }

    @Override
    public void keep(Path site, String kept) throws IOException {
        token = Optional.of(kept);
        channel.write(FrameType.SESSION, kept.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void forget(Path site) throws IOException {
        token = Optional.empty();
        channel.write(FrameType.SESSION);
    }
}
