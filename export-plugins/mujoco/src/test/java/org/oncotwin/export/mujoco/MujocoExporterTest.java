package org.oncotwin.export.mujoco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Probe.Phase;
import org.oncotwin.api.scene.Probe.Point;
import org.oncotwin.api.scene.Scene;
import org.w3c.dom.Element;

@Tag("SR-1901")
class MujocoExporterTest {

    private static final ElasticMaterial MUSCLE = new ElasticMaterial(5000, 0.45, 1050, 0.01, "test");
    private static final ElasticMaterial TUMOUR = new ElasticMaterial(50_000, 0.4, 1100, 0.02, "test");
    private static final Probe PROBE = new Probe(
            "probe",
            0.005,
            0.004,
            0.1,
            new Point(0, 0, 0.06),
            List.of(new Phase("approach", 1, new Point(0, 0, 0.045)), new Phase("press", 0.5, new Point(0, 0, 0.04))));

    private static Scene scene() {
        TetrahedralMesh mesh = Blocks.mesh(new int[] {2, 2, 4}, 0.01, height -> height > 2);
        return Blocks.scene(mesh, 0, List.of(MUSCLE, TUMOUR), List.of(PROBE));
    }

    @Test
    void bodiesCarryTheMassOfTheTissueThatIsNotHeld() throws Exception {
        WrittenModel model = WrittenModel.of(scene(), "3.14", 0.002);
        assertThat(model.file()).isEqualTo("block.xml");
        double mass = model.all("inertial").stream()
                .mapToDouble(inertial -> Double.parseDouble(inertial.getAttribute("mass")))
                .sum();
        // Two layers of 8 cm3 each; of the lowest cubes half the volume lies at the held nodes or above.
        double whole = 8e-6 * 1050 + 8e-6 * 1100;
        double held = 4e-6 * 1050 / 2;
        assertThat(mass).isCloseTo(whole - held, within(1e-12));
        assertThat(model.all("body")).hasSize(9 * 4 + 1);
        for (Element body : model.all("body")) {
            if (body.getAttribute("name").startsWith("node-")) {
                assertThat(body.getElementsByTagName("joint").getLength()).isEqualTo(3);
            }
        }
    }

    /** Each tissue has its stiffness; both hang on the same bodies where they touch; each tetrahedron is there with its corners in their places. */
    @Test
    void tissuesAreFlexesThatShareTheirInterface() throws Exception {
        Scene scene = scene();
        WrittenModel model = WrittenModel.of(scene, "3.14", 0.002);
        List<Element> flexes = model.all("flex");
        assertThat(flexes).extracting(flex -> flex.getAttribute("name")).containsExactly("muscle", "tumour");
        assertThat(model.all("elasticity"))
                .extracting(
                        e -> e.getAttribute("young"), e -> e.getAttribute("poisson"), e -> e.getAttribute("damping"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("5000", "0.45", "0.01"),
                        org.assertj.core.groups.Tuple.tuple("50000", "0.4", "0.02"));
        int elements = 0;
        for (int region = 1; region <= 2; region++) {
            Element flex = flexes.get(region - 1);
            String[] bodies = flex.getAttribute("body").split(" ");
            double[] vertices = WrittenModel.numbers(flex, "vertex");
            double[] corners = WrittenModel.numbers(flex, "element");
            elements += corners.length / 4;
            int next = 0;
            for (int t = 0; t < scene.mesh().tetrahedra(); t++) {
                if (scene.mesh().region(t) != region) {
                    continue;
                }
                for (int corner = 0; corner < 4; corner++) {
                    int vertex = (int) corners[next];
                    next++;
                    int node = scene.mesh().corner(t, corner);
                    boolean held = scene.mesh().coordinate(node, 2) == 0;
                    assertThat(bodies[vertex]).isEqualTo(held ? "world" : "node-" + node);
                    for (int axis = 0; axis < 3; axis++) {
                        assertThat(vertices[3 * vertex + axis])
                                .isEqualTo(held ? scene.mesh().coordinate(node, axis) : 0);
                    }
                }
            }
        }
        assertThat(elements).isEqualTo(scene.mesh().tetrahedra());
        List<String> muscle = List.of(flexes.get(0).getAttribute("body").split(" "));
        assertThat(flexes.get(1).getAttribute("body").split(" "))
                .filteredOn(muscle::contains)
                .hasSize(9);
    }

    @Test
    void placesReadBackToTheSameBits() throws Exception {
        Scene scene = scene();
        for (Element body : WrittenModel.of(scene, "3.14", 0.002).all("body")) {
            if (body.getAttribute("name").startsWith("node-")) {
                int node = Integer.parseInt(body.getAttribute("name").substring(5));
                double[] place = WrittenModel.numbers(body, "pos");
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(place[axis]).isEqualTo(scene.mesh().coordinate(node, axis));
                }
            }
        }
    }

    @Test
    void eachVersionGetsTheIntegratorThatItTakes() throws Exception {
        for (String version : MujocoExporter.VERSIONS) {
            Element option =
                    WrittenModel.of(scene(), version, 0.001).all("option").get(0);
            assertThat(option.getAttribute("integrator"))
                    .as(version)
                    .isEqualTo(version.equals("3.12") ? "implicitfast" : "discrete");
            assertThat(option.getAttribute("timestep")).isEqualTo("0.001");
            assertThat(option.getAttribute("gravity")).isEqualTo("0 0 -9.81");
        }
    }

    @Test
    void keyframesHoldTheWayOfTheProbe() throws Exception {
        List<Element> keys = WrittenModel.of(scene(), "3.14", 0.002).all("key");
        assertThat(keys).extracting(key -> key.getAttribute("name")).containsExactly("probe-approach", "probe-press");
        assertThat(keys).extracting(key -> key.getAttribute("time")).containsExactly("1", "1.5");
        assertThat(WrittenModel.numbers(keys.get(1), "ctrl"))
                .containsExactly(new double[] {0, 0, -0.02}, within(1e-15));
    }

    @Test
    void tissueThatWouldFallIsRefused() {
        Scene scene = scene();
        Scene loose =
                new Scene("loose", scene.placement(), scene.mesh(), scene.tissues(), List.of(), scene.probes(), 9.81);
        assertThatThrownBy(() -> WrittenModel.of(loose, "3.14", 0.002))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("anchors: none holds the part of the tissue around node 0, which would fall");
    }

    @Test
    void equalScenesGiveEqualBytes() throws Exception {
        assertThat(WrittenModel.of(scene(), "3.14", 0.002).bytes())
                .isEqualTo(WrittenModel.of(scene(), "3.14", 0.002).bytes());
    }
}
