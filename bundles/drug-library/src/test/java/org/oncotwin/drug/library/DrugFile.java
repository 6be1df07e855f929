package org.oncotwin.drug.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.units.UcumUnitConverter;

/** Reads a drug file, as far as these tests need it. */
record DrugFile(String name, JsonNode root) {

    static final UcumUnitConverter UNITS = new UcumUnitConverter();

    static DrugFile of(String name) {
        return read(path(name));
    }

    static Path path(String name) {
        return Path.of("src", "main", "resources", "drugs", name + ".json").toAbsolutePath();
    }

    static DrugFile read(Path path) {
        try {
            String file = path.getFileName().toString();
            return new DrugFile(
                    file.substring(0, file.length() - ".json".length()), new ObjectMapper().readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<DrugFile> all() {
        try (Stream<Path> paths = Files.list(Path.of("src", "main", "resources", "drugs"))) {
            return paths.sorted().map(DrugFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Drug drug() {
        SortedMap<String, DrugSection> sections = new TreeMap<>();
        root.path("sections").properties().forEach(entry -> sections.put(entry.getKey(), section(entry.getValue())));
        return new Drug(
                root.path("drug").asText(),
                root.path("title").asText(),
                texts(root.path("synonyms")),
                sections,
                List.of());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static DrugSection section(JsonNode node) {
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        node.path("parameters")
                .properties()
                .forEach(entry -> parameters.put(entry.getKey(), parameter(entry.getValue())));
        return new DrugSection(node.path("basis").asText(), parameters, texts(node.path("limitations")));
    }

    private static DrugParameter parameter(JsonNode node) {
        List<CovariateEffect> effects = new ArrayList<>();
        node.path("covariates").forEach(effect -> effects.add(effect(effect)));
        MeasuredValue value = UNITS.parse(node.path("value").asText());
        return new DrugParameter(
                value,
                effects,
                node.path("variability").asDouble(0),
                node.path("source").asText());
    }

    private static CovariateEffect effect(JsonNode node) {
        if (node.has("marker")) {
            SortedMap<String, Double> factors = new TreeMap<>();
            node.path("factors")
                    .properties()
                    .forEach(e -> factors.put(e.getKey(), e.getValue().asDouble()));
            return new CovariateEffect.Category(node.path("marker").asText(), factors);
        }
        Covariate covariate = Stream.of(Covariate.values())
                .filter(c -> c.key().equals(node.path("covariate").asText()))
                .findFirst()
                .orElseThrow();
        double reference = UNITS.convert(UNITS.parse(node.path("reference").asText()), covariate.unit());
        return new CovariateEffect.Power(
                covariate, reference, node.path("exponent").asDouble());
    }
}
