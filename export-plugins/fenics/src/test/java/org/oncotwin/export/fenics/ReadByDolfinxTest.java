package org.oncotwin.export.fenics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.scene.Scene;

/** Opens the files with DOLFINx itself and computes on them, where Debian's python3-dolfinx is installed. */
@Tag("SR-2002")
class ReadByDolfinxTest {

    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    static Path folder;

    @BeforeAll
    static void needsDolfinx() throws IOException, InterruptedException {
        String reason = null;
        if (!Files.isExecutable(Path.of(PYTHON))) {
            reason = "there is no " + PYTHON;
        } else if (run("-c", "import dolfinx.fem.petsc").exit() != 0) {
            reason = "Debian's python3-dolfinx is not installed";
        }
        if (reason != null) {
            System.out.println("The files are not read by DOLFINx: " + reason);
        }
        Assumptions.assumeTrue(reason == null, reason);
        new FenicsExporter().export(Samples.scene("measured"), Inputs.of(Map.of(), Map.of()), new FolderTarget(folder));
    }

    private record Outcome(int exit, List<String> lines) {}

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (folder != null) {
            // DOLFINx keeps what it compiles.
            builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        }
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text.lines().toList());
    }

    private static double number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + lines));
    }

    @Test
    void dolfinxSeesTheSceneAndFindsExactSolutions() throws IOException, InterruptedException {
        Path script = folder.resolve("check_scene.py");
        try (InputStream source = ReadByDolfinxTest.class.getResourceAsStream("check_scene.py")) {
            Files.copy(source, script);
        }
        Outcome outcome = run(
                script.toString(),
                folder.resolve("two-tissues.py").toString(),
                folder.resolve("nodes.raw").toString());
        assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
        List<String> seen = outcome.lines();
        Scene scene = Samples.scene("measured");
        TetrahedralMesh mesh = scene.mesh();

        assertThat(number(seen, "cells")).isEqualTo(mesh.tetrahedra());
        for (int region : mesh.regions()) {
            double volume = mesh.volumeOfRegion(region);
            assertThat(number(seen, "volume-" + region)).isCloseTo(volume, within(1e-12 * volume));
        }
        assertThat(number(seen, "mass")).isCloseTo(scene.mass(), within(1e-12 * scene.mass()));
        double area = Samples.NY * Samples.STEP / 7 * Samples.NZ * Samples.STEP / 1.1;
        for (int anchor = 1; anchor <= 2; anchor++) {
            assertThat(number(seen, "nodes-" + anchor))
                    .isEqualTo(scene.anchors().get(anchor - 1).nodes().size());
            assertThat(number(seen, "area-" + anchor)).isCloseTo(area, within(1e-12 * area));
        }
        ByteBuffer nodes =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("nodes.raw"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(nodes.remaining()).isEqualTo(24 * mesh.nodes());
        for (int n = 0; n < mesh.nodes(); n++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(nodes.getLong()).isEqualTo(Double.doubleToRawLongBits(mesh.coordinate(n, axis)));
            }
        }
        assertThat(number(seen, "poisson")).isLessThan(1e-10);
        assertThat(number(seen, "bar")).isLessThan(1e-10);
        // Energy of a bar under uniaxial stress: half the strain squared times Young's modulus, over the volume.
        double energy = 0.5
                * 0.01
                * 0.01
                * (3001.7 * mesh.volumeOfRegion(Samples.NEAR) + 20000.1 * mesh.volumeOfRegion(Samples.FAR));
        assertThat(number(seen, "energy")).isCloseTo(energy, within(1e-10 * energy));
    }

    @Test
    void theScriptRunsAsItIs() throws IOException, InterruptedException {
        Outcome outcome = run(folder.resolve("two-tissues.py").toString());
        assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
        assertThat(outcome.lines()).anyMatch(line -> line.matches("largest displacement [0-9.e-]*[1-9][0-9.e-]* m"));
        assertThat(folder.resolve("two-tissues_sag.xdmf")).exists();
        assertThat(folder.resolve("two-tissues_sag.h5")).exists();
    }
}
