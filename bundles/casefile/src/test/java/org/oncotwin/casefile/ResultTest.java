package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

class ResultTest {
    private static final List<Double> VALUES =
            List.of(0.1 + 0.2, Double.MIN_VALUE, -0.0, 1.0 / 3, 1e300, Double.NaN, Double.NEGATIVE_INFINITY);

    @TempDir
    Path place;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(place.resolve("cases"));
    }

    private static RunResult run(List<Double> volumes, String pluginVersion, double alpha, String java) {
        List<SimulationTime> times = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            times.add(new SimulationTime(1 + 77_777_777L * i));
        }
        return new RunResult(
                new Trajectory(times, List.of(new Series(Quantity.TUMOUR_VOLUME, volumes))),
                State.at(times.get(times.size() - 1)),
                List.of(new CourseSummary(
                        "radiation-lq",
                        "Radiation",
                        List.of(new TreatmentEvent(times.get(1), "fraction 1 of 1", 2, "Gy")),
                        List.of(new CourseFact("bed", "BED", 72, "Gy")),
                        List.of(new Curve("drug.plasma", "Drug", "mg/L", List.of(0.0, 0.5), List.of(1.0, 0.25))))),
                List.of(new ToxicitySummary(
                        "blood",
                        "Blood",
                        new Toxicity(
                                List.of(new Curve("neutrophils", "N", "10*9/L", List.of(0.0, 9.0), List.of(5.0, 0.4))),
                                List.of(new AdverseEvent(
                                        "Neutrophil count decreased",
                                        4,
                                        true,
                                        8.5,
                                        9,
                                        0.4,
                                        "10*9/L",
                                        "below 0.5 10*9/L",
                                        "CTCAE v5.0")),
                                List.of("A remark")))),
                List.of(new FiredRule(
                        times.get(1),
                        "drug",
                        DoseAdvice.STOP,
                        "stop",
                        "Stop at grade 4",
                        "neutrophils",
                        0.4,
                        "10*9/L",
                        "label")),
                List.of("A limit"),
                new Provenance(
                        "request",
                        List.of(new PluginIdentity(PluginKind.GROWTH, "logistic", pluginVersion, "bundle", "ab")),
                        "1.0.0",
                        "cd",
                        java,
                        -5,
                        List.of(new UsedParameter("radiation-lq", "alpha", alpha, "/Gy", "case", "What", "Where")),
                        new TreeMap<>(Map.of("u0.nii.gz", "ef")),
                        List.of(
                                new SolverUse("ode", 1, 2, 3, 4, OptionalDouble.of(1e-10), OptionalDouble.empty(), 0.5),
                                new SolverUse(
                                        "grid", 1, 2, 0, 4, OptionalDouble.of(1e-4), OptionalDouble.of(3.1e-5), 0.5),
                                new SolverUse(
                                        "fixed", 1, 2, 0, 4, OptionalDouble.empty(), OptionalDouble.empty(), 0.5)),
                        "state"));
    }

    private static Result result(Case source, List<Double> volumes) {
        return Result.of(source, run(volumes, "1.0.0", 0.03, "17"), Map.of());
    }

    @Tag("SR-109")
    @Test
    void whatIsWrittenReadsBackBitForBit() throws IOException {
        Case source = cases.read(CaseFolder.EXAMPLE);
        Path target = place.resolve("run");
        RunResult result = run(VALUES, "1.0.0", 0.03, "17");
        try (RunFolder folder = new HiddenRunFolders().create(target, false)) {
            folder.writeCase(source);
            try (OutputStream out = folder.create("fields/a")) {
                out.write('a');
            }
            folder.createUnlisted("report.html").close();
            folder.writeResult(source, result);
            folder.commit();
        }

        ResultReader reader = new JsonResultReader(cases.reader);
        Result read = reader.read(target);

        assertThat(read.trajectory().times()).isEqualTo(result.trajectory().times());
        assertThat(read.trajectory().series().get(0).values()).isEqualTo(VALUES);
        assertThat(read.provenance()).isEqualTo(result.provenance());
        assertThat(read.courses()).isEqualTo(result.courses());
        assertThat(read.limitations()).isEqualTo(result.limitations());
        assertThat(read.files()).containsOnlyKeys("fields/a");
        assertThat(read.files().get("fields/a"))
                .as("SHA-256 of the letter a")
                .isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assertThat(read.compareWith(Result.of(source, result, Map.of())).isIdentical())
                .isTrue();
        assertThat(Files.readString(target.resolve("result.json"))).doesNotContain(place.toString());

        Case again = reader.readCase(target, read);
        assertThat(again.request()).isEqualTo(source.request());
        assertThat(again.inputs()).extracting(InputFile::path).allMatch(path -> path.startsWith(target));
    }

    @Test
    void aRunCanBeReadAfterItWasMovedAndItsSourcesAreGone() throws IOException {
        ImagesForTests.write(cases.folder.resolve("a/x.nii"), 2, 2, 1, 1, 0, 1, 2, 3, 7);
        ImagesForTests.write(place.resolve("x.nii"), 2, 2, 1, 1, 0, 0, 1, 1, 1);
        Case source = cases.read(CaseFolder.EXAMPLE
                .replace("tissue.nii.gz", "a/x.nii")
                .replace("mask.nii.gz", "../x.nii")
                .replace("u0.nii.gz", cases.folder.resolve("u0.nii.gz").toString()));
        Path target = place.resolve("run");
        try (RunFolder folder = new HiddenRunFolders().create(target, false)) {
            folder.writeCase(source);
            folder.writeResult(source, run(VALUES, "1.0.0", 0.03, "17"));
            folder.commit();
        }
        Path moved = Files.move(target, place.resolve("moved"));
        Files.delete(cases.folder.resolve("a/x.nii"));
        Files.delete(place.resolve("x.nii"));
        Files.delete(cases.folder.resolve("u0.nii.gz"));

        ResultReader reader = new JsonResultReader(cases.reader);
        Case again = reader.readCase(moved, reader.read(moved));

        assertThat(again.request()).isEqualTo(source.request());
    }

    @Test
    void aChangedOrMissingCopyIsRefused() throws IOException {
        Case source = cases.read(CaseFolder.EXAMPLE);
        Path target = place.resolve("run");
        try (RunFolder folder = new HiddenRunFolders().create(target, false)) {
            folder.writeCase(source);
            folder.writeResult(source, run(VALUES, "1.0.0", 0.03, "17"));
            folder.commit();
        }
        ResultReader reader = new JsonResultReader(cases.reader);
        Result read = reader.read(target);
        Files.writeString(target.resolve("inputs/u0.nii.gz"), "changed");
        assertThatThrownBy(() -> reader.readCase(target, read))
                .hasMessage("inputs.u0.nii.gz: its copy inputs/u0.nii.gz is not the file that the run used");
        Files.delete(target.resolve("inputs/u0.nii.gz"));
        assertThatThrownBy(() -> reader.readCase(target, read)).hasMessageContaining("is missing");
    }

    @Test
    void anInputThatChangesDuringTheRunFailsIt() throws IOException {
        Case source = cases.read(CaseFolder.EXAMPLE);
        Files.writeString(cases.folder.resolve("u0.nii.gz"), "changed");
        try (RunFolder folder = new HiddenRunFolders().create(place.resolve("run"), false)) {
            assertThatThrownBy(() -> folder.writeCase(source))
                    .hasMessage("input 'u0.nii.gz' was changed while the run used it");
        }
        assertThat(place.resolve("run")).doesNotExist();
    }

    @Tag("SR-109")
    @Test
    void equalRunsGiveEqualBytes() throws IOException {
        Case source = cases.read(CaseFolder.LOGISTIC);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        ResultJson.write(result(source, VALUES), first);
        ResultJson.write(result(source, VALUES), second);
        assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    }

    @Test
    void differencesAreSaidInWords() throws IOException {
        Case source = cases.read(CaseFolder.LOGISTIC);
        Result recorded = Result.of(source, run(List.of(1.0, 2.0, 0.0), "1.0.0", 0.03, "17.0.1"), Map.of());
        Result repeated = Result.of(source, run(List.of(1.0, Math.nextUp(2.0), -0.0), "1.1.0", 0.04, "25"), Map.of());

        ResultComparison comparison = recorded.compareWith(repeated);

        assertThat(comparison.isIdentical()).isFalse();
        assertThat(comparison.differences())
                .singleElement()
                .asString()
                .startsWith("tumour.volume: 2 of 3 values differ, first on day 0.9002")
                .contains("recorded 2.0, now 2.0000000000000004");
        assertThat(comparison.origins())
                .containsExactly(
                        "plugin logistic: version: recorded 1.0.0, now 1.1.0",
                        "parameter radiation-lq.alpha: recorded 0.03 /Gy, now 0.04 /Gy",
                        "Java version: recorded 17.0.1, now 25");
    }

    @Test
    void anotherOriginOfTheSameBitsIsNoDifference() throws IOException {
        Case source = cases.read(CaseFolder.LOGISTIC);
        ResultComparison comparison = Result.of(source, run(VALUES, "1.0.0", 0.03, "17"), Map.of())
                .compareWith(Result.of(source, run(VALUES, "1.0.0", 0.03, "25"), Map.of()));

        assertThat(comparison.isIdentical()).isTrue();
        assertThat(comparison.origins()).containsExactly("Java version: recorded 17, now 25");
    }

    @Test
    void otherTimesAreADifference() throws IOException {
        Case source = cases.read(CaseFolder.LOGISTIC);
        assertThat(result(source, List.of(1.0, 2.0))
                        .compareWith(result(source, List.of(1.0, 2.0, 3.0)))
                        .differences())
                .containsExactly("number of output times: recorded 2, now 3");
    }

    @Test
    void whatIsNotARunIsRefused() throws IOException {
        ResultReader reader = new JsonResultReader(cases.reader);
        assertThatThrownBy(() -> reader.read(place.resolve("gone"))).hasMessage("RUN: 'gone' is not a folder");
        assertThatThrownBy(() -> reader.read(cases.folder)).hasMessageContaining("it has no result.json");
        check(reader, "{\"format\": \"other\"}", "result.json.format: text that is not the text oncotwin-result");
        check(
                reader,
                "{\"format\": \"oncotwin-result\", \"format_version\": 2}",
                "result.json.format_version: a number that is not version 1");
        check(
                reader,
                "{\"format\": \"oncotwin-result\", \"format_version\": 1, \"case\": 3}",
                "result.json.case: a number that is not text");
        check(
                reader,
                "{\"format\": \"oncotwin-result\", \"format_version\": 1, \"case\": \"a\", \"times_days\": [1e9]}",
                "result.json.times_days[0]: a number that is not a time in days");
        check(reader, "{", "result.json: line 1, column 2: the file ends before the JSON object is complete");
    }

    private void check(ResultReader reader, String json, String message) throws IOException {
        Path run = Files.createDirectories(place.resolve("bad"));
        Files.writeString(run.resolve("result.json"), json, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> reader.read(run)).hasMessage(message);
    }
}
