package org.oncotwin.tests.end.to.end;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * {@code result.json} as a script reads it.
 *
 * @param root the whole document
 */
record Result(JsonNode root) {
    static final ObjectMapper JSON = new ObjectMapper();

    static Result in(Path runFolder) throws IOException {
        return new Result(JSON.readTree(Files.readAllBytes(runFolder.resolve("result.json"))));
    }

    double[] times() {
        return numbers(root.get("times_days"));
    }

    double[] series(String quantity) {
        return numbers(root.get("series").get(quantity).get("values"));
    }

    String unit(String quantity) {
        return root.get("series").get(quantity).get("unit").textValue();
    }

    /** The bits of every value of every series, so that equal means equal and not nearly so. */
    Map<String, long[]> bits() {
        Map<String, long[]> bits = new TreeMap<>();
        root.get("series")
                .fieldNames()
                .forEachRemaining(name -> bits.put(
                        name,
                        Arrays.stream(series(name))
                                .mapToLong(Double::doubleToRawLongBits)
                                .toArray()));
        return bits;
    }

    JsonNode provenance() {
        return root.get("provenance");
    }

    String requestHash() {
        return provenance().get("request_hash").textValue();
    }

    String stateHash() {
        return provenance().get("state_hash").textValue();
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
