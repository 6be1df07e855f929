package org.oncotwin.drug.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.treatment.compartments.CompartmentModel;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class ShippedDrugsTest {

    @Test
    void filesOfTheBundleLieInItsDataArea(@TempDir Path area) throws IOException {
        ShippedDrugs library = new ShippedDrugs(context(area));
        assertThat(library.title()).isNotBlank();
        assertThat(library.files())
                .containsOnlyKeys(DrugFile.all().stream().map(DrugFile::name).toList());
        for (var entry : library.files().entrySet()) {
            assertThat(entry.getValue())
                    .startsWith(area)
                    .hasSameBinaryContentAs(Path.of("src", "main", "resources", "drugs", entry.getKey() + ".json"));
        }
        try (Stream<Path> laidOut = Files.list(area.resolve("drugs"))) {
            assertThat(laidOut)
                    .as("nothing is left beside them")
                    .hasSameSizeAs(library.files().keySet());
        }
    }

    @Test
    void regimensLieInItsDataArea(@TempDir Path area) {
        ShippedRegimens library = new ShippedRegimens(context(area));
        assertThat(library.title()).isNotBlank();
        assertThat(library.files()).containsKeys("mfolfox6", "stupp");
        library.files().forEach((id, file) -> assertThat(file)
                .startsWith(area)
                .hasSameBinaryContentAs(Path.of("src", "main", "resources", "regimens", id + ".json")));
    }

    @Test
    void olderFilesAreReplaced(@TempDir Path area) throws IOException {
        Files.createDirectories(area.resolve("drugs"));
        Files.writeString(area.resolve("drugs").resolve("cisplatin.json"), "half a fi");
        assertThat(new ShippedDrugs(context(area)).files().get("cisplatin"))
                .hasSameBinaryContentAs(Path.of("src", "main", "resources", "drugs", "cisplatin.json"));
    }

    @Test
    void aFrameworkWithoutPlaceForFilesIsAnError() {
        assertThatThrownBy(() -> new ShippedDrugs(context(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no place");
    }

    @Test
    void theDrugsOfTheChapterAreThere() {
        assertThat(DrugFile.all().stream().map(DrugFile::name))
                .contains(
                        "cisplatin",
                        "carboplatin",
                        "paclitaxel",
                        "docetaxel",
                        "doxorubicin",
                        "temozolomide",
                        "fluorouracil",
                        "oxaliplatin");
    }

    @Test
    void everyNumberHasASourceAndASectionItsBasis() {
        for (DrugFile file : DrugFile.all()) {
            assertThat(file.drug().id()).isEqualTo(file.name());
            file.drug().sections().forEach((name, section) -> {
                assertThat(section.basis()).as("%s.%s", file.name(), name).isNotBlank();
                section.parameters().forEach((number, parameter) -> assertThat(parameter.source())
                        .as("source of %s.%s.%s", file.name(), name, number)
                        .isNotBlank());
            });
        }
    }

    @Test
    void everyCompartmentNumberIsOneThatTheModelTakesWithinItsRange() {
        List<ParameterDescription> known = new CompartmentModel().description().drugParameters();
        for (DrugFile file : DrugFile.all()) {
            if (!file.drug().sections().containsKey("compartments")) {
                continue;
            }
            file.drug().section("compartments").parameters().forEach((name, parameter) -> {
                ParameterDescription description = known.stream()
                        .filter(d -> d.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(file.name() + ": unknown number " + name));
                assertThat(value(parameter, description))
                        .as("%s.%s", file.name(), name)
                        .isBetween(description.minimum(), description.maximum());
            });
        }
    }

    private static double value(DrugParameter parameter, ParameterDescription description) {
        return DrugFile.UNITS.convert(parameter.typical(), description.unit());
    }

    @Test
    void noNameMeansTwoDrugs() {
        Set<String> names = new HashSet<>();
        for (DrugFile file : DrugFile.all()) {
            assertThat(names.add(file.name())).as(file.name()).isTrue();
            file.drug().synonyms().forEach(synonym -> assertThat(names.add(synonym))
                    .as(synonym)
                    .isTrue());
        }
    }

    @Test
    void rulesAreCompleteAndTheirLimitsAreQuantities() {
        for (DrugFile file : DrugFile.all()) {
            Set<String> ids = new HashSet<>();
            for (JsonNode rule : file.root().path("dose_rules")) {
                assertThat(ids.add(rule.path("rule").asText())).isTrue();
                assertThat(Stream.of(DoseAdvice.values()).map(DoseAdvice::word))
                        .contains(rule.path("advice").asText());
                assertThat(rule.path("text").asText()).isNotBlank();
                assertThat(rule.path("source").asText()).isNotBlank();
                assertThat(rule.path("when")).isNotEmpty();
                for (JsonNode condition : rule.path("when")) {
                    assertThat(condition.has("least") || condition.has("below")).isTrue();
                    for (String limit : List.of("least", "below")) {
                        if (condition.path(limit).isTextual()) {
                            assertThat(DrugFile.UNITS.convert(
                                            DrugFile.UNITS.parse(
                                                    condition.path(limit).asText()),
                                            "10*9/L"))
                                    .isPositive();
                        }
                    }
                }
            }
        }
    }

    /** The table of the label: Temodar (temozolomide), section 2. */
    @Test
    void temozolomideHasTheRulesOfItsLabel() {
        JsonNode rules = DrugFile.of("temozolomide").root().path("dose_rules");
        assertThat(rules).hasSize(5);
        JsonNode stop = rules.get(0);
        assertThat(stop.path("phase").asText()).isEqualTo("concomitant");
        assertThat(stop.path("advice").asText()).isEqualTo("stop");
        assertThat(stop.path("when").get(0).path("below").asText()).isEqualTo("0.5 10*9/L");
        assertThat(stop.path("when").get(1).path("below").asText()).isEqualTo("10 10*9/L");
        assertThat(stop.path("when").get(2).path("least").asInt()).isEqualTo(3);
    }

    /** A context that has files of the source tree as entries of its bundle. */
    private static BundleContext context(Path area) {
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("findEntries");
                    try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", (String) arguments[0]))) {
                        return Collections.enumeration(
                                files.sorted().map(ShippedDrugsTest::url).toList());
                    }
                });
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getDataFile" ->
                        area == null
                                ? null
                                : area.resolve((String) arguments[0]).toFile();
                    case "getBundle" -> bundle;
                    default -> throw new AssertionError(method.getName());
                });
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
