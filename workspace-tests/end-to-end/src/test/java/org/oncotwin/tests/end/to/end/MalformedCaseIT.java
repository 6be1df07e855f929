package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A case that is wrong ends with exit code 2, a line that says where and what is allowed, and nothing written. */
@Tag("SR-103")
class MalformedCaseIT {
    @TempDir
    static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void writeImages() throws Exception {
        GliomaCase.images(images);
        Nifti initial = Nifti.read(images.resolve("u0.nii.gz"));
        Nifti.of(12, 11, 8, 4, 4, 5, (i, j, k) -> 0).write(images.resolve("coarse.nii.gz"));
        float[] moved = initial.sform().clone();
        moved[3] = 1;
        new Nifti(initial.nx(), initial.ny(), initial.nz(), moved, initial.values())
                .write(images.resolve("moved.nii.gz"));
        initial.map(value -> value > 0.5 ? Double.NaN : value).write(images.resolve("nan.nii.gz"));
        initial.map(value -> value > 0.5 ? -0.1 : value).write(images.resolve("negative.nii.gz"));
        initial.map(value -> 0).writeLabels(images.resolve("zero.nii.gz"));
    }

    private OncoTwin.Outcome refusal(String json) throws Exception {
        try (Stream<Path> all = Files.list(images)) {
            for (Path image : all.toList()) {
                Files.copy(image, folder.resolve(image.getFileName()));
            }
        }
        Files.writeString(folder.resolve("case.json"), json);
        List<String> before = names();

        OncoTwin.Outcome refused =
                OncoTwin.forShortCommands().run(folder, "run", "case.json", "--out", "new/run", "--json");

        refused.failsWith(2);
        assertThat(names()).as("nothing is written").isEqualTo(before);
        assertThat(refused.out() + refused.err()).doesNotContain("ONCO-2026-001", folder.toString(), images.toString());
        return refused;
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{2}: {1}")
    @CsvFileSource(resources = "malformed-cases.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void oneMistakeGivesOneLine(String there, String instead, String path, String says) throws Exception {
        OncoTwin.Outcome refused = refusal(GliomaCase.with(there, instead == null ? "" : instead));

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith("oncotwin: " + path + ": ")
                .contains(says);
        JsonNode error = Result.JSON.readTree(refused.out()).get("error");
        assertThat(error.get("field").textValue()).isEqualTo(path);
        assertThat(error.get("message").textValue()).contains(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"case\": \"a\",}", "{\"case\": ONCO-2026-001}", "{} {}", "\u0000"})
    void whatIsNotAJsonObjectIsRefused(String text) throws Exception {
        assertThat(refusal(text).problems()).singleElement().asString().startsWith("oncotwin: case.json: ");
    }

    @Test
    void aBombOfBracketsIsRefused() throws Exception {
        assertThat(refusal("[".repeat(1_000_000)).problems())
                .singleElement()
                .asString()
                .startsWith("oncotwin: case.json: ")
                .hasSizeLessThan(300);
    }

    @Test
    void allMistakesAreSaidAtOnce() throws Exception {
        OncoTwin.Outcome refused = refusal(GliomaCase.with("\"180 d\"", "\"0 d\"")
                .replace("\"seed\": 1", "\"sed\": 1")
                .replace("0.05 /d", "0.05 Gy"));

        assertThat(refused.problems())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("oncotwin: sed: "))
                .anyMatch(line -> line.startsWith("oncotwin: growth.parameters.proliferation: "))
                .anyMatch(line -> line.startsWith("oncotwin: horizon: "));
        assertThat(Result.JSON.readTree(refused.out()).get("errors")).hasSize(3);
    }

    @Test
    void aCaseThatIsNotThereIsRefused() throws Exception {
        OncoTwin.Outcome refused = OncoTwin.forShortCommands().run(folder, "run", "nothing.json", "--out", "out");

        refused.failsWith(2);
        assertThat(refused.problems()).singleElement().asString().contains("nothing.json");
        assertThat(folder).isEmptyDirectory();
    }
}
