package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real glioma, where its images lie beside the checkout: patient TCGA-FG-6692 at 240 x 240 x 155 voxels. */
@Tag("SR-105")
class RealGliomaIT {
    private static final Path IMAGES = Path.of(System.getProperty("glioma")).normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void imagesAreThere() {
        assumeTrue(Files.isReadable(IMAGES.resolve("segmentation.nii.gz")), () -> {
            System.out.println("The images of a real glioma are not beside this checkout: nothing is run on them");
            return "no real glioma beside this checkout";
        });
    }

    /** Labels of the segmentation as cellularity. */
    private static double cellularity(double label) {
        return switch ((int) label) {
            case 4 -> 0.8; // enhancing
            case 1 -> 0.5; // necrosis and non-enhancing core
            case 2 -> 0.16; // oedema
            default -> 0;
        };
    }

    @Test
    void filesInDifferentOrientationsAreRefusedWithBothGrids() throws Exception {
        Nifti.read(IMAGES.resolve("segmentation.nii.gz"))
                .map(RealGliomaIT::cellularity)
                .write(folder.resolve("u0.nii.gz"));
        Files.writeString(folder.resolve("case.json"), """
                { "case": "orientations",
                  "anatomy": { "tissue": "%s", "labels": {"csf": 1, "grey": 2, "white": 3} },
                  "initial": { "cellularity": "u0.nii.gz" },
                  "growth": { "model": "reaction-diffusion", "parameters": { "proliferation": "0.012 /d", "diffusion": "0.1 mm2/d" } },
                  "horizon": "30 d", "output": "30 d" }
                """.replace(
                        "%s", IMAGES.resolve("tissue.nii.gz").toString()));

        OncoTwin.Outcome outcome = OncoTwin.ofThisJava().run(folder, "run", "case.json", "--out", "out");

        outcome.failsWith(2);
        assertThat(outcome.problems())
                .singleElement()
                .asString()
                .startsWith("oncotwin: initial.cellularity: ")
                .contains("240 x 240 x 155", "(0.00, 239.00, 0.00)", "(-239.00, 0.00, 0.00)", "one grid");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void thirtyDaysOfGrowthInTheRealBrain() throws Exception {
        Nifti t1 = Nifti.read(IMAGES.resolve("t1.nii.gz"));
        t1.map(value -> value > 0 ? 1 : 0).writeLabels(folder.resolve("mask.nii.gz"));
        Nifti labels = Nifti.read(IMAGES.resolve("segmentation.nii.gz"));
        double[] start = labels.map(RealGliomaIT::cellularity).values().clone();
        double before = 0;
        for (int i = 0; i < start.length; i++) {
            // A few voxels of the segmentation lie where the skull was stripped away.
            start[i] = t1.values()[i] > 0 ? start[i] : 0;
            before += start[i];
        }
        new Nifti(labels.nx(), labels.ny(), labels.nz(), labels.sform(), start).write(folder.resolve("u0.nii.gz"));
        Files.writeString(folder.resolve("case.json"), """
                { "case": "real glioma", "anatomy": { "mask": "mask.nii.gz", "image": "%s" },
                  "initial": { "cellularity": "u0.nii.gz" },
                  "growth": { "model": "reaction-diffusion", "parameters": { "proliferation": "0.012 /d", "diffusion": "0.1 mm2/d" } },
                  "horizon": "30 d", "output": "10 d" }
                """.replace(
                        "%s", IMAGES.resolve("t1.nii.gz").toString()));

        long started = System.nanoTime();
        OncoTwin.ofThisJava()
                .withOptions("-Xmx1g")
                .run(folder, "run", "case.json", "--out", "out", "--threads", "2")
                .succeeds();
        System.out.println("Thirty days of a real glioma at 240 x 240 x 155 with report took "
                + (System.nanoTime() - started) / 1_000_000 + " ms in a Java with 1 GiB");

        Result result = Result.in(folder.resolve("out"));
        double[] burden = result.series("tumour.burden");
        assertThat(result.times()).containsExactly(0, 10, 20, 30);
        assertThat(burden[0]).isCloseTo(before / 1000, withinPercentage(1e-6));
        assertThat(burden).isSorted();
        // Growth is slower than exponential, and not by much where the cellularity is low.
        assertThat(burden[3] / burden[0]).isBetween(1.05, Math.exp(0.012 * 30));
        assertThat(folder.resolve("out/report.html")).content().contains("real glioma");
    }

    /** Radiation with temozolomide and five cycles after it (schedule as Stupp et al 2005, N Engl J Med 352:987), with what it does to blood. */
    @Tag("SR-1606")
    @Test
    void temozolomideWithRadiationOnTheRealGlioma() throws Exception {
        Nifti t1 = Nifti.read(IMAGES.resolve("t1.nii.gz"));
        Nifti labels = Nifti.read(IMAGES.resolve("segmentation.nii.gz"));
        Nifti tissue = t1.map(value -> value > 0 ? 1 : 0);
        tissue.writeLabels(folder.resolve("mask.nii.gz"));
        double[] inside = labels.map(RealGliomaIT::cellularity).values().clone();
        for (int i = 0; i < inside.length; i++) {
            inside[i] = tissue.values()[i] > 0.5 ? inside[i] : 0;
        }
        new Nifti(labels.nx(), labels.ny(), labels.nz(), labels.sform(), inside).write(folder.resolve("u0.nii.gz"));
        String source = """
                { "case": "chemoradiation", "anatomy": { "mask": "mask.nii.gz" },
                  "patient": { "age": 55, "sex": "male", "weight": "75 kg", "height": "175 cm",
                               "neutrophils": "2.2 10*9/L", "platelets": "160 10*9/L" },
                  "initial": { "cellularity": "u0.nii.gz" },
                  "growth": { "model": "reaction-diffusion", "parameters": { "proliferation": "0.05 /d", "diffusion": "0.1 mm2/d" } },
                  "treatments": [
                    { "modality": "radiation-lq", "start_day": 26, "fractions": 30, "dose_per_fraction": "2 Gy", "parameters": { "alpha": "0.05 /Gy" } },
                    { "modality": "chemotherapy", "start_day": 26, "drug": "temozolomide", "schedule": "daily", "cycles": 49, "flat_dose": "105 mg",
                      "route": "oral", "phase": "concomitant", "parameters": { "kill_rate": "0.05 L/mg/d" } },
                    { "modality": "chemotherapy", "start_day": 133, "drug": "temozolomide", "schedule": "days-1-5-of-28", "cycles": 5, "flat_dose": "215 mg",
                      "route": "oral", "phase": "maintenance", "parameters": { "kill_rate": "0.05 L/mg/d" } } ],
                  "toxicities": [ { "model": "haematological" } ],
                  "tolerance": 1e-4,
                  "horizon": "270 d", "output": "OUTPUT" }
                """;
        Files.writeString(folder.resolve("case.json"), source.replace("OUTPUT", "30 d"));
        long started = System.nanoTime();
        OncoTwin.ofThisJava()
                .run(folder, "run", "case.json", "--out", "out", "--threads", "2")
                .succeeds();
        System.out.println("Temozolomide with radiation on a real glioma, 270 d with report, took "
                + (System.nanoTime() - started) / 1_000_000 + " ms");
        Files.writeString(folder.resolve("fine.json"), source.replace("OUTPUT", "9 d"));
        OncoTwin.ofThisJava()
                .run(folder, "run", "fine.json", "--out", "fine", "--threads", "2")
                .succeeds();

        double[] coarse = Result.in(folder.resolve("out")).series("tumour.burden");
        double[] fine = Result.in(folder.resolve("fine")).series("tumour.burden");
        assertThat(coarse[coarse.length - 1])
                .as("whatever the output step")
                .isCloseTo(fine[fine.length - 1], withinPercentage(100 * 2e-4));
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("out/result.json").toFile());
        assertThat(result.get("courses").findValuesAsText("name"))
                .contains("temozolomide.plasma", "temozolomide.kill-rate");
        assertThat(result.get("toxicities").findValuesAsText("name")).contains("neutrophils", "platelets");
        assertThat(result.get("toxicities").findValuesAsText("term")).isNotEmpty();
        assertThat(result.get("fired_rules").findValuesAsText("rule")).isNotEmpty();
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("Drugs and healthy tissue", "Neutrophil", "Platelet", "Dose rules of labels", "Temodar");
    }
}
