package org.oncotwin.sdk.conformance;

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

/** Drug files as tests of a plugin see them without a running system: typical values in the units of the file, without what covariates do, and without the rules of the label. */
public final class TypicalDrug {

    private TypicalDrug() {}

    /**
     * Reads a drug file that is known to be right; a case reader says what is wrong with one.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static Drug read(Path file) {
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            SortedMap<String, DrugSection> sections = new TreeMap<>();
            root.required("sections")
                    .properties()
                    .forEach(section -> sections.put(section.getKey(), section(section.getValue())));
            return new Drug(
                    root.required("drug").asText(), root.required("title").asText(), List.of(), sections, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DrugSection section(JsonNode node) {
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        node.required("parameters").properties().forEach(parameter -> {
            String[] words = parameter.getValue().required("value").asText().split(" ", 2);
            MeasuredValue typical = new MeasuredValue(Double.parseDouble(words[0]), words.length == 1 ? "1" : words[1]);
            String source = parameter.getValue().required("source").asText();
            parameters.put(parameter.getKey(), new DrugParameter(typical, List.of(), 0, source));
        });
        return new DrugSection(node.required("basis").asText(), parameters, List.of());
    }

    /** A number of a section in the unit of the file, but for numbers per hour, which come per day. */
    public static double perDay(Drug drug, String section, String name) {
        MeasuredValue value = drug.section(section).parameters().get(name).typical();
        return value.unit().endsWith("/h") ? 24 * value.value() : value.value();
    }
}
