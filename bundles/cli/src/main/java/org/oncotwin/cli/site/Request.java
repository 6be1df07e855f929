package org.oncotwin.cli.site;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command as a client sends it. Whatever the environment of the client says is resolved on its side.
 *
 * @param arguments the command line
 * @param directory current directory, from which paths in the command line begin; absolute
 * @param site the site as the person named it
 * @param token token of the session, if there is one
 * @param debug true if stack traces are wanted
 */
record Request(List<String> arguments, Path directory, String site, Optional<String> token, boolean debug) {
    /** Version of all that goes over the wire. */
    static final int PROTOCOL = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Request {
        arguments = List.copyOf(arguments);
    }

    byte[] toBytes() {
        ObjectNode root = JSON.createObjectNode();
        root.put("protocol", PROTOCOL);
        ArrayNode words = root.putArray("arguments");
        arguments.forEach(words::add);
        root.put("directory", directory.toString());
        root.put("site", site);
        root.put("token", token.orElse(""));
        root.put("debug", debug);
        return bytes(root);
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * Reads a request.
     *
     * @throws IOException if it is none, or one of another version
     */
    static Request of(byte[] bytes) throws IOException {
        JsonNode root = read(bytes);
        if (root.path("protocol").asInt() != PROTOCOL) {
            throw new IOException("a request of another version");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode word : root.path("arguments")) {
            words.add(text(word, "arguments"));
        }
        String token = text(root.path("token"), "token");
        return new Request(
                words,
                directory(text(root.path("directory"), "directory")),
                text(root.path("site"), "site"),
                token.isEmpty() ? Optional.empty() : Optional.of(token),
                root.path("debug").booleanValue());
    }

    static JsonNode read(byte[] bytes) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        if (root == null || !root.isObject()) {
            throw new IOException("a message is not a JSON object");
        }
        return root;
    }

    private static Path directory(String text) throws IOException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException malformed) {
            throw new IOException("the directory of a request is no path", malformed);
        }
        throw new IOException("the directory of a request is not absolute");
    }

    static String text(JsonNode node, String name) throws IOException {
        if (!node.isTextual()) {
            throw new IOException("'" + name + "' of a message is not a text");
        }
        return node.textValue();
    }

    /** Without the token, which nobody should see. */
    @Override
    public String toString() {
        return "Request" + arguments;
    }
}
