package org.oncotwin.change.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;

/** Reads JSON into records: every key known, every required key there, no key twice. */
public final class PlanFile {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
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

    /** Reads another record in the same strict way. */
    public static <T> T read(byte[] content, Class<T> type) {
        try {
            return JSON.readValue(content, type);
        } catch (JsonMappingException wrong) {
            String path = wrong.getPath().stream()
                    .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                    .collect(Collectors.joining());
            throw new InvalidInputException(path.startsWith(".") ? path.substring(1) : path, message(wrong));
        } catch (JsonProcessingException malformed) {
            throw new InvalidInputException(
                    "",
                    "is not JSON: " + malformed.getOriginalMessage() + " in line "
                            + malformed.getLocation().getLineNr());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What our own checks say, without the frame that the library puts around it. */
    private static String message(JsonMappingException wrong) {
        for (Throwable cause = wrong.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours) {
                return ours.getMessage();
            }
        }
        return wrong.getOriginalMessage();
    }
}
