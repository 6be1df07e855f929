package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.units.MeasuredValue;

/** Drugs come from files with sources, of the library or of the case; whatever is wrong with one is said with its place. */
@Tag("SR-1601")
class DrugsTest {

    private static final String DRUG = """
            { "drug": "our-drug", "title": "Our drug", "synonyms": ["OD-1"],
              "sections": { "compartments": {
                  "basis": "total drug in plasma", "limitations": ["Adults only."],
                  "parameters": { "volume": { "value": "20 cm3", "variability": 0.3, "source": "Doe 2024, table 2",
                      "covariates": [ { "covariate": "weight", "reference": "70 kg", "exponent": 0.75 },
                                      { "marker": "sex", "factors": { "female": 0.85, "male": 1 } } ] } } } },
              "dose_rules": [ { "rule": "halt", "when": [ { "quantity": "neutrophils", "below": 0.5 }, { "quantity": "grade.vomiting", "least": 3 } ],
                                "advice": "stop", "text": "Stop.", "source": "label 2" } ] }
            """;

    private static final String CASE = """
            { "case": "drug-001",
              "drugs": [ { "file": "our-drug.json" } ],
              "initial": { "day": 0, "volume": "10 cm3" },
              "growth": { "model": "logistic", "parameters": { "proliferation": "0.05 /d", "carrying_capacity": "100 cm3" } },
              "treatments": [ { "modality": "chemotherapy", "start_day": 1, "drug": "our-drug" } ],
              "pharmacokinetics": { "model": "compartments", "parameters": { "clearance_factor": 2 } },
              "toxicities": [ { "model": "blood" } ],
              "horizon": "10 d", "output": "1 d" }
            """;

    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void write() throws IOException {
        cases = new CaseFolder(folder);
        Files.writeString(folder.resolve("our-drug.json"), DRUG);
    }

    private void library(String... ids) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        Path shelf = Files.createDirectories(folder.resolve("shelf"));
        for (String id : ids) {
            files.put(
                    id,
                    Files.writeString(
                            shelf.resolve(id + ".json"),
                            DRUG.replace("our-drug", id).replace("OD-1", "SYN-" + id)));
        }
        cases.reader.bindDrugLibrary(LibrariesForTests.drugs(files));
    }

    @Test
    void drugOfTheCaseIsReadToTheLastWord() throws IOException {
        Case read = cases.read(CASE);
        SimulationRequest request = read.request();
        assertThat(request.courses().get(0).inputs().choice("drug")).isEqualTo("our-drug");
        assertThat(request.courses().get(0).inputs().choice("phase")).isEqualTo("none");
        assertThat(request.pharmacology().pharmacokinetics())
                .contains(new ModelChoice(
                        PluginChoice.of("compartments"), new TreeMap<>(Map.of("clearance_factor", 2.0))));
        assertThat(request.pharmacology().toxicities())
                .containsExactly(new ModelChoice(PluginChoice.of("blood"), new TreeMap<>()));
        Drug drug = request.pharmacology().drugs().get("our-drug");
        assertThat(drug.synonyms()).containsExactly("OD-1");
        DrugParameter volume = drug.section("compartments").parameters().get("volume");
        assertThat(volume.typical()).isEqualTo(new MeasuredValue(20, "cm3"));
        assertThat(volume.variability()).isEqualTo(0.3);
        assertThat(volume.source()).isEqualTo("Doe 2024, table 2");
        assertThat(volume.effects())
                .containsExactly(
                        new CovariateEffect.Power(Covariate.WEIGHT, 70, 0.75),
                        new CovariateEffect.Category("sex", new TreeMap<>(Map.of("female", 0.85, "male", 1.0))));
        assertThat(drug.doseRules()).hasSize(1);
        DoseRule rule = drug.doseRules().get(0);
        assertThat(rule.advice()).isEqualTo(DoseAdvice.STOP);
        assertThat(rule.conditions())
                .containsExactly(
                        new DoseRule.Condition("neutrophils", Double.NEGATIVE_INFINITY, 0.5, "1"),
                        new DoseRule.Condition("grade.vomiting", 3, Double.POSITIVE_INFINITY, "1"));
        assertThat(request.inputHashes()).containsOnlyKeys("our-drug.json");
    }

    @Test
    void drugOfTheLibraryIsAnInputOfTheCaseAndIsKeptWithIt() throws IOException {
        library("aspirin", "cisplatin");
        Case read = cases.read(CASE.replace("\"drug\": \"our-drug\"", "\"drug\": \"SYN-cisplatin\""));
        assertThat(read.request().pharmacology().drugs()).containsOnlyKeys("cisplatin");
        assertThat(read.inputs())
                .extracting(InputFile::name)
                .containsExactly("drug-library/cisplatin.json", "our-drug.json");
        // What was kept is read again, whatever has become of the library since.
        Path kept = Files.copy(folder.resolve("shelf/cisplatin.json"), folder.resolve("kept.json"));
        Files.writeString(
                folder.resolve("shelf/cisplatin.json"), Files.readString(kept).replace("20 cm3", "30 cm3"));
        Path again = cases.write(CASE.replace("\"drug\": \"our-drug\"", "\"drug\": \"cisplatin\""));
        Map<String, Path> inputs =
                Map.of("drug-library/cisplatin.json", kept, "our-drug.json", folder.resolve("our-drug.json"));
        assertThat(cases.reader.read(again, inputs).request().pharmacology().drugs())
                .isEqualTo(read.request().pharmacology().drugs());
        assertThat(cases.reader.read(again).request().pharmacology().drugs())
                .isNotEqualTo(read.request().pharmacology().drugs());
    }

    @Test
    void unknownDrugIsAnErrorThatListsWhatIsKnown() throws IOException {
        library("aspirin", "cisplatin");
        assertThatThrownBy(() -> cases.read(CASE.replace("\"drug\": \"our-drug\"", "\"drug\": \"cisplatine\"")))
                .hasMessageContaining(
                        "treatments[0].drug: no drug 'cisplatine' in the library or in the case's own drugs; "
                                + "did you mean 'cisplatin'? known are our-drug, aspirin, cisplatin");
        assertThatThrownBy(() -> cases.read(CASE.replace("\"drug\": \"our-drug\"", "\"drug\": \"../../secret\"")))
                .hasMessageContaining("no drug '../../secret'");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "20 cm3 | 20 zz | sections.compartments.parameters.volume.value",
                "\"source\": \"Doe 2024, table 2\" | \"page\": 3 | sections.compartments.parameters.volume.source: missing",
                "\"weight\" | \"wieght\" | covariate: 'wieght' is not allowed; did you mean 'weight'?",
                "70 kg | 70 d | does not convert",
                "\"exponent\": 0.75 | \"exponent\": NaN | exponent: NaN is not allowed",
                "\"advice\": \"stop\" | \"advice\": \"wait\" | known are continue, reduce, hold, stop",
                "\"below\": 0.5 | \"under\": 0.5 | when[0].under: unknown key",
                "\"variability\": 0.3 | \"variability\": -1 | variability: -1 is not allowed",
                "\"drug\": \"our-drug\" | \"drug\": \"Our Drug\" | lower-case words joined by hyphens",
                "\"title\" | \"titel\" | title: missing"
            })
    void whatIsWrongWithADrugFileIsSaidWithItsPlace(String from, String to, String message) throws IOException {
        assertThat(DRUG).contains(from);
        Files.writeString(folder.resolve("our-drug.json"), DRUG.replace(from, to));
        assertThatThrownBy(() -> cases.read(CASE))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("drugs[0].file")
                .hasMessageContaining(message);
    }

    @Test
    void sameDrugInTwoFilesIsRefused() throws IOException {
        Files.writeString(folder.resolve("twin.json"), DRUG);
        assertThatThrownBy(() -> cases.read(CASE.replace(
                        "{ \"file\": \"our-drug.json\" }",
                        "{ \"file\": \"our-drug.json\" }, { \"file\": \"twin.json\" }")))
                .hasMessageContaining("drugs[1].file: 'our-drug' stands in two files of the case");
    }

    @Test
    void unknownModelsAreErrorsThatListWhatIsKnown() {
        assertThatThrownBy(() -> cases.read(CASE.replace("\"model\": \"blood\"", "\"model\": \"bone\"")))
                .hasMessageContaining("toxicities[0].model: no toxicity model 'bone'")
                .hasMessageContaining("known are blood");
        assertThatThrownBy(() -> cases.read(CASE.replace("\"compartments\", \"par", "\"pbpk\", \"par")))
                .hasMessageContaining("pharmacokinetics.model: no pharmacokinetic model 'pbpk'")
                .hasMessageContaining("known are compartments");
        assertThatThrownBy(() -> cases.read(CASE.replace("clearance_factor", "clearance")))
                .hasMessageContaining("pharmacokinetics.parameters.clearance: unknown parameter");
    }
}
