package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes of a case of docs/examples, and guidance to its tumour. */
class SceneIT {

    private static final Path CASES = Path.of("..", "..", "docs", "examples", "combinations");
    private static final Path CASE = CASES.resolve("24-microenvironment-on-the-grid-pembrolizumab.json")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path folder;

    private OncoTwin.Outcome scene(String out, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "scene", "export", CASE.toString(), "--out", out, "--edge-length", "4 mm", "--threshold", "0.3"));
        arguments.addAll(Arrays.asList(more));
        return OncoTwin.forShortCommands().run(folder, arguments.toArray(String[]::new));
    }

    @Tag("SR-2103")
    @Test
    void stiffnessThatIsGivenReachesEveryFile() throws Exception {
        String[] options = {
            "--to",
            "mujoco,isaac,fenics",
            "--material",
            "tissue=3 kPa",
            "--material",
            "tumour=5 kPa",
            "--set",
            "mujoco.version=3.12"
        };
        scene("scene", options).succeeds();
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("scene/scene.json").toFile());
        assertThat(record.at("/tissues/0/name").asText()).isEqualTo("tissue");
        assertThat(record.at("/tissues/0/youngs_modulus").asDouble()).isEqualTo(3000);
        assertThat(record.at("/tissues/1/youngs_modulus").asDouble()).isEqualTo(5000);
        assertThat(record.at("/tissues/1/source").asText()).startsWith("Young's modulus as given");
        assertThat(record.at("/mesh/volume_error_tumour").asDouble()).isCloseTo(0, within(0.02));
        assertThat(record.at("/exporters/0/options/version").asText()).isEqualTo("3.12");
        Map<String, List<String>> stiffness = Map.of(
                "mujoco", List.of("young=\"3000\"", "young=\"5000\"", "integrator=\"implicitfast\""),
                "isaac", List.of("omniphysics:youngsModulus = 3000", "physics:youngsModulus = 5000"),
                "fenics", List.of("3000.0", "5000.0"));
        Set<String> exporters = new HashSet<>();
        record.path("files").properties().forEach(file -> {
            String text = text(folder.resolve("scene").resolve(file.getKey()));
            assertThat(file.getValue().asText()).isEqualTo(sha256(text));
            String exporter = file.getKey().split("/")[0];
            if (file.getKey().matches(".*\\.(xml|usda|xdmf)")) {
                exporters.add(exporter);
                assertThat(text).contains(stiffness.get(exporter));
            }
        });
        assertThat(exporters).isEqualTo(stiffness.keySet());
        scene("again", options).succeeds();
        assertThat(folder.resolve("again/scene.json")).hasSameBinaryContentAs(folder.resolve("scene/scene.json"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void refused(String message, String... more) throws Exception {
        assertThat(scene("refused", more).failsWith(2).problems())
                .singleElement()
                .asString()
                .contains(message);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Tag("SR-2103")
    @Test
    void whatCannotBeUsedIsSaidWithWhatIsAllowedAndNothingIsWritten() throws Exception {
        refused("--material tissue: is missing; give one of [brain, ", "--to", "mujoco");
        refused("--to: no exporter 'gazebo'; there are [", "--to", "gazebo");
        refused(
                "--set: no option 'mujoco.speed'; there are [mujoco.version, mujoco.time-step]",
                "--to",
                "mujoco",
                "--set",
                "mujoco.speed=2");
        refused("allowed is one of [3.14, 3.13, 3.12]", "--to", "mujoco", "--set", "mujoco.version=2");
        refused(
                "no tissue 'bone'; there are [tissue, tumour]",
                "--to",
                "mujoco",
                "--material",
                "tissue=3 kPa",
                "--material",
                "tumour=5 kPa",
                "--material",
                "bone=1 GPa");
        refused("no material '5 kg'", "--to", "mujoco", "--material", "tissue=5 kg");
        refused(
                "leaves nothing that holds the tissue",
                "--to",
                "mujoco",
                "--material",
                "tissue=3 kPa",
                "--material",
                "tumour=5 kPa",
                "--window",
                "50 cm");
    }

    @Tag("SR-2103")
    @Test
    void helpListsTheExportersThatAreThere() throws Exception {
        OncoTwin.Outcome help = OncoTwin.forShortCommands().run(folder, "scene", "export", "--help");
        assertThat(help.succeeds().out()).contains("mujoco", "--set mujoco.version=3.14");
    }

    private static final String FIDUCIALS = """
            { "fiducials": [
                { "name": "a", "tracked": [100, 0, 0], "image": [0, 0, 0] },
                { "name": "b", "tracked": [140, 0, 0], "image": [40, 0, 0] },
                { "name": "c", "tracked": [100, 40, 0], "image": [0, 40, 0] },
                { "name": "d", "tracked": [100, 0, 40], "image": [0, 0, 40] } ],
              "localisation_error": 0.5 }
            """;

    private OncoTwin.Outcome guide(String... feed) throws Exception {
        Files.writeString(folder.resolve("fiducials.json"), FIDUCIALS);
        List<String> arguments = new ArrayList<>(
                List.of("guide", CASE.toString(), "--fiducials", "fiducials.json", "--threshold", "0.3"));
        arguments.addAll(Arrays.asList(feed));
        return OncoTwin.forShortCommands().run(folder, arguments.toArray(String[]::new));
    }

    /** The simulated tip comes from 50 mm outside into the tumour: clear, then an alert before the margin of 5 mm, and each answer says that nobody holds it. */
    @Tag("SR-2106")
    @Test
    void aSimulatedTipIsWarnedOfBeforeTheMargin() throws Exception {
        OncoTwin.Outcome outcome =
                guide("--simulate", "1 s", "--longest-gap", "1 s").succeeds();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(1000).allMatch(line -> line.startsWith("{\"feed\":\"simulated\""));
        ObjectMapper json = new ObjectMapper();
        boolean alert = false;
        double firstAlert = 0;
        for (String line : lines) {
            JsonNode answer = json.readTree(line);
            assertThat(answer.path("tracking").asText()).isEqualTo("tracked");
            if (answer.path("alert").asBoolean() && !alert) {
                alert = true;
                firstAlert = answer.at("/distances/0/mm").asDouble();
            }
        }
        assertThat(alert).isTrue();
        assertThat(firstAlert).isBetween(5.0, 8.0);
        assertThat(json.readTree(lines.get(0)).path("alert").asBoolean()).isFalse();
        assertThat(json.readTree(lines.get(999)).at("/distances/0/mm").asDouble())
                .isNegative();
        assertThat(outcome.err()).contains("simulated feed: 1000 samples", "99th percentile");
    }

    @Tag("SR-2106")
    @Test
    void aRecordedTipThatJumpsIsLostOrStandsStillRaisesAnAlarm() throws Exception {
        Files.writeString(folder.resolve("tip.jsonl"), """
                {"t": 0, "x": 100, "y": 0, "z": 90}
                {"t": 0.01, "x": 100, "y": 0, "z": 89.5}
                {"t": 0.02, "x": 100, "y": 80, "z": 89}
                {"t": 0.03, "x": 100, "y": 80, "z": 89, "visible": false}
                {"t": 0.5, "x": 100, "y": 80, "z": 89}
                """);
        List<String> tracking = new ArrayList<>();
        for (String line :
                guide("--recorded", "tip.jsonl").succeeds().out().lines().toList()) {
            tracking.add(new ObjectMapper().readTree(line).path("tracking").asText());
        }
        assertThat(tracking).containsExactly("tracked", "tracked", "jump", "lost", "stale");
        Files.writeString(folder.resolve("tip.jsonl"), "{\"t\": 0, \"x\": 1, \"y\": 2}\n");
        assertThat(guide("--recorded", "tip.jsonl").failsWith(2).err())
                .contains("line 1: z is missing; needed is a number");
    }
}
