package org.oncotwin.treatment.targeted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.units.MeasuredValue;

/** The shipped drug files as this plugin sees them: typical values, without what covariates do. */
final class DrugFiles {

    private static final Path FOLDER =
            Path.of("..", "..", "bundles", "drug-library", "src", "main", "resources", "drugs");

    private DrugFiles() {}

    static Drug read(String id) {
        try {
            JsonNode file =
                    new ObjectMapper().readTree(FOLDER.resolve(id + ".json").toFile());
            SortedMap<String, DrugSection> sections = new TreeMap<>();
            file.get("sections").properties().forEach(e -> sections.put(e.getKey(), section(e.getValue())));
            return new Drug(file.get("drug").asText(), file.get("title").asText(), List.of(), sections, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DrugSection section(JsonNode node) {
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        node.get("parameters").properties().forEach(e -> {
            String[] words = e.getValue().get("value").asText().split(" ", 2);
            MeasuredValue typical = new MeasuredValue(Double.parseDouble(words[0]), words.length == 1 ? "1" : words[1]);
            parameters.put(
                    e.getKey(),
                    new DrugParameter(
                            typical, List.of(), 0, e.getValue().get("source").asText()));
        });
        return new DrugSection(node.get("basis").asText(), parameters, List.of());
    }

    /** A number of a section, in litres and days where the file has L, L/d or L/h. */
    static double number(Drug drug, String section, String name) {
        MeasuredValue value = drug.section(section).parameters().get(name).typical();
        return value.unit().endsWith("/h") ? 24 * value.value() : value.value();
    }
}
