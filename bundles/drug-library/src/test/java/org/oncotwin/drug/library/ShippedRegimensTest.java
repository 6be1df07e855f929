package org.oncotwin.drug.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.JsonCaseReader;

/** What stands in the regimen files, read as a case reads it, against the doses of labels and papers written down once more. */
@Tag("SR-1601")
class ShippedRegimensTest {

    private static final Path REGIMENS = Path.of("src", "main", "resources", "regimens");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static List<Path> files() {
        try (Stream<Path> paths = Files.list(REGIMENS)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    /** A case with all files as its own, so that it needs no framework. */
    private Case read(String regimen, int cycles) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("case", "regimen");
        root.putObject("initial").put("volume", "10 cm3");
        root.putObject("growth")
                .put("model", "logistic")
                .putObject("parameters")
                .put("proliferation", "0.02 /d")
                .put("carrying_capacity", "100 cm3");
        addLibrary(root);
        ObjectNode treatment = root.putArray("treatments").addObject();
        treatment.put("regimen", regimen).put("start_day", 7).put("cycles", cycles);
        if (regimen.equals("stupp")) {
            treatment
                    .putObject("courses")
                    .putObject("radiation-lq")
                    .putObject("parameters")
                    .put("alpha", "0.03 /Gy");
        } else if (regimen.endsWith("-daily")) {
            treatment
                    .putObject("courses")
                    .putObject(regimen.replace("-daily", ""))
                    .putObject("parameters")
                    .put("proliferation", "0.02 /d");
        }
        return read(root.put("horizon", "100 d").put("output", "1 d"));
    }

    private static void addLibrary(ObjectNode root) {
        ArrayNode drugs = root.putArray("drugs");
        DrugFile.all().forEach(drug -> drugs.addObject()
                .put("file", DrugFile.path(drug.name()).toString()));
        ArrayNode regimens = root.putArray("regimens");
        files().forEach(file ->
                regimens.addObject().put("file", file.toAbsolutePath().toString()));
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Case read(ObjectNode root) throws IOException {
        Path file = Files.writeString(folder.resolve("case.json"), JSON.writeValueAsString(root));
        return new JsonCaseReader(new TreatmentCatalogue(), DrugFile.UNITS, null).read(file);
    }

    /** A course in one line: what, how much, how long, on which days, how often, when. */
    private static String shown(CourseChoice course) {
        Map<String, Double> numbers = course.inputs().numbers();
        Map<String, String> words = course.inputs().choices();
        String dose = Stream.of(
                        "dose_per_area", "dose_per_weight", "flat_dose", "target_auc", "dose", "dose_per_fraction")
                .filter(numbers::containsKey)
                .map(key -> key + " " + numbers.get(key))
                .collect(Collectors.joining(" and "));
        String days = Stream.of("schedule", "days")
                .filter(words::containsKey)
                .map(words::get)
                .findFirst()
                .orElseGet(() -> "every " + numbers.getOrDefault("interval", numbers.get("dose_interval")) + " d");
        String times = Stream.of("cycles", "doses", "days", "fractions")
                .filter(numbers::containsKey)
                .map(key -> numbers.get(key).intValue() + " " + key)
                .collect(Collectors.joining(" and "));
        return words.getOrDefault("drug", course.modality().id()) + " " + dose + " in "
                + numbers.getOrDefault("infusion_time", 0.0) + " h, " + days + ", " + times
                + Stream.of("route", "phase")
                        .map(key -> words.getOrDefault(key, "none"))
                        .filter(word -> !word.equals("none") && !word.equals("intravenous"))
                        .map(word -> ", " + word)
                        .collect(Collectors.joining())
                + ", from " + (course.start().milliseconds() / 3_600_000.0 - 168) + " h";
    }

    /** Three cycles of each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("doses")
    void dosesAreThoseOfLabelsAndPapers(String regimen, List<String> courses) throws IOException {
        assertThat(read(regimen, 3).request().courses())
                .extracting(ShippedRegimensTest::shown)
                .containsExactlyElementsOf(courses);
    }

    static Stream<Arguments> doses() {
        return Stream.of(
                regimen(
                        "mfolfox6",
                        "oxaliplatin dose_per_area 85.0 in 2.0 h, every-2-weeks, 3 cycles, from 0.0 h",
                        "fluorouracil dose_per_area 400.0 in 0.05 h, every-2-weeks, 3 cycles, from 2.0 h",
                        "fluorouracil dose_per_area 2400.0 in 46.0 h, every-2-weeks, 3 cycles, from 2.0 h"),
                regimen(
                        "folfox6",
                        "oxaliplatin dose_per_area 100.0 in 2.0 h, every-2-weeks, 3 cycles, from 0.0 h",
                        "fluorouracil dose_per_area 400.0 in 0.05 h, every-2-weeks, 3 cycles, from 2.0 h",
                        "fluorouracil dose_per_area 2400.0 in 46.0 h, every-2-weeks, 3 cycles, from 2.0 h"),
                regimen(
                        "stupp",
                        "radiation-lq dose_per_fraction 2.0 in 0.0 h, weekdays, 30 fractions, from 0.0 h",
                        "temozolomide dose_per_area 75.0 in 0.0 h, daily, 42 cycles, oral, concomitant, from 0.0 h",
                        "temozolomide dose_per_area 150.0 in 0.0 h, days-1-5-of-28, 1 cycles, oral, maintenance, from 1680.0 h",
                        "temozolomide dose_per_area 200.0 in 0.0 h, days-1-5-of-28, 2 cycles, oral, maintenance, from 2352.0 h"),
                regimen(
                        "carboplatin-auc5-paclitaxel",
                        "paclitaxel dose_per_area 175.0 in 3.0 h, every-3-weeks, 3 cycles, from 0.0 h",
                        "carboplatin target_auc 5.0 in 0.5 h, every-3-weeks, 3 cycles, from 3.0 h"),
                regimen(
                        "carboplatin-auc6-paclitaxel",
                        "paclitaxel dose_per_area 175.0 in 3.0 h, every-3-weeks, 3 cycles, from 0.0 h",
                        "carboplatin target_auc 6.0 in 0.5 h, every-3-weeks, 3 cycles, from 3.0 h"),
                regimen("paclitaxel-weekly", "paclitaxel dose_per_area 80.0 in 1.0 h, weekly, 3 cycles, from 0.0 h"),
                regimen(
                        "docetaxel-3-weekly",
                        "docetaxel dose_per_area 75.0 in 1.0 h, every-3-weeks, 3 cycles, from 0.0 h"),
                regimen(
                        "cisplatin-3-weekly",
                        "cisplatin dose_per_area 75.0 in 2.0 h, every-3-weeks, 3 cycles, from 0.0 h"),
                regimen(
                        "pembrolizumab-3-weekly",
                        "pembrolizumab flat_dose 200.0 in 0.5 h, every 21.0 d, 3 doses, from 0.0 h"),
                regimen(
                        "pembrolizumab-6-weekly",
                        "pembrolizumab flat_dose 400.0 in 0.5 h, every 42.0 d, 3 doses, from 0.0 h"),
                regimen("nivolumab-2-weekly", "nivolumab flat_dose 240.0 in 0.5 h, every 14.0 d, 3 doses, from 0.0 h"),
                regimen("nivolumab-4-weekly", "nivolumab flat_dose 480.0 in 0.5 h, every 28.0 d, 3 doses, from 0.0 h"),
                regimen(
                        "nivolumab-ipilimumab",
                        "nivolumab dose_per_weight 1.0 in 0.5 h, every 21.0 d, 4 doses, from 0.0 h",
                        "ipilimumab dose_per_weight 3.0 in 1.5 h, every 21.0 d, 4 doses, from 0.5 h",
                        "nivolumab flat_dose 240.0 in 0.5 h, every 14.0 d, 3 doses, from 2016.0 h"),
                regimen(
                        "nivolumab-ipilimumab-renal",
                        "nivolumab dose_per_weight 3.0 in 0.5 h, every 21.0 d, 4 doses, from 0.0 h",
                        "ipilimumab dose_per_weight 1.0 in 0.5 h, every 21.0 d, 4 doses, from 0.5 h",
                        "nivolumab dose_per_weight 3.0 in 0.5 h, every 14.0 d, 3 doses, from 2016.0 h"),
                regimen("erlotinib-daily", "erlotinib dose 150.0 in 0.0 h, every 1.0 d, 84 days, oral, from 0.0 h"),
                regimen("osimertinib-daily", "osimertinib dose 80.0 in 0.0 h, every 1.0 d, 84 days, oral, from 0.0 h"));
    }

    private static Arguments regimen(String id, String... courses) {
        return Arguments.of(id, List.of(courses));
    }

    @Test
    void everyRegimenIsInTheTableAndUnderItsName() {
        assertThat(doses().map(one -> one.get()[0]))
                .containsExactlyInAnyOrderElementsOf(
                        files().stream().<Object>map(ShippedRegimensTest::id).toList());
        Set<String> names = new HashSet<>();
        for (Path file : files()) {
            JsonNode root = json(file);
            assertThat(root.path("regimen").asText()).isEqualTo(id(file));
            assertThat(names.add(id(file))).as(id(file)).isTrue();
            root.path("synonyms")
                    .forEach(word -> assertThat(names.add(word.asText())).isTrue());
        }
    }

    @Test
    void temozolomideOfTheFirstCycleAfterRadiationIsLowerAndWithoutCyclesThereIsNone() throws IOException {
        assertThat(read("stupp", 6).request().courses())
                .extracting(course -> course.inputs().numbers().getOrDefault("dose_per_area", 0.0) + " x "
                        + course.inputs().numbers().getOrDefault("cycles", 0.0))
                .containsExactly("0.0 x 0.0", "75.0 x 42.0", "150.0 x 1.0", "200.0 x 5.0");
        assertThat(read("stupp", 1).request().courses()).hasSize(3);
        assertThat(read("stupp", 0).request().courses()).hasSize(2);
    }

    /** The example of the documentation, once by its courses and once by the name of the regimen: but for the file of the regimen, the requests are equal, and so are all bits that follow from them. */
    @Test
    void regimenIsTheSameAsItsCourses() throws IOException {
        ObjectNode byCourses =
                (ObjectNode) json(Path.of("..", "..", "docs", "examples", "combinations", "08-logistic-folfox.json"));
        byCourses.remove(List.of("pharmacokinetics", "toxicities"));
        addLibrary(byCourses);
        ObjectNode byName = byCourses.deepCopy();
        ObjectNode regimen = byName.putArray("treatments").addObject();
        regimen.put("regimen", "mFOLFOX6").put("start_day", 7).put("cycles", 8);
        ObjectNode courses = regimen.putObject("courses");
        for (int i = 0; i < 2; i++) {
            JsonNode listed = byCourses.get("treatments").get(i);
            courses.putObject(listed.get("drug").asText()).set("parameters", listed.get("parameters"));
        }
        SimulationRequest listed = read(byCourses).request();
        SimulationRequest named = read(byName).request();
        assertThat(named.courses()).hasSize(3).isEqualTo(listed.courses());
        assertThat(named)
                .usingRecursiveComparison()
                .ignoringFields("inputHashes")
                .isEqualTo(listed);
        assertThat(named.inputHashes()).containsAllEntriesOf(listed.inputHashes());
        assertThat(read(byName).warnings())
                .singleElement()
                .asString()
                .startsWith("regimen mfolfox6: Folinic acid is left out");
    }
}
