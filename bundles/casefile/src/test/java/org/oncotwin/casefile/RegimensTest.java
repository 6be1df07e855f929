package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.SimulationRequest;

/** A regimen stands for its courses; whatever is wrong with its file, or with what a case adds to it, is said with its place. */
@Tag("SR-1601")
class RegimensTest {

    private static final String REGIMEN = """
            { "regimen": "our-regimen", "title": "Ours", "synonyms": ["ORG"], "use": "Tests.", "source": "Doe 2024",
              "limitations": ["Leaves out much."],
              "cycles": { "what": "cycles of 2 weeks", "length": "14 d", "usual": 4 },
              "courses": [
                { "modality": "radiation-lq", "inputs": { "fractions": { "per_cycle": 5 }, "dose_per_fraction": "200 cGy" } },
                { "modality": "radiation-lq", "start": "12 h", "first_cycle": 2, "last_cycle": 3,
                  "inputs": { "fractions": { "per_cycle": 1 }, "dose_per_fraction": "3 Gy", "days": "daily" } },
                { "modality": "chemotherapy", "drug": "our-drug", "start": "1 d", "inputs": { "phase": "first" } } ] }
            """;

    private static final String DRUG = """
            { "drug": "our-drug", "title": "Our drug", "sections": {} }
            """;

    private static final String NAMED = """
            { "regimen": "ORG", "start_day": 7, "cycles": 6,
              "courses": { "radiation-lq": { "parameters": { "alpha": "0.03 /Gy" } } } }""";

    private static final String LISTED = """
            { "modality": "radiation-lq", "start_day": 7, "fractions": 30, "dose_per_fraction": "2 Gy", "parameters": { "alpha": "0.03 /Gy" } },
            { "modality": "radiation-lq", "start_day": 21.5, "fractions": 2, "dose_per_fraction": "3 Gy", "days": "daily", "parameters": { "alpha": "0.03 /Gy" } },
            { "modality": "chemotherapy", "start_day": 8, "drug": "our-drug", "phase": "first" }""";

    private static final String CASE = """
            { "case": "regimen-001",
              "drugs": [ { "file": "our-drug.json" } ],
              "regimens": [ { "file": "our-regimen.json" } ],
              "initial": { "day": 0, "volume": "10 cm3" },
              "growth": { "model": "logistic", "parameters": { "proliferation": "0.05 /d", "carrying_capacity": "100 cm3" } },
              "treatments": [ TREATMENTS ],
              "horizon": "10 d", "output": "1 d" }
            """;

    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void write() throws IOException {
        cases = new CaseFolder(folder);
        Files.writeString(folder.resolve("our-drug.json"), DRUG);
        Files.writeString(folder.resolve("our-regimen.json"), REGIMEN);
    }

    private Case read(String treatments) throws IOException {
        return cases.read(CASE.replace("TREATMENTS", treatments));
    }

    private List<String> problems(String treatments) {
        return catchThrowableOfType(InvalidCaseException.class, () -> read(treatments)).problems().stream()
                .map(InvalidInputException::getMessage)
                .toList();
    }

    private SortedMap<String, Path> shelf(String... ids) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        Path shelf = Files.createDirectories(folder.resolve("shelf"));
        for (String id : ids) {
            files.put(
                    id,
                    Files.writeString(
                            shelf.resolve(id + ".json"),
                            REGIMEN.replace("our-regimen", id).replace("ORG", "SYN-" + id)));
        }
        return files;
    }

    @Test
    void regimenIsReadAsItsCourses() throws IOException {
        Case named = read(NAMED);
        SimulationRequest listed = read(LISTED).request();
        assertThat(named.request().courses()).hasSize(3).isEqualTo(listed.courses());
        assertThat(named.request().inputHashes()).containsOnlyKeys("our-drug.json", "our-regimen.json");
        assertThat(named.warnings()).containsExactly("regimen our-regimen: Leaves out much.");
        assertThat(named.document()).contains("\"regimen\" : \"our-regimen\"");
    }

    @Test
    void withoutCyclesTheUsualNumberAndWithNoneWhatIsGivenOnce() throws IOException {
        assertThat(read(NAMED.replace(", \"cycles\": 6", "")).request().courses())
                .isEqualTo(read(LISTED.replace(": 30", ": 20")).request().courses());
        assertThat(read(NAMED.replace("\"cycles\": 6", "\"cycles\": 1"))
                        .request()
                        .courses())
                .hasSize(2);
        assertThat(read(NAMED.replace("\"cycles\": 6", "\"cycles\": 0"))
                        .request()
                        .courses())
                .singleElement()
                .satisfies(course -> assertThat(course.modality().id()).isEqualTo("chemotherapy"));
        Files.writeString(folder.resolve("our-regimen.json"), REGIMEN.replace(", \"usual\": 4", ""));
        assertThatThrownBy(() -> read(NAMED.replace(", \"cycles\": 6", "")))
                .hasMessageContaining("treatments[0].cycles: missing; needed is a whole number: cycles of 2 weeks");
    }

    @Test
    void regimenOfTheLibraryIsAnInputOfTheCaseAndIsKeptWithIt() throws IOException {
        SortedMap<String, Path> files = shelf("folfox4", "mfolfox6");
        cases.reader.bindRegimenLibrary(LibrariesForTests.regimens(files));
        String treatments = NAMED.replace("ORG", "mFOLFOX6");
        Case read = read(treatments);
        assertThat(read.request().courses()).isEqualTo(read(NAMED).request().courses());
        assertThat(read.inputs())
                .extracting(InputFile::name)
                .containsExactly("our-drug.json", "our-regimen.json", "regimen-library/mfolfox6.json");
        // What was kept is read again, whatever has become of the library since.
        Path kept = Files.copy(files.get("mfolfox6"), folder.resolve("kept.json"));
        Files.writeString(files.get("mfolfox6"), Files.readString(kept).replace("200 cGy", "100 cGy"));
        Map<String, Path> inputs = Map.of(
                "regimen-library/mfolfox6.json",
                kept,
                "our-drug.json",
                folder.resolve("our-drug.json"),
                "our-regimen.json",
                folder.resolve("our-regimen.json"));
        Path again = cases.write(read.document());
        assertThat(cases.reader.read(again, inputs).request().courses())
                .isEqualTo(read.request().courses());
        assertThat(cases.reader.read(again).request().courses())
                .isNotEqualTo(read.request().courses());
    }

    @Test
    void unknownRegimenIsAnErrorThatListsWhatIsKnown() throws IOException {
        cases.reader.bindRegimenLibrary(LibrariesForTests.regimens(shelf("folfox4", "mfolfox6")));
        assertThatThrownBy(() -> read(NAMED.replace("ORG", "mFOLFOX7")))
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining(
                        "treatments[0].regimen: no regimen 'mfolfox7' in the library or in the case's own regimens; "
                                + "did you mean 'mfolfox6'? known are our-regimen, folfox4, mfolfox6");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"start_day\": 7, | | treatments[0].start_day: missing",
                "\"start_day\": 7 | \"start_day\": -1 | treatments[0].start_day: -1 is not allowed",
                "\"cycles\": 6 | \"cycles\": -1 | treatments[0].cycles: -1 is not allowed; needed is a whole number of cycles, 0 to 1000",
                "\"cycles\": 6 | \"cycles\": 1.5 | treatments[0].cycles: 1.5 is not allowed",
                "\"cycles\": 6 | \"cycels\": 6 | treatments[0].cycels: unknown key; did you mean 'cycles'?",
                "\"cycles\": 6 | \"drug\": 6 | treatments[0].drug: unknown key; known are regimen, start_day, cycles, courses",
                "0.03 /Gy | 0.03 Gy | treatments[0].courses.radiation-lq.parameters.alpha",
                "\"alpha\" | \"alfa\" | treatments[0].courses.radiation-lq.parameters.alpha: missing",
                "\"radiation-lq\" | \"radiation\" | treatments[0].courses.radiation: no course of our-regimen; did you mean 'radiation-lq'? known are radiation-lq, our-drug",
                "\"parameters\" | \"dose_per_fraction\": \"1 Gy\", \"parameters\" | treatments[0].courses.radiation-lq.dose_per_fraction: is not allowed here, the regimen our-regimen gives it (200 cGy)",
                "\"parameters\" | \"start_day\": 1, \"parameters\" | treatments[0].courses.radiation-lq.start_day: is not allowed here",
                "\"parameters\" | \"boost\": 1, \"parameters\" | treatments[0].courses.radiation-lq.boost: unknown key"
            })
    void whatIsWrongWithWhatTheCaseAddsIsSaidWithItsPlace(String from, String to, String message) {
        assertThat(NAMED).contains(from);
        assertThat(problems(NAMED.replace(from, to == null ? "" : to)))
                .anySatisfy(problem -> assertThat(problem).startsWith(message));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"our-regimen\" | \"Our regimen\" | .regimen: 'Our regimen' is not allowed; needed are lower-case words joined by hyphens",
                "\"source\": \"Doe 2024\", | | .source: missing; needed is the label or paper",
                "\"use\": \"Tests.\", | | .use: missing; needed is for whom it is",
                "\"title\" | \"titl\" | .titl: unknown key; did you mean 'title'?",
                "\"14 d\" | \"2 Gy\" | .cycles.length",
                "\"14 d\" | \"0 d\" | .cycles.length: 0 d is not allowed; needed is text with a time, above 0 to 3650 d",
                "\"length\": \"14 d\", | | .cycles.length: missing",
                "\"usual\": 4 | \"usual\": 0 | .cycles.usual: 0 is not allowed; needed is a whole number, 1 to 1000",
                "\"usual\": 4 | \"usual\": 4, \"most\": 9 | .cycles.most: unknown key",
                "\"12 h\" | \"-12 h\" | .courses[1].start: -0.5 d is not allowed",
                "\"first_cycle\": 2 | \"first_cycle\": 4 | .courses[1].last_cycle: 3 is not allowed; needed is a whole number, 4 to 1000",
                "{ \"per_cycle\": 5 } | { \"per_week\": 5 } | .courses[0].inputs.fractions.per_week: unknown key",
                "{ \"per_cycle\": 5 } | { \"per_cycle\": 0.5 } | .courses[0].inputs.fractions.per_cycle: 0.5 is not allowed",
                "{ \"per_cycle\": 5 } | true | .courses[0].inputs.fractions: true or false is not allowed here",
                "{ \"per_cycle\": 1 } | 1 | .courses[1].first_cycle: is not allowed for a course that has nothing per_cycle",
                "\"phase\": \"first\" | \"parameters\": \"first\" | .courses[2].inputs.parameters: is not allowed here",
                "\"phase\": \"first\" | \"phse\": \"first\" | .courses[2].inputs.phse: unknown key; did you mean 'phase'?",
                "\"phase\": \"first\" | \"phase\": \"First\" | .courses[2].inputs.phase: 'First' is not allowed",
                "200 cGy | 200 d | .courses[0].inputs.dose_per_fraction",
                "200 cGy | 1e9 cGy | .courses[0].inputs.dose_per_fraction",
                "\"chemotherapy\" | \"chemo\" | .courses[2].modality: no treatment 'chemo'",
                "\"our-drug\" | \"no-drug\" | .courses[2].drug: no drug 'no-drug'"
            })
    void whatIsWrongWithARegimenFileIsSaidWithItsPlace(String from, String to, String message) throws IOException {
        assertThat(REGIMEN).contains(from);
        Files.writeString(folder.resolve("our-regimen.json"), REGIMEN.replace(from, to == null ? "" : to));
        assertThat(problems(NAMED)).anySatisfy(problem -> assertThat(problem).startsWith("regimens[0].file" + message));
    }

    @Test
    void regimenWithoutCoursesIsRefused() throws IOException {
        int courses = REGIMEN.indexOf("\"courses\": [") + "\"courses\": [".length();
        Files.writeString(folder.resolve("our-regimen.json"), REGIMEN.substring(0, courses) + "] }");
        assertThatThrownBy(() -> read(NAMED)).hasMessageContaining("regimens[0].file.courses: missing");
    }

    @Test
    void sameRegimenInTwoFilesIsRefused() throws IOException {
        Files.writeString(folder.resolve("twin.json"), REGIMEN);
        assertThatThrownBy(() -> cases.read(CASE.replace("TREATMENTS", NAMED)
                        .replace(
                                "{ \"file\": \"our-regimen.json\" }",
                                "{ \"file\": \"our-regimen.json\" }, { \"file\": \"twin.json\" }")))
                .hasMessageContaining("regimens[1].file: 'our-regimen' stands in two files of the case");
    }
}
