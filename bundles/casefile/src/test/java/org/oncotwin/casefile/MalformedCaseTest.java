package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.plugin.InvalidInputException;

/** Each way to get a case wrong gives exactly one problem: at its JSON path, with what is allowed. */
class MalformedCaseTest {
    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(folder);
        ImagesForTests.write(folder.resolve("other.nii.gz"), 2, 1, 1, 1, 0, 1, 1);
        ImagesForTests.write(folder.resolve("moved.nii.gz"), 2, 2, 1, 1, 5, 0, 0, 0.5, 0);
        ImagesForTests.write(folder.resolve("nan.nii.gz"), 2, 2, 1, 1, 0, 0, 0, Double.NaN, 0);
        ImagesForTests.write(folder.resolve("negative.nii.gz"), 2, 2, 1, 1, 0, 0, 0, -0.25, 0);
        ImagesForTests.write(folder.resolve("zero.nii.gz"), 2, 2, 1, 1, 0, 0, 0, 0, 0);
        Files.writeString(folder.resolve("text.nii.gz"), "not an image");
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                // what is there, what is put in its place, path, what the message says
                of(
                        "\"seed\": 1",
                        "\"sed\": 1",
                        "sed",
                        "unknown key; did you mean 'seed'? known are $schema, case, seed"),
                of("\"age\": 62", "\"agee\": 62", "patient.agee", "did you mean 'age'?"),
                of("\"day\": 0", "\"dya\": 0", "initial.dya", "known are day, cellularity"),
                of("\"mask\": ", "\"msk\": ", "anatomy.msk", "did you mean 'mask'?"),
                of("\"fractions\": 30", "\"fractions\": 30, \"dose\": 1", "treatments[0].dose", "unknown key"),
                of("\"version\"", "\"versions\"", "growth.versions", "did you mean 'version'?"),
                of(
                        "\"alpha_beta\"",
                        "\"alpha_betta\"",
                        "treatments[0].parameters.alpha_betta",
                        "did you mean 'alpha_beta'?"),
                of("\"seed\": 1", "\"seed\": 1, \"seed\": 2", "seed", "the key is there twice"),
                of("\"age\": 62", "\"age\": 62, \"age\": 63", "patient.age", "the key is there twice"),
                of("\"seed\": 1", "\"seed\": 1.5", "seed", "1.5 is not allowed; needed is a whole number"),
                of("\"seed\": 1", "\"seed\": \"1\"", "seed", "text is not allowed here; needed is a whole number"),
                of(
                        "\"seed\": 1",
                        "\"seed\": 92233720368547758080",
                        "seed",
                        "needed is a whole number of at most 64 bits"),
                of("\"case\": \"gbm-001\"", "\"case\": 7", "case", "a number is not allowed here; needed is the name"),
                of("\"case\": \"gbm-001\"", "\"case\": \" \"", "case", "empty"),
                of("\"case\": \"gbm-001\",", "", "case", "missing; needed is the name of the case"),
                of("\"age\": 62", "\"age\": 620", "patient.age", "0 to 130"),
                of("\"age\": 62", "\"sex\": \"f\"", "patient.sex", "allowed are female, male, other"),
                of("\"age\": 62", "\"weight\": 70", "patient.weight", "has no unit"),
                of("tissue.nii.gz", "tisue.nii.gz", "anatomy.tissue", "'tisue.nii.gz' does not exist"),
                of("u0.nii.gz", "text.nii.gz", "initial.cellularity", "text.nii.gz: not an image"),
                of("u0.nii.gz", ".", "initial.cellularity", "'.' is not a file"),
                of("u0.nii.gz", "u\\u0000", "initial.cellularity", "is not a path"),
                of("mask.nii.gz", "u0.nii.gz", "anatomy.mask", "0.5 is not a label"),
                of(
                        "u0.nii.gz",
                        "other.nii.gz",
                        "initial.cellularity",
                        "the image has 2 x 1 x 1 voxels of 1.000 x 1.000 x 1.000 mm from (0.00, 0.00, 0.00) to (1.00, 0.00, 0.00), "
                                + "but anatomy.tissue has 2 x 2 x 1 voxels"),
                of("u0.nii.gz", "moved.nii.gz", "initial.cellularity", "from (5.00, 0.00, 0.00)"),
                of("mask.nii.gz", "other.nii.gz", "anatomy.mask", "all images of a case must lie on one grid"),
                of("u0.nii.gz", "nan.nii.gz", "initial.cellularity", "NaN at voxel (0, 1, 0)"),
                of("u0.nii.gz", "negative.nii.gz", "initial.cellularity", "-0.25 at voxel (0, 1, 0) is not allowed"),
                of("mask.nii.gz", "zero.nii.gz", "anatomy.tissue", "no place for a tumour"),
                of("\"csf\": 1", "\"csf\": 2", "anatomy.labels.grey", "label 2 is already that of csf"),
                of("\"csf\": 1", "\"csf\": 0", "anatomy.labels.csf", "0 is not allowed; needed is a label"),
                of("\"csf\": 1", "\"c.f\": 1", "anatomy.labels.c.f", "the name of a tissue class"),
                of("\"labels\": {\"csf\": 1, \"grey\": 2, \"white\": 3}, ", "", "anatomy.labels", "missing"),
                of("\"day\": 0", "\"day\": \"0\"", "initial.day", "text is not allowed here"),
                of("\"day\": 0", "\"day\": 1e9", "initial.day", "is not allowed; needed is a day"),
                of(", \"cellularity\": \"u0.nii.gz\"", "", "initial.cellularity", "starts from cellularity"),
                of(
                        "\"cellularity\": \"u0.nii.gz\"",
                        "\"cellularity\": \"u0.nii.gz\", \"volume\": \"10 cm3\"",
                        "initial.volume",
                        "reaction-diffusion starts from cellularity"),
                of(
                        "\"reaction-diffusion\"",
                        "\"reaction-difusion\"",
                        "growth.model",
                        "no growth model 'reaction-difusion'; did you mean 'reaction-diffusion'? "
                                + "known are gompertz, logistic, reaction-diffusion"),
                of(
                        "[1,2)",
                        "[3,4)",
                        "growth.version",
                        "no version of reaction-diffusion is in [3,4); there are 2.1.0, 1.0.0"),
                of("[1,2)", "one", "growth.version", "'one' is not a range of versions; allowed are \"[1,2)\""),
                of("0.05 /d", "0.05 mm", "growth.parameters.proliferation", "'mm' is not a unit"),
                of(
                        "0.05 /d",
                        "0.05 Gy",
                        "growth.parameters.proliferation",
                        "'Gy' does not convert to '/d'; needed is text with a number and a unit that converts to /d"),
                of(
                        "\"0.05 /d\"",
                        "0.05",
                        "growth.parameters.proliferation",
                        "has no unit; write it as text with one, such as \"0.05 /d\""),
                of("\"0.05 /d\"", "\"0.05\"", "growth.parameters.proliferation", "'1' does not convert to '/d'"),
                of("\"0.05 /d\"", "NaN", "growth.parameters.proliferation", "NaN is not allowed"),
                of("\"0.05 /d\"", "1e999", "growth.parameters.proliferation", "Infinity is not allowed"),
                of(
                        "\"0.05 /d\"",
                        "\"-0.05 /d\"",
                        "growth.parameters.proliferation",
                        "-0.05 /d is not allowed; allowed is 0 to 10 /d"),
                of("\"0.05 /d\"", "null", "growth.parameters.proliferation", "null is not allowed here"),
                of("\"0.05 /d\"", "[1]", "growth.parameters.proliferation", "a list is not allowed here"),
                of(
                        "\"proliferation\": \"0.05 /d\",",
                        "",
                        "growth.parameters.proliferation",
                        "missing; needed is text with a number and a unit that converts to /d, 0 to 10 /d"),
                of("\"white\": \"0.1", "\"whit\": \"0.1", "growth.parameters.diffusion.whit", "did you mean 'white'?"),
                of("0.02 mm2/d", "200 mm2/d", "growth.parameters.diffusion.grey", "allowed is 0 to 100 mm2/d"),
                of(
                        "\"carrying_capacity\": 1.0",
                        "\"carrying_capacity\": {\"white\": 1}",
                        "growth.parameters.carrying_capacity",
                        "it is one value"),
                of(
                        "\"carrying_capacity\": 1.0",
                        "\"carrying_capacity\": 0",
                        "growth.parameters.carrying_capacity",
                        "allowed is above 0 to 1"),
                of(
                        "\"version\": ",
                        "\"solver\": \"magic\", \"version\": ",
                        "growth.solver",
                        "no solver 'magic'; known are grid"),
                of("\"version\": ", "\"max_step\": \"0 d\", \"version\": ", "growth.max_step", "allowed is above 0"),
                of(
                        "\"version\": ",
                        "\"max_step\": \"1 mm2/d\", \"version\": ",
                        "growth.max_step",
                        "does not convert to 'd'"),
                of(
                        "\"radiation-lq\"",
                        "\"radiation\"",
                        "treatments[0].modality",
                        "no treatment 'radiation'; did you mean 'radiation-lq'? known are chemotherapy, radiation-lq"),
                of("\"start_day\": 30,", "", "treatments[0].start_day", "missing"),
                of(
                        "\"start_day\": 30",
                        "\"start_day\": -1",
                        "treatments[0].start_day",
                        "not before the start on day 0"),
                of(
                        "\"fractions\": 30",
                        "\"fractions\": 30.5",
                        "treatments[0].fractions",
                        "needed is a whole number, 1 to 200"),
                of(
                        "\"fractions\": 30",
                        "\"fractions\": 0",
                        "treatments[0].fractions",
                        "needed is a whole number, 1 to 200"),
                of("\"fractions\": 30,", "", "treatments[0].fractions", "missing"),
                of("\"2 Gy\"", "2", "treatments[0].dose_per_fraction", "such as \"2 Gy\""),
                of("\"2 Gy\"", "\"2 d\"", "treatments[0].dose_per_fraction", "does not convert to 'Gy'"),
                of("\"2 Gy\"", "\"200 Gy\"", "treatments[0].dose_per_fraction", "0 to 100 Gy"),
                of(
                        "\"weekdays\"",
                        "\"weekday\"",
                        "treatments[0].days",
                        "'weekday' is not allowed; did you mean 'weekdays'?"),
                of(
                        "\"days\": \"weekdays\"",
                        "\"dose_map\": \"other.nii.gz\"",
                        "treatments[0].dose_map",
                        "but anatomy.tissue has"),
                of("\"0.03 /Gy\"", "0.03", "treatments[0].parameters.alpha", "has no unit"),
                of(
                        "\"treatments\": [ {",
                        "\"treatments\": [ 3, {",
                        "treatments[0]",
                        "a number is not allowed here; needed is an object"),
                of("\"180 d\"", "\"0 d\"", "horizon", "0 d is not allowed; it must be positive"),
                of("\"180 d\"", "\"-180 d\"", "horizon", "must be positive"),
                of("\"180 d\"", "180", "horizon", "180 has no unit; write it as text with one, such as \"180 d\""),
                of("\"180 d\"", "\"180 Gy\"", "horizon", "does not convert to 'd'"),
                of("\"horizon\": \"180 d\", ", "", "horizon", "missing"),
                of("\"7 d\"", "\"0 d\"", "output", "must be positive"),
                of("\"7 d\"", "\"1 ms\"", "output", "are too many; allowed are 100000"),
                of("\"horizon\"", "\"start_date\": \"1st of May\", \"horizon\"", "start_date", "is not a date"),
                of(
                        "\"horizon\"",
                        "\"tolerance\": 1, \"horizon\"",
                        "tolerance",
                        "1 is not allowed; needed is a number, 1e-14 to 0.01"));
    }

    @Tag("SR-103")
    @Tag("SR-104")
    @Tag("SR-105")
    @ParameterizedTest(name = "{2}: {1}")
    @MethodSource("edits")
    void oneEditGivesOneProblemAtItsPath(String there, String instead, String path, String says) throws IOException {
        assertThat(CaseFolder.EXAMPLE).as("the edit changes the example").contains(there);
        InvalidCaseException refused = refusal(CaseFolder.EXAMPLE.replace(there, instead));

        assertThat(refused.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.field()).isEqualTo(path))
                .satisfies(p -> assertThat(p.problem()).contains(says).doesNotContain("\n"));
        checkTellsNothing(refused);
    }

    static Stream<Arguments> wholes() {
        return Stream.of(
                of("", "a JSON object is needed"),
                of("[]", "a JSON object is needed"),
                of("{\"patient\": {\"id\": \"ONCO-2026-001\"", "the file ends before the JSON object is complete"),
                of("{\n  \"patient\": ONCO-2026-001}", "line 2, column"),
                of("{\"patient\": {\"id\": 'ONCO-2026-001'}}", "line 1, column"),
                of("{\"case\": \"a\",}", "not JSON"),
                of("{} {\"id\": \"ONCO-2026-001\"}", "there is more after the end"),
                of("{\"a\":".repeat(100) + "1" + "}".repeat(100), "nested deeper than 32"),
                of("{\"a\": " + "1".repeat(5_000) + "}", "a number longer than"),
                of("{\"a\": \"" + "x".repeat(200_000) + "\"}", "a text longer than"),
                of("{\"a\": \"" + "x".repeat(5 << 20) + "\"}", "larger than 4096 KiB"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wholes")
    void whatIsNotAJsonObjectIsRefusedWithItsPlace(String text, String says) throws IOException {
        InvalidCaseException refused = refusal(text);

        assertThat(refused.field()).isEqualTo("case.json");
        assertThat(refused.problem()).contains(says);
        checkTellsNothing(refused);
    }

    @Test
    void otherEncodingsAreRefused() throws IOException {
        Path file = cases.write(CaseFolder.EXAMPLE.replace("gbm", "größe").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(file).getMessage()).isEqualTo("case.json: the file is not UTF-8 text");
    }

    @Test
    void aByteOrderMarkIsNoProblem() throws IOException {
        assertThat(cases.read("\uFEFF" + CaseFolder.EXAMPLE).caseName()).isEqualTo("gbm-001");
    }

    @Tag("SR-107")
    @Test
    void aMissingFileIsNamedWithoutItsFolder() {
        assertThat(refusal(folder.resolve("nothing.json")).getMessage()).isEqualTo("nothing.json: no such file");
    }

    @Test
    void anAbsolutePathOfAMissingImageIsNamedWithoutItsFolder() throws IOException {
        InvalidCaseException refused = refusal(CaseFolder.EXAMPLE.replace(
                "u0.nii.gz", folder.resolve("gone.nii").toString()));

        assertThat(refused.getMessage()).isEqualTo("initial.cellularity: 'gone.nii' does not exist");
    }

    @Test
    void aModelWithSpaceNeedsAnatomy() throws IOException {
        String without = CaseFolder.EXAMPLE.replaceFirst("\"anatomy\": .*\n", "");

        assertThat(refusal(without).problems())
                .extracting(InvalidInputException::field)
                .contains("anatomy");
    }

    @Test
    void anatomyNeedsTissueOrMask() throws IOException {
        assertThat(refusal(CaseFolder.LOGISTIC.replace("\"initial\"", "\"anatomy\": {}, \"initial\""))
                        .getMessage())
                .isEqualTo("anatomy.tissue: missing; needed is tissue with labels, a mask, or both");
    }

    @Test
    void aVolumeIsNoNumber() throws IOException {
        assertThat(refusal(CaseFolder.LOGISTIC.replace("\"10 cm3\"", "10")).getMessage())
                .isEqualTo("initial.volume: 10 has no unit; write it as text with one, such as \"10 cm3\"");
        assertThat(refusal(CaseFolder.LOGISTIC.replace("\"10 cm3\"", "\"-10 cm3\""))
                        .getMessage())
                .startsWith("initial.volume: -10.0 cm3 is not allowed");
    }

    @Tag("SR-103")
    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        InvalidCaseException refused = refusal(CaseFolder.EXAMPLE
                .replace("\"seed\": 1", "\"seed\": \"x\"")
                .replace("u0.nii.gz", "gone.nii")
                .replace("\"0.05 /d\"", "0.05")
                .replace("\"180 d\"", "\"-1 d\""));

        assertThat(refused.problems())
                .extracting(InvalidInputException::field)
                .containsExactly("seed", "horizon", "growth.parameters.proliferation", "initial.cellularity");
        assertThat(refused.field()).isEqualTo("seed");
    }

    @Test
    void anEmptyObjectLacksWhatIsNeeded() throws IOException {
        assertThat(refusal("{}").problems())
                .extracting(InvalidInputException::field)
                .containsExactly("case", "initial", "horizon", "output", "growth");
    }

    private InvalidCaseException refusal(String json) throws IOException {
        return refusal(cases.write(json));
    }

    private InvalidCaseException refusal(Path file) {
        return catchThrowableOfType(InvalidCaseException.class, () -> cases.reader.read(file));
    }

    private void checkTellsNothing(InvalidCaseException refused) {
        assertThat(refused.getMessage())
                .doesNotContain("ONCO-2026-001")
                .doesNotContain(folder.toString())
                .hasSizeLessThan(600);
    }
}
