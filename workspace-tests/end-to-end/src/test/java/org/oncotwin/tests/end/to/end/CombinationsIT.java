package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Combinations of growth models and drugs, from the case files of docs/examples/combinations. */
@Tag("SR-1608")
class CombinationsIT {

    private static final Path CASES = Path.of("..", "..", "docs", "examples", "combinations");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<String> combinations() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThanOrEqualTo(20);
            return names;
        }
    }

    private ObjectNode combination(String name) throws IOException {
        return (ObjectNode) JSON.readTree(CASES.resolve(name).toFile());
    }

    private OncoTwin.Outcome run(ObjectNode source, String out) throws Exception {
        Files.writeString(folder.resolve(out + ".json"), JSON.writeValueAsString(source));
        try (DirectoryStream<Path> images = Files.newDirectoryStream(CASES, "*.nii.gz")) {
            for (Path image : images) {
                Files.copy(image, folder.resolve(image.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return OncoTwin.forShortCommands().run(folder, "run", out + ".json", "--out", out);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }

    private double burden(ObjectNode source, String out) throws Exception {
        run(source, out).succeeds();
        return last(Result.in(folder.resolve(out)).series("tumour.burden"));
    }

    /** Each runs, its tumour stays finite and within the capacity, and it is smaller than without treatment. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void combinationRunsAndTreats(String name) throws Exception {
        ObjectNode source = combination(name);
        run(source, "treated").succeeds();
        Result treated = Result.in(folder.resolve("treated"));
        double[] volumes = treated.series("tumour.volume");
        assertThat(DoubleStream.of(volumes).boxed().toList())
                .allSatisfy(volume -> assertThat(volume).isBetween(0.0, 4189.0));
        assertThat(folder.resolve("treated/report.html")).content().contains("Curves over time");
        if (!source.get("treatments").isEmpty()) {
            source.remove(List.of("pharmacokinetics", "toxicities"));
            source.putArray("treatments");
            run(source, "untreated").succeeds();
            Result untreated = Result.in(folder.resolve("untreated"));
            assertThat(last(treated.series("tumour.burden"))).isLessThan(last(untreated.series("tumour.burden")));
        }
    }

    private static ObjectNode treatment(ObjectNode source) {
        return (ObjectNode) source.get("treatments").get(0);
    }

    @Tag("SR-1605")
    @Test
    void doseOfZeroLeavesEveryBitAndMoreDoseKillsMore() throws Exception {
        ObjectNode source = combination("01-logistic-paclitaxel-3-weekly.json");
        ObjectNode untreated = source.deepCopy();
        untreated.remove(List.of("pharmacokinetics", "toxicities"));
        untreated.putArray("treatments");
        double without = burden(untreated, "without");
        treatment(source).put("dose_per_area", "0 mg/m2");
        assertThat(burden(source, "zero")).isEqualTo(without);
        treatment(source).put("dose_per_area", "100 mg/m2");
        double some = burden(source, "some");
        treatment(source).put("dose_per_area", "175 mg/m2");
        double more = burden(source, "more");
        assertThat(some).isLessThan(without);
        assertThat(more).isLessThan(some);
        treatment(source).put("schedule", "weekly");
        assertThat(burden(source, "weekly")).isNotEqualTo(more);
    }

    @Tag("SR-1605")
    @Test
    void wholeBodyAndCompartmentsAnswerTheSameQuestionDifferently() throws Exception {
        ObjectNode source = combination("09-gompertz-temozolomide-days-1-5-of-28.json");
        source.remove("toxicities");
        source.putObject("pharmacokinetics").put("model", "compartments");
        double compartments = burden(source, "compartments");
        source.putObject("pharmacokinetics").put("model", "pbpk");
        double wholeBody = burden(source, "pbpk");
        assertThat(wholeBody).isNotEqualTo(compartments);
        source.remove("pharmacokinetics");
        assertThat(burden(source, "preferred")).isIn(compartments, wholeBody);
    }

    @Tag("SR-1605")
    @Test
    void tumourWithoutTheMarkerIsUntouchedByATargetedDrug() throws Exception {
        ObjectNode source = combination("18-logistic-erlotinib.json");
        double altered = burden(source, "altered");
        ((ObjectNode) source.get("patient")).putObject("markers").put("EGFR", "wild-type");
        double wildType = burden(source, "wild-type");
        ObjectNode untreated = source.deepCopy();
        untreated.putArray("treatments");
        assertThat(wildType).isEqualTo(burden(untreated, "untreated"));
        assertThat(altered).isLessThan(wildType);
        ((ObjectNode) source.get("patient")).putObject("markers").put("EGFR", "T999X");
        OncoTwin.Outcome refused = run(source, "unknown").failsWith(2);
        assertThat(refused.problems()).singleElement().asString().contains("patient.markers.EGFR", "L858R");
    }

    @Tag("SR-1606")
    @Test
    void overdoseOfCisplatinIsGradedAndTheDrugStopped() throws Exception {
        ObjectNode source = combination("04-gompertz-cisplatin.json");
        treatment(source).put("dose_per_area", "10000 mg/m2");
        run(source, "overdose").succeeds();
        JsonNode result = JSON.readTree(folder.resolve("overdose/result.json").toFile());
        assertThat(result.findValues("grade").stream().mapToInt(JsonNode::intValue))
                .contains(4);
        assertThat(result.get("fired_rules").findValuesAsText("advice")).contains("stop");
        assertThat(folder.resolve("overdose/report.html"))
                .content()
                .contains("Creatinine increased", "STOP", "No more after a non-haematological toxicity of grade 4.");
    }

    /** The same trajectory, doses and reported facts to the last bit, whether the courses are listed or the regimen is named. */
    @Tag("SR-1601")
    @Test
    void regimenByItsNameIsTheSameAsItsCourses() throws Exception {
        ObjectNode listed = combination("08-logistic-folfox.json");
        ObjectNode named = listed.deepCopy();
        ObjectNode regimen = named.putArray("treatments").addObject();
        regimen.put("regimen", "mFOLFOX6").put("start_day", 7).put("cycles", 8);
        ObjectNode courses = regimen.putObject("courses");
        for (int i = 0; i < 2; i++) {
            JsonNode course = listed.get("treatments").get(i);
            courses.putObject(course.get("drug").asText()).set("parameters", course.get("parameters"));
        }
        run(listed, "listed").succeeds();
        run(named, "named").succeeds();
        JsonNode expected = JSON.readTree(folder.resolve("listed/result.json").toFile());
        JsonNode result = JSON.readTree(folder.resolve("named/result.json").toFile());
        for (String part : List.of("times_days", "series", "courses", "toxicities", "fired_rules")) {
            assertThat(result.get(part)).as(part).isEqualTo(expected.get(part));
        }
        assertThat(result.at("/provenance/state_hash")).isEqualTo(expected.at("/provenance/state_hash"));
        assertThat(result.get("limitations").toString()).contains("regimen mfolfox6: Folinic acid is left out");
        OncoTwin.forShortCommands().run(folder, "replay", "named").succeeds();

        regimen.put("regimen", "mFOLFOX7");
        assertThat(run(named, "unknown").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("treatments[0].regimen: no regimen 'mfolfox7'", "did you mean 'mfolfox6'?", "stupp");
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedInWordsBeforeAnythingRuns() throws Exception {
        ObjectNode ports = combination("12-microenvironment-pembrolizumab.json");
        ports.set("growth", combination("01-logistic-paclitaxel-3-weekly.json").get("growth"));
        assertThat(run(ports, "ports").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("treatments[0].modality", "immunotherapy", "[pd1-blockade]", "logistic", "does not honour");
        assertThat(folder.resolve("ports")).doesNotExist();

        // The model knows PD-1 and PD-L1, but not CTLA-4: the second antibody cannot be added to the first.
        ObjectNode target = combination("25-qsp-immuno-oncology-nivolumab.json");
        ObjectNode second = treatment(target).deepCopy();
        second.put("drug", "ipilimumab").put("interval", "21 d").put("doses", 4);
        ((ArrayNode) target.get("treatments")).add(second);
        assertThat(run(target, "target").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains(
                        "treatments[1].modality",
                        "immunotherapy",
                        "does not honour: [ctla4-blockade]",
                        "qsp-immuno-oncology");
        assertThat(folder.resolve("target")).doesNotExist();

        ObjectNode drug = combination("01-logistic-paclitaxel-3-weekly.json");
        treatment(drug).put("drug", "paclitaxle");
        assertThat(run(drug, "drug").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("treatments[0].drug: no drug 'paclitaxle'", "did you mean 'paclitaxel'?", "temozolomide");

        ObjectNode unit = combination("01-logistic-paclitaxel-3-weekly.json");
        treatment(unit).put("dose_per_area", "175 mg/kg");
        assertThat(run(unit, "unit").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("treatments[0].dose_per_area", "mg/m2");

        ObjectNode covariate = combination("04-gompertz-cisplatin.json");
        ((ObjectNode) covariate.get("patient")).remove(List.of("creatinine_clearance"));
        assertThat(run(covariate, "covariate").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("patient.creatinine_clearance: missing", "serum_creatinine");

        ObjectNode two = combination("01-logistic-paclitaxel-3-weekly.json");
        ((ArrayNode) two.get("toxicities")).addObject().put("model", "haematological");
        assertThat(run(two, "two").failsWith(2).problems())
                .singleElement()
                .asString()
                .contains("toxicities[1].model: 'haematological' stands there twice");
    }
}
