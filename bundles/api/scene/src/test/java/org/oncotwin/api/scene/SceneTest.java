package org.oncotwin.api.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mechanics.ElasticMaterial;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.scene.Probe.Phase;
import org.oncotwin.api.scene.Probe.Point;
import org.oncotwin.api.scene.Tissue.Colour;

@Tag("SR-2102")
class SceneTest {

    private static final TetrahedralMesh MESH = TetrahedralMesh.of(
            new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1},
            new int[] {0, 1, 2, 3, 1, 2, 3, 4},
            new int[] {1, 2});

    private static final ElasticMaterial SOFT = new ElasticMaterial(5000, 0.45, 1000, 0.01, "test");

    private static Tissue tissue(String name, int region, double density) {
        return new Tissue(
                name,
                region,
                new ElasticMaterial(5000, 0.45, density, 0.01, "test"),
                0.1,
                new Colour(1, 0, 0),
                TriangleMesh.of(MESH.copyOfCoordinates(), MESH.outerFaces()));
    }

    private static Scene scene(List<Tissue> tissues, List<Anchor> anchors) {
        return new Scene("test", Placement.supine(0, 0, 0), MESH, tissues, anchors, List.of(), 9.81);
    }

    @Test
    void massIsDensityTimesVolume() {
        Scene scene = scene(List.of(tissue("brain", 1, 1000), tissue("tumour", 2, 1500)), List.of());
        assertThat(scene.mass()).isCloseTo(1000 / 6.0 + 1500 / 3.0, within(1e-10));
    }

    private static void refused(Runnable what, String message) {
        assertThatThrownBy(what::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        Tissue brain = tissue("brain", 1, 1000);
        Tissue tumour = tissue("tumour", 2, 1000);
        refused(() -> scene(List.of(brain), List.of()), "no tissue is region [2]");
        refused(
                () -> scene(List.of(brain, tissue("tumour", 3, 1000)), List.of()),
                "tissue tumour is region 3, which another tissue is or the mesh has not; it has [1, 2]");
        refused(
                () -> scene(List.of(brain, tissue("brain", 2, 1000)), List.of()),
                "two parts of the scene are called brain");
        refused(
                () -> scene(List.of(brain, tumour), List.of(new Anchor("bone", List.of(5)))),
                "anchor bone holds node 5, which another holds or the mesh has not; it has nodes 0 to 4");
        refused(() -> new Anchor("bone", List.of(2, 1)), "nodes of anchor bone do not ascend: 1 comes after 2");
        refused(() -> new Anchor("bone", List.of()), "holds no node");
        refused(
                () -> tissue("Brain <1>", 1, 1000),
                "the name of a tissue is 'Brain <1>'; allowed are lower-case words");
        refused(() -> new ElasticMaterial(0, 0.4, 1000, 0, "test"), "Young's modulus is 0.0; allowed is above 0");
        refused(
                () -> new ElasticMaterial(1, 0.5, 1000, 0, "test"),
                "Poisson's ratio is 0.5; allowed is 0 up to but not 0.5");
        refused(() -> new ElasticMaterial(1, 0.4, Double.NaN, 0, "test"), "density is NaN");
        refused(() -> new ElasticMaterial(1, 0.4, 1, -1, "test"), "damping is -1.0; allowed is 0 to 10 s");
        refused(() -> new ElasticMaterial(1, 0.4, 1, 0, " "), "names the source");
        refused(() -> new Phase("press", 0, new Point(0, 0, 0)), "phase press takes 0.0 s");
        refused(() -> new Point(0, Double.NaN, 0), "a point is finite");
        refused(() -> new Probe("probe", 0, 1, 0, new Point(0, 0, 0), List.of()), "radius of probe is 0.0");
    }

    /** Lamé's parameters of a material: lambda = E nu / ((1 + nu)(1 - 2 nu)), mu = E / (2 (1 + nu)). */
    @Test
    void moduliOfAMaterial() {
        assertThat(SOFT.lambda()).isCloseTo(5000 * 0.45 / (1.45 * 0.1), within(1e-9));
        assertThat(SOFT.shearModulus()).isCloseTo(5000 / 2.9, within(1e-12));
    }

    /** The front of a patient on the back is up, the head away from y; there and back is the same point. */
    @Test
    void aPatientOnTheBackLooksUp() {
        Placement placement = Placement.supine(10, 20, 30);
        assertThat(placement.toScene(10, 1020, 30)).containsExactly(0, 0, 1);
        assertThat(placement.toScene(10, 20, 1030)).containsExactly(0, -1, 0);
        assertThat(placement.toScene(1010, 20, 30)).containsExactly(1, 0, 0);
        assertThat(placement.toPatient(placement.toScene(1, 2, 3)))
                .containsExactly(new double[] {1, 2, 3}, within(1e-12));
        refused(
                () -> Placement.of(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]),
                "a mirror image is no placement");
        refused(() -> Placement.of(new double[] {2, 0, 0, 0, 1, 0, 0, 0, 1}, new double[3]), "not a rotation");
        refused(() -> Placement.supine(Double.NaN, 0, 0), "an origin is finite");
    }
}
