package org.oncotwin.export.fenics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Scene;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@Tag("SR-2001")
class FenicsExporterTest {

    private static final Inputs NONE = Inputs.of(Map.of(), Map.of());

    @TempDir
    Path folder;

    private Document export(Scene scene) throws Exception {
        FolderTarget target = new FolderTarget(folder);
        new FenicsExporter().export(scene, NONE, target);
        assertThat(target.open()).isZero();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("two-tissues.xdmf").toFile());
    }

    private static String text(Document document, String path) throws Exception {
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList found = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
        assertThat(found.getLength()).as(path).isEqualTo(1);
        return found.item(0).getTextContent().strip();
    }

    private static int[] integers(Document document, String path) throws Exception {
        return Arrays.stream(text(document, path).split("\\s+"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static double[] doubles(Document document, String path) throws Exception {
        return Arrays.stream(text(document, path).split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static String attribute(String grid, String name) {
        return "/Xdmf/Domain/Grid[@Name='" + grid + "']/Attribute[@Name='" + name + "']/DataItem";
    }

    private static String topology(String grid) {
        return "/Xdmf/Domain/Grid[@Name='" + grid + "']/Topology/DataItem";
    }

    @Test
    void writesNodesTetrahedraTissuesAndMaterials() throws Exception {
        Scene scene = Samples.scene("measured");
        Document document = export(scene);
        TetrahedralMesh mesh = scene.mesh();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("two-tissues.xdmf", "two-tissues.py");
        }
        double[] coordinates = doubles(document, "/Xdmf/Domain/Grid[@Name='mesh']/Geometry/DataItem");
        assertThat(bits(coordinates)).isEqualTo(bits(mesh.copyOfCoordinates()));
        assertThat(integers(document, topology("mesh"))).isEqualTo(mesh.copyOfCorners());
        int[] tissue = integers(document, attribute("mesh", "tissue"));
        double[] youngsModulus = doubles(document, attribute("mesh", "youngs_modulus"));
        double[] poissonsRatio = doubles(document, attribute("mesh", "poissons_ratio"));
        double[] density = doubles(document, attribute("mesh", "density"));
        assertThat(List.of(tissue.length, youngsModulus.length, poissonsRatio.length, density.length))
                .containsOnly(mesh.tetrahedra());
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            assertThat(tissue[t]).isEqualTo(mesh.region(t));
            boolean near = mesh.region(t) == Samples.NEAR;
            assertThat(youngsModulus[t]).isEqualTo(near ? 3001.7 : 20000.1);
            assertThat(poissonsRatio[t]).isEqualTo(0.3);
            assertThat(density[t]).isEqualTo(near ? 1060 : 1100.5);
        }
        // DOLFINx takes the first attribute for its tags.
        assertThat(text(document, "/Xdmf/Domain/Grid[@Name='mesh']/Attribute[1]/@Name"))
                .isEqualTo("tissue");
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @Test
    void writesHeldNodesAndFaces() throws Exception {
        Scene scene = Samples.scene("measured");
        Document document = export(scene);
        int[] nodes = integers(document, topology("anchors"));
        int[] anchors = integers(document, attribute("anchors", "anchor"));
        int each = (Samples.NY + 1) * (Samples.NZ + 1);
        assertThat(nodes).hasSize(2 * each);
        for (int n = 0; n < nodes.length; n++) {
            assertThat(anchors[n]).isEqualTo(n < each ? 1 : 2);
            assertThat(scene.anchors().get(anchors[n] - 1).nodes()).contains(nodes[n]);
        }
        int[] corners = integers(document, topology("anchored-faces"));
        int[] faces = integers(document, attribute("anchored-faces", "anchor"));
        assertThat(faces).hasSize(4 * Samples.NY * Samples.NZ);
        assertThat(Arrays.stream(faces).filter(face -> face == 1).count()).isEqualTo(2L * Samples.NY * Samples.NZ);
        for (int c = 0; c < corners.length; c++) {
            assertThat(scene.anchors().get(faces[c / 3] - 1).nodes()).contains(corners[c]);
        }
        assertThat(text(document, "//Information[@Name='anchor 2']/@Value")).isEqualTo("right-bone");
        assertThat(text(document, "//Information[@Name='tissue 200']/@Value")).isEqualTo("tumour");
        assertThat(text(document, "//Information[@Name='gravity']/@Value")).isEqualTo("9.81");
    }

    @Test
    void leavesOutGridsWithoutANodeOrAFace() throws Exception {
        Document document = export(Samples.scene("measured", List.of(new Anchor("spot", List.of(4)))));
        assertThat(integers(document, topology("anchors"))).containsExactly(4);
        assertThat(document.getElementsByTagName("Grid").getLength()).isEqualTo(2);
    }

    @Test
    void writesNoAnchorsWhereNothingIsHeld() throws Exception {
        assertThat(export(Samples.scene("measured", List.of()))
                        .getElementsByTagName("Grid")
                        .getLength())
                .isEqualTo(1);
    }

    @Test
    void staysXmlWhateverASourceSays() throws Exception {
        Document document = export(Samples.scene("\"/><!-- <&]]> \u0000\u001b\ud800 \ud83d\ude00 ü"));
        assertThat(text(document, "//Information[@Name='source of liver']/@Value"))
                .isEqualTo("\"/><!-- <&]]> \ufffd\ufffd\ufffd \ud83d\ude00 ü");
    }

    @Test
    void writesTheSameBytesTwice(@TempDir Path other) throws Exception {
        export(Samples.scene("measured"));
        new FenicsExporter().export(Samples.scene("measured"), NONE, new FolderTarget(other));
        for (String file : List.of("two-tissues.xdmf", "two-tissues.py")) {
            assertThat(folder.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
        }
    }

    @Test
    void passesOnThatAFileCannotBeWritten() {
        assertThatThrownBy(
                        () -> new FenicsExporter().export(Samples.scene("measured"), NONE, path -> new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("disk full");
                            }
                        }))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("disk full");
    }
}
