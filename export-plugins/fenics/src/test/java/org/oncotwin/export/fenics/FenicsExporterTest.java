package org.oncotwin.export.fenics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.scene.Scene;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FenicsExporterTest {

    /** Debian's, for which its packages are. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final ElasticMaterial UPPER = new ElasticMaterial(100_000, 0, 1000, 0.05, "test");
    private static final ElasticMaterial LOWER = new ElasticMaterial(200_000, 0, 500, 0.05, "test");

    @TempDir
    Path folder;

    /** A bar of 100 mm that hangs from its upper end, of which the lower half is another tissue. */
    private static Scene bar() {
        TetrahedralMesh mesh = Blocks.mesh(new int[] {2, 2, 10}, 0.01, height -> height < 5);
        return Blocks.scene(mesh, 0.1, List.of(UPPER, LOWER), List.of());
    }

    private static Map<String, byte[]> files(Scene scene) throws IOException {
        Map<String, ByteArrayOutputStream> written = new TreeMap<>();
        new FenicsExporter()
                .export(
                        scene,
                        Inputs.of(Map.of(), Map.of()),
                        path -> written.computeIfAbsent(path, none -> new ByteArrayOutputStream()));
        Map<String, byte[]> files = new TreeMap<>();
        written.forEach((path, bytes) -> files.put(path, bytes.toByteArray()));
        return files;
    }

    /** The numbers of a data item by the grid and the element that it is in. */
    private static Map<String, double[]> items(byte[] xdmf) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xdmf))
                .getElementsByTagName("DataItem");
        Map<String, double[]> items = new HashMap<>();
        for (int n = 0; n < found.getLength(); n++) {
            Element parent = (Element) found.item(n).getParentNode();
            String grid = ((Element) parent.getParentNode()).getAttribute("Name");
            double[] numbers = java.util.Arrays.stream(
                            found.item(n).getTextContent().trim().split("\\s+"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            items.put(grid + "/" + parent.getTagName() + "/" + parent.getAttribute("Name"), numbers);
        }
        return items;
    }

    @Tag("SR-2001")
    @Test
    void meshTagsAndMaterialsReadBackToTheSameBits() throws Exception {
        Scene scene = bar();
        Map<String, byte[]> files = files(scene);
        assertThat(files).containsOnlyKeys("block.xdmf", "block.py");
        Map<String, double[]> items = items(files.get("block.xdmf"));
        assertThat(items.get("mesh/Geometry/")).isEqualTo(scene.mesh().copyOfCoordinates());
        double[] corners = java.util.Arrays.stream(scene.mesh().copyOfCorners())
                .asDoubleStream()
                .toArray();
        assertThat(items.get("mesh/Topology/")).isEqualTo(corners);
        assertThat(items.get("tissues/Topology/")).isEqualTo(corners);
        for (int t = 0; t < scene.mesh().tetrahedra(); t++) {
            int region = scene.mesh().region(t);
            assertThat(items.get("tissues/Attribute/tissues")[t]).isEqualTo(region);
            assertThat(items.get("mesh/Attribute/youngs_modulus")[t]).isEqualTo(region == 1 ? 100_000 : 200_000);
            assertThat(items.get("mesh/Attribute/density")[t]).isEqualTo(region == 1 ? 1000 : 500);
        }
        // Two triangles for each of the four squares at the upper end.
        assertThat(items.get("held/Topology/")).hasSize(24);
        for (double node : items.get("held/Topology/")) {
            assertThat(scene.mesh().coordinate((int) node, 2)).isCloseTo(0.1, within(1e-12));
        }
        assertThat(items.get("held/Attribute/held")).containsOnly(1);
        assertThat(files(scene)).allSatisfy((path, bytes) -> assertThat(bytes).isEqualTo(files.get(path)));
    }

    /**
     * In dolfinx 0.5 of Debian, where it is: volumes of the tissues; a linear function is the solution of Poisson's equation with its own values on the boundary, to rounding; and the bar sinks, in the mean over its volume, by
     * the half of g l^2 / E1 (rho2 / 2 + rho1 / 3) and g l^2 / E1 (rho2 + rho1 / 2) + g l^2 rho2 / (3 E2) with halves l of 50 mm, of which the upper carries the lower. 1 % for linear tetrahedra of a tenth of its length.
     */
    @Tag("SR-2002")
    @Test
    void dolfinxComputesOnIt() throws Exception {
        if (!succeeds(PYTHON, "-c", "import dolfinx")) {
            System.out.println("Meshes are not read by dolfinx: python3-dolfinx is not there");
            assumeTrue(false, "python3-dolfinx is not there");
        }
        for (Map.Entry<String, byte[]> file : files(bar()).entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        String said = said(PYTHON, folder.resolve("block.py").toString());
        assertThat(number(said, "muscle: ([0-9.]+) cm3")).isCloseTo(20, within(1e-6));
        assertThat(number(said, "tumour: ([0-9.]+) cm3")).isCloseTo(20, within(1e-6));
        double square = 9.81 * 0.05 * 0.05;
        double upper = square / 100_000 * (500 / 2.0 + 1000 / 3.0);
        double lower = square / 100_000 * (500 + 1000 / 2.0) + square / 200_000 * 500 / 3;
        double expected = 1000 * (upper + lower) / 2;
        assertThat(number(said, "mean sinking: ([0-9.]+) mm")).isCloseTo(expected, within(0.01 * expected));
        assertThat(number(said, "largest displacement: ([0-9.]+) mm")).isGreaterThan(expected);
        assertThat(folder.resolve("block-displacement.xdmf")).exists();
        Path poisson = Path.of("src/test/resources/poisson.py").toAbsolutePath();
        assertThat(number(
                        said(
                                PYTHON,
                                poisson.toString(),
                                folder.resolve("block.xdmf").toString()),
                        "error ([0-9.e+-]+)"))
                .isLessThan(1e-10);
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
