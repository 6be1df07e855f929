package org.oncotwin.tests.traceability;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** JSON files that are read only if they fit the schema beside them. */
final class CheckedJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CheckedJson() {}

    /**
     * Reads a file.
     *
     * @param file to read
     * @param schema a JSON Schema of 2020-12
     * @throws IllegalArgumentException with all that does not fit
     */
    static JsonNode read(Path file, Path schema) throws IOException {
        JsonNode json = MAPPER.readTree(Files.readString(file));
        List<String> faults = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(schema))
                .validate(json)
                .stream()
                .map(Object::toString)
                .sorted()
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    file.getFileName() + " does not fit " + schema.getFileName() + ": " + String.join("; ", faults));
        }
        return json;
    }
}
