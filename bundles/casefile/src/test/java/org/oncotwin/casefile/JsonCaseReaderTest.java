package org.oncotwin.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;

class JsonCaseReaderTest {
    @TempDir
    Path folder;

    private CaseFolder cases;

    @BeforeEach
    void makeImages() throws IOException {
        cases = new CaseFolder(folder);
    }

    @Tag("SR-101")
    @Test
    void readsTheExampleWordForWord() throws IOException {
        Case read = cases.read(CaseFolder.EXAMPLE);

        SimulationRequest request = read.request();
        assertThat(read.caseName()).isEqualTo("gbm-001");
        assertThat(read.patientId()).contains("ONCO-2026-001");
        assertThat(request.seed()).isEqualTo(1);
        assertThat(request.setting().covariates()).containsExactly(Map.entry("age", 62.0));
        assertThat(request.growth().model().id()).isEqualTo("reaction-diffusion");
        assertThat(request.growth().model().versions()).isEqualTo("[1,2)");
        assertThat(request.growth().parameters())
                .containsExactly(
                        Map.entry("carrying_capacity", 1.0),
                        Map.entry("diffusion.grey", 0.02),
                        Map.entry("diffusion.white", 0.1),
                        Map.entry("proliferation", 0.05));
        assertThat(request.relativeTolerance()).isEmpty();
        assertThat(request.calendar().dayOfWeek(0)).isEqualTo(DayOfWeek.MONDAY);

        CourseChoice course = request.courses().get(0);
        assertThat(course.start()).isEqualTo(SimulationTime.ofDays(30));
        assertThat(course.inputs().count("fractions")).isEqualTo(30);
        assertThat(course.inputs().number("dose_per_fraction")).isEqualTo(2);
        assertThat(course.inputs().number("scale")).as("default").isEqualTo(1.5);
        assertThat(course.inputs().choice("days")).isEqualTo("weekdays");
        assertThat(course.parameters()).containsExactly(Map.entry("alpha", 0.03), Map.entry("alpha_beta", 10.0));
    }

    @Tag("SR-502")
    @Test
    void whatImagesWarnOfReachesTheReader() throws IOException {
        assertThat(cases.read(CaseFolder.EXAMPLE).warnings()).isEmpty();
        for (String name : List.of("tissue.nii.gz", "u0.nii.gz")) {
            Path file = folder.resolve(name);
            Files.writeString(file, Files.readString(file) + "\nsform and qform disagree");
        }
        assertThat(cases.read(CaseFolder.EXAMPLE).warnings())
                .containsExactly("tissue.nii.gz: sform and qform disagree", "u0.nii.gz: sform and qform disagree");
    }

    @Tag("SR-106")
    @Test
    void outputsGoFromTheStartByStepsToTheEnd() throws IOException {
        List<SimulationTime> outputs = cases.read(CaseFolder.EXAMPLE).request().outputs();

        assertThat(outputs).hasSize(27);
        assertThat(outputs.get(0)).isEqualTo(SimulationTime.ZERO);
        assertThat(outputs.get(1)).isEqualTo(SimulationTime.ofDays(7));
        assertThat(outputs.get(25)).isEqualTo(SimulationTime.ofDays(175));
        assertThat(outputs.get(26)).isEqualTo(SimulationTime.ofDays(180));
    }

    @Tag("SR-106")
    @Test
    void theEndIsAnOutputOnceWhenItFallsOnAStep() throws IOException {
        assertThat(cases.read(CaseFolder.LOGISTIC).request().outputs())
                .hasSize(11)
                .doesNotHaveDuplicates();
        assertThat(cases.read(CaseFolder.LOGISTIC.replace("\"1 d\"", "\"50 d\""))
                        .request()
                        .outputs())
                .containsExactly(SimulationTime.ZERO, SimulationTime.ofDays(10));
    }

    @Test
    void outputsStartOnTheInitialDay() throws IOException {
        Case read = cases.read(CaseFolder.LOGISTIC.replace("\"day\": 0", "\"day\": -2.5"));

        assertThat(read.request().start()).isEqualTo(SimulationTime.ofDays(-2.5));
        assertThat(read.request().outputs().get(1)).isEqualTo(SimulationTime.ofDays(-1.5));
        assertThat(read.request().end()).isEqualTo(SimulationTime.ofDays(7.5));
        assertThat(read.request().growth().initial().get(0).time()).isEqualTo(SimulationTime.ofDays(-2.5));
    }

    @Test
    void theDomainIsTheMaskWhereTissueHasAName() throws IOException {
        Anatomy anatomy =
                cases.read(CaseFolder.EXAMPLE).request().setting().anatomy().orElseThrow();

        // Voxel 0 is outside the mask; voxel 3 has label 7, which has no name.
        assertThat(anatomy.domain().count()).isEqualTo(2);
        assertThat(anatomy.domain().contains(1)).isTrue();
        assertThat(anatomy.domain().contains(2)).isTrue();
        assertThat(anatomy.tissue().orElseThrow().names()).containsEntry("white", 3);
    }

    @Test
    void tissueOrMaskAloneSuffices() throws IOException {
        String one = "\"diffusion\": \"0.1 mm2/d\"";
        String perTissue = "\"diffusion\": {\"white\": \"0.1 mm2/d\", \"grey\": \"0.02 mm2/d\"}";
        String tissueOnly = CaseFolder.EXAMPLE.replace(", \"mask\": \"mask.nii.gz\"", "");
        String maskOnly = CaseFolder.EXAMPLE
                .replace("\"tissue\": \"tissue.nii.gz\", \"labels\": {\"csf\": 1, \"grey\": 2, \"white\": 3}, ", "")
                .replace(perTissue, one);

        assertThat(cases.read(tissueOnly)
                        .request()
                        .setting()
                        .anatomy()
                        .orElseThrow()
                        .domain()
                        .count())
                .isEqualTo(3);
        Case masked = cases.read(maskOnly);
        assertThat(masked.request().setting().anatomy().orElseThrow().domain().count())
                .isEqualTo(3);
        assertThat(masked.request().setting().anatomy().orElseThrow().tissue()).isEmpty();
        assertThat(masked.request().growth().parameters()).containsEntry("diffusion", 0.1);
    }

    @Test
    void anImageThatIsAThousandthOfAMillimetreOffIsBroughtOntoTheGrid() throws IOException {
        ImagesForTests.write(folder.resolve("u0.nii.gz"), 2, 2, 1, 1, 0.0009, 0, 0, 0.5, 0);

        Case read = cases.read(CaseFolder.EXAMPLE);

        Observation.Image image =
                (Observation.Image) read.request().growth().initial().get(0);
        assertThat(image.quantity()).isEqualTo(Quantity.TUMOUR_CELLULARITY);
        assertThat(image.value().grid())
                .isEqualTo(read.request().setting().anatomy().orElseThrow().grid());
        assertThat(image.value().value(2)).isEqualTo(0.5);
    }

    @Tag("SR-102")
    @Test
    void unitsAreConvertedAndPlainNumbersAreForTheUnitOne() throws IOException {
        Case read = cases.read(CaseFolder.EXAMPLE
                .replace("0.1 mm2/d", "0.001 cm2/d")
                .replace("\"2 Gy\"", "\"200 cGy\"")
                .replace("\"carrying_capacity\": 1.0", "\"carrying_capacity\": \"50 %\""));

        assertThat(read.request().growth().parameters().get("diffusion.white")).isEqualTo(0.1);
        assertThat(read.request().growth().parameters().get("carrying_capacity"))
                .isEqualTo(0.5);
        assertThat(read.request().courses().get(0).inputs().number("dose_per_fraction"))
                .isEqualTo(2);
    }

    @Test
    void readsModelsOfVolume() throws IOException {
        Case read = cases.read(CaseFolder.LOGISTIC);

        Observation.Scalar seen =
                (Observation.Scalar) read.request().growth().initial().get(0);
        assertThat(seen.quantity()).isEqualTo(Quantity.TUMOUR_VOLUME);
        assertThat(seen.value()).isEqualTo(10);
        assertThat(read.request().growth().model().versions()).as("any version").isEqualTo("0");
        assertThat(read.request().courses()).isEmpty();
        assertThat(read.patientId()).isEmpty();
        assertThat(read.inputs()).isEmpty();
    }

    @Tag("SR-101")
    @Test
    void readsWhatMayBeGiven() throws IOException {
        Case read = cases.read("""
                { "$schema": "case.schema.json", "case": "all", "start_date": "2026-03-04", "tolerance": 1e-8,
                  "patient": { "sex": "female", "weight": "70 kg", "height": "170 cm", "markers": {"MGMT": "methylated"} },
                  "anatomy": { "mask": "mask.nii.gz", "image": "u0.nii.gz" },
                  "initial": { "cellularity": "u0.nii.gz" },
                  "growth": { "model": "reaction-diffusion", "solver": "grid", "max_step": "12 h",
                              "parameters": { "proliferation": "0.05 /d", "diffusion": "0.1 mm2/d" } },
                  "treatments": [ { "modality": "radiation-lq", "version": "1.0", "start_day": 0, "fractions": 1.0,
                                    "dose_per_fraction": "2 Gy", "scale": 2, "dose_map": "u0.nii.gz", "days": "daily",
                                    "parameters": { "alpha": "0.03 /Gy" } } ],
                  "horizon": "1 d", "output": "6 h" }
                """);

        SimulationRequest request = read.request();
        assertThat(request.calendar().dayOfWeek(0)).isEqualTo(DayOfWeek.WEDNESDAY);
        assertThat(request.relativeTolerance()).hasValue(1e-8);
        assertThat(request.seed()).as("default").isEqualTo(1);
        assertThat(request.start()).as("default").isEqualTo(SimulationTime.ZERO);
        assertThat(request.setting().covariates()).containsEntry("weight", 70.0).containsEntry("height", 170.0);
        assertThat(request.setting().markers()).containsEntry("sex", "female").containsEntry("MGMT", "methylated");
        assertThat(request.growth().solver()).contains(PluginChoice.of("grid"));
        assertThat(request.growth().largestStep()).hasValue(0.5);
        assertThat(request.courses().get(0).inputs().image("dose_map")).isPresent();
        assertThat(request.courses().get(0).inputs().number("scale")).isEqualTo(2);
        assertThat(read.background()).isPresent();
    }

    @Tag("SR-205")
    @Test
    void theHighestVersionInTheRangeDecidesWhatIsAllowed() throws IOException {
        assertThat(cases.read(CaseFolder.EXAMPLE.replace("[1,2)", "[2.1.0,2.1.0]"))
                        .request()
                        .growth()
                        .model()
                        .versions())
                .isEqualTo("[2.1.0,2.1.0]");
    }

    @Test
    void hashesEachInputOnce() throws IOException {
        Case read = cases.read(CaseFolder.EXAMPLE);

        assertThat(read.inputs())
                .extracting(InputFile::name)
                .containsExactly("mask.nii.gz", "tissue.nii.gz", "u0.nii.gz");
        assertThat(read.inputs()).extracting(InputFile::storedAs).contains("inputs/mask.nii.gz");
        assertThat(read.request().inputHashes())
                .containsEntry("u0.nii.gz", InputFiles.sha256(folder.resolve("u0.nii.gz")));
        assertThat(read.document()).isEqualTo(CaseFolder.EXAMPLE);
    }

    @Tag("SR-107")
    @Test
    void anAbsolutePathStaysOutOfTheNamesAndOfTheCopyOfTheCase() throws IOException {
        String absolute = folder.resolve("u0.nii.gz").toString();
        Case read = cases.read(CaseFolder.EXAMPLE.replace("u0.nii.gz", absolute));

        assertThat(read.request().inputHashes()).containsOnlyKeys("mask.nii.gz", "tissue.nii.gz", "u0.nii.gz");
        assertThat(read.document()).doesNotContain(folder.toString()).contains("\"cellularity\" : \"u0.nii.gz\"");
    }

    @Test
    void anAbsolutePathIsNeverTakenForAnotherFileOfItsName() throws IOException {
        ImagesForTests.write(folder.resolve("far/u0.nii.gz"), 2, 2, 1, 1, 0, 1, 2, 3, 7);
        Path written = cases.write(CaseFolder.EXAMPLE.replace(
                "tissue.nii.gz", folder.resolve("far/u0.nii.gz").toString()));

        assertThatThrownBy(() -> cases.reader.read(written))
                .hasMessageStartingWith(
                        "initial.cellularity: 'u0.nii.gz' is also the name of a file given by an absolute path");
    }

    @Test
    void filesOfOneNameInTwoFoldersAreStoredApart() throws IOException {
        ImagesForTests.write(folder.resolve("a/x.nii"), 2, 2, 1, 1, 0, 1, 2, 3, 7);
        ImagesForTests.write(folder.resolve("b/x.nii"), 2, 2, 1, 1, 0, 0, 1, 1, 1);
        Case read = cases.read(
                CaseFolder.EXAMPLE.replace("tissue.nii.gz", "a/x.nii").replace("mask.nii.gz", "b/x.nii"));

        assertThat(read.inputs())
                .extracting(InputFile::storedAs)
                .containsExactly("inputs/x.nii", "inputs/2/x.nii", "inputs/u0.nii.gz");
    }

    @Test
    void bothFilesOfAPairAreInputs() throws IOException {
        ImagesForTests.write(folder.resolve("u0.hdr"), 2, 2, 1, 1, 0, 0, 0, 0.5, 0);
        ImagesForTests.write(folder.resolve("u0.img"), 2, 2, 1, 1, 0, 0, 0, 0.5, 0);
        Case read = cases.read(CaseFolder.EXAMPLE.replace("u0.nii.gz", "u0.hdr"));

        assertThat(read.inputs()).extracting(InputFile::storedAs).contains("inputs/u0.hdr", "inputs/u0.img");
        assertThat(read.request().inputHashes()).containsKeys("u0.hdr", "u0.img");
    }

    @Tag("SR-107")
    @Test
    void aCaseDoesNotTellAboutThePatientWhenItIsPrinted() throws IOException {
        assertThat(cases.read(CaseFolder.EXAMPLE).toString()).doesNotContain("ONCO-2026-001");
    }
}
