package org.oncotwin.export.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Probe.Phase;
import org.oncotwin.api.scene.Probe.Point;
import org.oncotwin.api.scene.Scene;

/** The models in MuJoCo itself, in its official build for Node.js, where both can be had. */
@Tag("SR-1902")
class SteppedByMujocoTest {

    private static final Path MODULES = Path.of("target", "mujoco").toAbsolutePath();

    /** By version the folder of its package. */
    private static Path module(String version) {
        return MODULES.resolve("node_modules/mujoco-" + version + "/mujoco.js");
    }

    /** Packages are fetched once, without running anything of theirs. */
    @BeforeAll
    static void packagesAreThere() throws Exception {
        boolean there = Files.exists(module("3.12")) && Files.exists(module("3.14"));
        if (!there && !succeeds(Path.of("."), "node", "--version")) {
            skip("Node.js is not there");
        }
        if (!there) {
            Files.createDirectories(MODULES);
            there = succeeds(
                    MODULES,
                    "npm",
                    "install",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    MODULES.toString(),
                    "mujoco-3.12@npm:@mujoco/mujoco@3.12.0",
                    "mujoco-3.14@npm:@mujoco/mujoco@3.14.0");
        }
        if (!there) {
            skip("the npm package @mujoco/mujoco cannot be had");
        }
    }

    private static void skip(String why) {
        System.out.println("Models are not stepped by MuJoCo: " + why);
        assumeTrue(false, why);
    }

    private static boolean succeeds(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static List<JsonNode> stepped(double seconds, Scene scene, String... versions) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node", Path.of("src/test/resources/step.mjs").toAbsolutePath().toString(), Double.toString(seconds)));
        for (String version : versions) {
            Path file = MODULES.resolve(scene.name() + "-" + version + ".xml");
            Files.write(file, WrittenModel.of(scene, version, 0.002).bytes());
            command.add(module(version).toString());
            command.add(file.toString());
        }
        Path errors = Files.createTempFile(MODULES, "step", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said + Files.readString(errors)).isZero();
        List<JsonNode> results = new ArrayList<>();
        for (String line : said.lines().toList()) {
            if (line.startsWith("{")) {
                results.add(new ObjectMapper().readTree(line));
            }
        }
        assertThat(results).hasSize(versions.length);
        return results;
    }

    private static void wentWell(JsonNode result, double seconds) {
        assertThat(result.path("resets").asInt()).as("resets").isZero();
        assertThat(result.path("warnings").asInt()).as("warnings").isZero();
        assertThat(result.path("finite").asBoolean()).as("finite").isTrue();
        assertThat(result.path("time").asDouble()).isCloseTo(seconds, within(1e-6));
    }

    /**
     * A bar that hangs from its upper end: without lateral contraction its lower end sinks by rho g L^2 / (2 E), to first order in the strain, 5e-4 here. 1 % for the masses of nodes, which tetrahedra around
     * a diagonal share unequally across the bar.
     */
    @Test
    void aHangingBarStretchesAsInClosedForm() throws Exception {
        ElasticMaterial material = new ElasticMaterial(100_000, 0, 1000, 0.05, "test");
        TetrahedralMesh mesh = Blocks.mesh(new int[] {2, 2, 10}, 0.01, height -> false);
        Scene bar = Blocks.scene(mesh, 0.1, List.of(material), List.of());
        double expected = -1000 * 9.81 * 0.1 * 0.1 / (2 * 100_000);
        for (JsonNode result : stepped(10, bar, "3.14", "3.12")) {
            wentWell(result, 10);
            double sum = 0;
            int count = 0;
            for (int body = 0; body < result.path("names").size(); body++) {
                String name = result.path("names").get(body).asText();
                if (name.startsWith("node-") && mesh.coordinate(Integer.parseInt(name.substring(5)), 2) == 0) {
                    sum += result.path("moved").get(3 * body + 2).asDouble();
                    count++;
                }
            }
            assertThat(count).isEqualTo(9);
            assertThat(sum / count)
                    .as(result.path("version").asText())
                    .isCloseTo(expected, within(0.01 * Math.abs(expected)));
            double held = 1000 * 0.02 * 0.02 * 0.005;
            assertThat(result.path("mass").asDouble()).isCloseTo(1000 * 0.02 * 0.02 * 0.1 - held, within(1e-9));
        }
    }

    /** The probe comes, presses soft or stiff tissue and goes: it feels the stiffness, and the tissue comes back. */
    @Test
    void aProbePressesAndTissueComesBack() throws Exception {
        TetrahedralMesh mesh = Blocks.mesh(new int[] {4, 4, 3}, 0.012, height -> false);
        Probe probe = new Probe(
                "probe",
                0.008,
                0.01,
                0.1,
                new Point(0, 0, 0.056),
                List.of(
                        new Phase("approach", 1, new Point(0, 0, 0.044)),
                        new Phase("press", 1, new Point(0, 0, 0.04)),
                        new Phase("hold", 1, new Point(0, 0, 0.04)),
                        new Phase("retract", 1, new Point(0, 0, 0.056))));
        double[] forces = new double[2];
        for (int n = 0; n < 2; n++) {
            ElasticMaterial material = new ElasticMaterial(n == 0 ? 5000 : 10_000, 0.45, 1050, 0.01, "test");
            for (JsonNode result :
                    stepped(10, Blocks.scene(mesh, 0, List.of(material), List.of(probe)), "3.14", "3.12")) {
                wentWell(result, 10);
                assertThat(result.path("contacts").asInt()).isPositive();
                forces[n] = result.path("force").asDouble();
                // Under its own weight it sinks by less than rho g L^2 / (2 E).
                for (JsonNode moved : result.path("moved")) {
                    assertThat(Math.abs(moved.asDouble())).isLessThan(2e-3);
                }
            }
        }
        assertThat(forces[1]).isGreaterThan(1.4 * forces[0]);
    }
}
