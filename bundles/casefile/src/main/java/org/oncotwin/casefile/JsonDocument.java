package org.oncotwin.casefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * A JSON file as a tree, read with bounds on its size and depth. Messages tell line, column and path, never the text around, which may be about a patient.
 *
 * @param text the file's text
 * @param root the tree
 */
record JsonDocument(String text, ObjectNode root) {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_NUMBER = 400;

    // NaN and Infinity are let through here so that the reader can refuse them with their path.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(1_000)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * Reads a file.
     *
     * @param largest most bytes that it may have
     * @throws InvalidInputException naming the file if it cannot be read or is not a JSON object
     */
    static JsonDocument read(Path file, long largest, Problems problems) {
        String name = Words.shown(String.valueOf(file.getFileName()));
        if (!Files.exists(file)) {
            throw new InvalidInputException(name, "no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(name, "not a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Math.toIntExact(largest + 1));
        } catch (IOException unreadable) {
            throw new InvalidInputException(name, "the file cannot be read");
        }
        if (bytes.length > largest) {
            throw new InvalidInputException(name, "the file is larger than " + largest / 1024 + " KiB");
        }
        String text = decode(bytes, name);
        return new JsonDocument(text, parse(text, name, problems));
    }

    private static String decode(byte[] bytes, String name) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw new InvalidInputException(name, "the file is not UTF-8 text");
        }
    }

    private static ObjectNode parse(String text, String name, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException(name, "a JSON object is needed: { ... }");
            }
            ObjectNode root = object(parser, "", problems);
            if (parser.nextToken() != null) {
                throw new InvalidInputException(
                        name, at(parser.currentTokenLocation()) + ": there is more after the end of the JSON object");
            }
            return root;
        } catch (StreamConstraintsException tooMuch) {
            throw new InvalidInputException(
                    name,
                    at(tooMuch.getLocation()) + ": nested deeper than " + DEEPEST + ", or a text longer than "
                            + LONGEST_TEXT + " or a number longer than " + LONGEST_NUMBER + " characters");
        } catch (JsonEOFException early) {
            throw new InvalidInputException(
                    name, at(early.getLocation()) + ": the file ends before the JSON object is complete");
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(name, at(malformed.getLocation()) + ": not JSON");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String at(JsonLocation location) {
        return location == null ? "somewhere" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static ObjectNode object(JsonParser parser, String path, Problems problems) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            String keyPath = CaseObject.join(path, key);
            if (node.has(key)) {
                problems.add(keyPath, "the key is there twice");
            }
            parser.nextToken();
            node.set(key, value(parser, keyPath, problems));
        }
        return node;
    }

    private static ArrayNode array(JsonParser parser, String path, Problems problems) throws IOException {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            node.add(value(parser, path + "[" + node.size() + "]", problems));
        }
        return node;
    }

    private static JsonNode value(JsonParser parser, String path, Problems problems) throws IOException {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, problems);
            case START_ARRAY -> array(parser, path, problems);
            case VALUE_STRING -> make.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> make.numberNode(parser.getLongValue());
                    default -> make.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> make.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> make.booleanNode(true);
            case VALUE_FALSE -> make.booleanNode(false);
            default -> make.nullNode();
        };
    }
}
