package org.oncotwin.treatment.pbpk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;

/** Sections of drug files for tests: typical values in the units of the model. */
final class DrugFile {

    private DrugFile() {}

    /** The pbpk section of a file of the drug library. */
    static Parameters library(String drug) throws IOException {
        return parameters(new ObjectMapper()
                .readTree(Path.of(
                                "..",
                                "..",
                                "bundles",
                                "drug-library",
                                "src",
                                "main",
                                "resources",
                                "drugs",
                                drug + ".json")
                        .toFile())
                .path("sections")
                .path("pbpk"));
    }

    /** A section. */
    static Parameters parameters(JsonNode section) {
        SortedMap<String, Double> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> parameter : section.path("parameters").properties()) {
            String[] value = parameter.getValue().path("value").asText().split(" ");
            ParameterDescription description = new PbpkModel()
                    .description().drugParameters().stream()
                            .filter(known -> known.name().equals(parameter.getKey()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(parameter.getKey() + " is not known"));
            String unit = value.length > 1 ? value[1] : "1";
            if (!unit.equals(description.unit())) {
                throw new AssertionError(parameter.getKey() + " in " + unit + ", not " + description.unit());
            }
            values.put(parameter.getKey(), Double.parseDouble(value[0]));
        }
        return Parameters.resolve(new PbpkModel().description().drugParameters(), values);
    }
}
