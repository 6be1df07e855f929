package org.oncotwin.export.paraview;

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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;

/** Reads the files with VTK itself, where Debian's python3-vtk9 is installed. */
@Tag("SR-553")
class ReadByVtkTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Quantity OXYGEN =
            new Quantity("oxygen.pressure", "mm[Hg]", QuantityKind.FIELD, 0, 200, "Partial pressure of oxygen");

    @TempDir
    static Path folder;

    @BeforeAll
    static void needsVtk() throws IOException, InterruptedException {
        String reason = null;
        if (!Files.isExecutable(Path.of(PYTHON))) {
            reason = "there is no " + PYTHON;
        } else if (run("-c", "import vtk, numpy").exit() != 0) {
            reason = "Debian's python3-vtk9 is not installed";
        }
        if (reason != null) {
            System.out.println("The files are not read by VTK: " + reason);
        }
        Assumptions.assumeTrue(reason == null, reason);
    }

    private record Outcome(int exit, List<String> lines) {}

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text.lines().toList());
    }

    private static List<String> readByVtk(Path image, Path values) throws IOException, InterruptedException {
        Path script = folder.resolve("read_image.py");
        if (!Files.exists(script)) {
            try (InputStream source = ReadByVtkTest.class.getResourceAsStream("read_image.py")) {
                Files.copy(source, script);
            }
        }
        Files.createDirectories(values);
        Outcome outcome = run(script.toString(), image.toString(), values.toString());
        assertThat(outcome.exit()).as("%s", outcome.lines()).isZero();
        return outcome.lines();
    }

    @Test
    void vtkSeesTheSameVoxelsInTheSamePlace() throws IOException, InterruptedException {
        Grid grid = Samples.OBLIQUE;
        Field cellularity = Samples.field(grid, 11);
        Field oxygen = Samples.field(grid, 12);
        Export export = new ParaViewExporter().begin("run", Samples.setting(grid), new FolderTarget(folder));
        export.add(State.at(SimulationTime.ofDays(30.25))
                .with(List.of(
                        new FieldComponent(Quantity.TUMOUR_CELLULARITY, "growth", 1, cellularity),
                        new FieldComponent(OXYGEN, "growth", 1, oxygen))));
        export.finish();

        List<String> seen = readByVtk(folder.resolve("run_0000.vti"), folder.resolve("fields"));
        assertThat(seen)
                .contains("dimensions 38 52 36", "time 30.25")
                .contains("array oxygen.pressure double mm[Hg]", "array tumour.cellularity double 1");
        List<String> points =
                seen.stream().filter(line -> line.startsWith("point ")).toList();
        assertThat(points).hasSize(4);
        for (String line : points) {
            double[] n = Arrays.stream(line.substring("point ".length()).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double[] expected = grid.affine().apply(n[0], n[1], n[2]);
            for (int axis = 0; axis < 3; axis++) {
                assertThat(n[3 + axis]).as(line).isCloseTo(expected[axis], within(1e-9));
            }
        }
        // Components are sorted by key: oxygen comes first.
        assertSameBits(folder.resolve("fields/0.raw"), oxygen);
        assertSameBits(folder.resolve("fields/1.raw"), cellularity);

        List<String> anatomy = readByVtk(folder.resolve("run_anatomy.vti"), folder.resolve("anatomy"));
        assertThat(anatomy).contains("time none", "array domain unsigned_char none", "array tissue unsigned_char none");
        byte[] tissue = Files.readAllBytes(folder.resolve("anatomy/1.raw"));
        LabelField labels = Samples.labels(grid);
        assertThat(tissue).isEqualTo(labels.toArray());
    }

    private static void assertSameBits(Path raw, Field field) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(8 * field.grid().size());
        for (int n = 0; n < field.grid().size(); n++) {
            assertThat(bytes.getLong(8 * n)).isEqualTo(Double.doubleToRawLongBits(field.value(n)));
        }
    }
}
