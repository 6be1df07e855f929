package org.oncotwin.change.plan;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.ContentStore;

/** Reads JSON into records: every key known, every required key there, no key twice. */
public final class PlanFile {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // No value may be null, also not one of a list; one that may be left out is left out.
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, texts -> {
                texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .withCoercionConfigDefaults(other -> other.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();

    private PlanFile() {}

    /**
     * Reads a plan.
     *
     * @throws InvalidInputException naming the place and what is allowed
     */
    public static Plan read(byte[] content) {
        return read(content, Plan.class);
    }

    /** Reads a plan that is kept as a content. */
    public static Plan read(ContentStore contents, String sha256) throws IOException {
        try (InputStream in = contents.open(sha256)) {
            return read(in.readAllBytes());
        }
    }

    /** Reads another record in the same strict way. */
    public static <T> T read(byte[] content, Class<T> type) {
        try {
            T read = JSON.readValue(content, type);
            if (read == null) {
                throw new InvalidInputException("", "is null; allowed is an object in braces");
            }
            return read;
        } catch (JsonMappingException wrong) {
            String path = wrong.getPath().stream()
                    .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                    .collect(Collectors.joining());
            throw new InvalidInputException(path.startsWith(".") ? path.substring(1) : path, PlanProblem.words(wrong));
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(
                    "",
                    "is not JSON: " + malformed.getOriginalMessage() + " in line "
                            + malformed.getLocation().getLineNr());
        } catch (IOException unreadable) {
            // Such as bytes that look like another encoding than UTF-8.
            throw new InvalidInputException("", "is not JSON: " + unreadable.getMessage());
        }
    }
}
