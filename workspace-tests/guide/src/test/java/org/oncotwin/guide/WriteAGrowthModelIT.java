package org.oncotwin.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Follows {@code docs/guide/write-a-growth-model.md} to the letter, and looks at what comes out of it. */
@Tag("SR-709")
class WriteAGrowthModelIT {

    @Test
    void followedLiterallyGivesAWorkingPlugin() throws Exception {
        Reader reader = Reader.named("growth-model");

        String output = reader.follow(
                Guide.read(Path.of(System.getProperty("checkout"), "docs", "guide", "write-a-growth-model.md")));

        assertThat(output).contains("von-bertalanffy", "Von Bertalanffy growth of the volume", "anabolism", "cm/d");
        assertThat(testsRun(reader.folder())).contains("VonBertalanffyContractTest", "VonBertalanffyModelTest");
        Path bundle = reader.folder().resolve("target/org.example.tumour.bertalanffy-1.0.0.jar");
        assertManifest(bundle);
        assertResult(reader.folder().resolve("out/result.json"));
        assertThat(reader.folder().resolve("out/report.html")).content().contains("von-bertalanffy");
    }

    private static List<String> testsRun(Path folder) throws Exception {
        List<String> run = new ArrayList<>();
        try (var reports = Files.newDirectoryStream(folder.resolve("target/surefire-reports"), "*.txt")) {
            for (Path report : reports) {
                assertThat(report).content().contains("Failures: 0, Errors: 0, Skipped: 0");
                String name = report.getFileName().toString().replace(".txt", "");
                run.add(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        return run;
    }

    private static void assertManifest(Path bundle) throws Exception {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Provide-Capability"))
                    .contains(
                            "oncotwin.growth;oncotwin.growth=von-bertalanffy",
                            "oncotwin.effect;oncotwin.effect=kill-rate",
                            "oncotwin.effect;oncotwin.effect=surviving-fraction");
            assertThat(manifest.getValue("Import-Package").split(",(?=[a-z])"))
                    .isNotEmpty()
                    .allSatisfy(imported -> assertThat(imported).matches("(org\\.oncotwin\\.api|java)\\..*"));
        }
    }

    /** The closed form at a = 3 mm/d, b = 0.21 /wk, V0 = 10 mL. */
    private static void assertResult(Path file) throws Exception {
        JsonNode result = new ObjectMapper().readTree(file.toFile());
        JsonNode times = result.path("times_days");
        JsonNode volumes = result.path("series").path("tumour.volume").path("values");
        assertThat(times).hasSize(7);
        assertThat(volumes).hasSize(7);
        double limit = 0.3 / (0.21 / 7);
        for (int i = 0; i < times.size(); i++) {
            double day = times.get(i).doubleValue();
            double expected = Math.pow(limit + (Math.cbrt(10) - limit) * Math.exp(-0.21 / 7 * day / 3), 3);
            assertThat(day).isEqualTo(30.0 * i);
            assertThat(volumes.get(i).doubleValue())
                    .as("volume on day %s", day)
                    .isCloseTo(expected, within(1e-8 * expected));
        }
        assertThat(result.path("provenance").toString())
                .contains("von-bertalanffy", "org.example.tumour.bertalanffy", "1.0.0");
    }
}
