package org.oncotwin.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Probe.Point;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;

/** A ball of 40 mm with a tumour that lies towards the front. */
@Tag("SR-2103")
class SceneBuilderTest {

    private static final Grid GRID = new Grid(50, 50, 50, Affine.scaling(2, 2, 2));
    private static final TissueMaterial SOFT = TissueMaterial.given("soft", 3000);

    private static boolean ball(int voxel, double x, double y, double z, double radius) {
        double i = voxel % 50 - x;
        double j = voxel / 50 % 50 - y;
        double k = voxel / 2500 - z;
        return i * i + j * j + k * k < radius * radius;
    }

    private static SceneRequest request(double window) {
        boolean[] head = new boolean[GRID.size()];
        boolean[] tumour = new boolean[GRID.size()];
        byte[] labels = new byte[GRID.size()];
        for (int voxel = 0; voxel < labels.length; voxel++) {
            head[voxel] = ball(voxel, 24.5, 24.5, 24.5, 20);
            tumour[voxel] = ball(voxel, 24.5, 36.5, 24.5, 5);
            labels[voxel] = (byte) (head[voxel] ? 7 : 0);
        }
        Anatomy anatomy =
                new Anatomy(Mask.of(GRID, head), Optional.of(LabelField.of(GRID, labels, Map.of("brain", 7))));
        List<SceneTissue> tissues = List.of(new SceneTissue("brain", List.of(7), SOFT));
        LabelField regions = TissueRegions.of(anatomy, tissues, Mask.of(GRID, tumour));
        return new SceneRequest(
                "ball",
                regions,
                List.of(tissues.get(0), new SceneTissue("tumour", List.of(2), TissueMaterial.given("tumour", 9000))),
                2,
                0.006,
                1000,
                0.02,
                window,
                0.005,
                0.004);
    }

    private static Scene scene(double window) {
        return SceneBuilder.build(request(window), Cancellation.NEVER).scene();
    }

    /** The front of a patient on the back is up: the probe comes from above, to the pole of the ball, and presses downwards. */
    @Test
    void theProbeEntersWhereTheTumourIsNearest() {
        Scene scene = scene(0.02);
        Probe probe = scene.probes().get(0);
        assertThat(probe.phases())
                .extracting(Probe.Phase::name)
                .containsExactly("approach", "press", "hold", "retract");
        Point start = probe.start();
        Point touching = probe.phases().get(0).target();
        Point pressed = probe.phases().get(1).target();
        assertThat(touching.z()).isCloseTo(0.04 + 0.005, within(0.004));
        assertThat(Math.hypot(touching.x(), touching.y())).isLessThan(0.015);
        assertThat(distance(start, touching)).isCloseTo(0.02, within(1e-12));
        assertThat(distance(touching, pressed)).isCloseTo(0.004, within(1e-12));
        assertThat(start.z()).isGreaterThan(touching.z());
        assertThat(pressed.z()).isLessThan(touching.z());
        assertThat(probe.phases().get(3).target()).isEqualTo(start);
    }

    private static double distance(Point a, Point b) {
        return Math.sqrt(Math.pow(a.x() - b.x(), 2) + Math.pow(a.y() - b.y(), 2) + Math.pow(a.z() - b.z(), 2));
    }

    /** All of the outer surface is held but the window. */
    @Test
    void theSurfaceOutsideTheWindowIsHeld() {
        Scene narrow = scene(0.02);
        Scene wide = scene(0.05);
        Anchor anchor = narrow.anchors().get(0);
        TetrahedralMesh mesh = narrow.mesh();
        int[] outer =
                java.util.Arrays.stream(mesh.outerFaces()).sorted().distinct().toArray();
        for (int node : anchor.nodes()) {
            assertThat(java.util.Arrays.binarySearch(outer, node)).isNotNegative();
        }
        assertThat(anchor.nodes()).hasSizeBetween(outer.length * 7 / 10, outer.length - 4);
        assertThat(wide.anchors().get(0).nodes().size())
                .isLessThan(anchor.nodes().size());
        assertThatThrownBy(() -> scene(0.2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--window: 200.0 mm leaves nothing that holds the tissue; allowed is less than");
    }

    @Test
    void tissuesHaveTheirMaterialVolumeAndSurface() {
        BuiltScene built = SceneBuilder.build(request(0.02), Cancellation.NEVER);
        Scene scene = built.scene();
        assertThat(scene.tissues()).extracting(tissue -> tissue.name()).containsExactly("brain", "tumour");
        assertThat(scene.tissues().get(1).material().youngsModulus()).isEqualTo(9000);
        double wanted = 0;
        for (int voxel = 0; voxel < GRID.size(); voxel++) {
            wanted += ball(voxel, 24.5, 36.5, 24.5, 5) ? 8e-9 : 0;
        }
        assertThat(scene.mesh().volumeOfRegion(2)).isCloseTo(wanted, within(0.02 * wanted));
        assertThat(scene.tissues().get(1).surface().enclosedVolume()).isCloseTo(wanted, within(0.05 * wanted));
        assertThat(built.quality())
                .containsKeys("volume_error_tumour", "dice_brain", "smallest_dihedral_angle_degrees");
        double[] middle = scene.placement().toPatient(0, 0, 0);
        assertThat(middle).containsExactly(new double[] {49, 49, 49}, within(1.0));
    }

    @Test
    void everyMaterialOfTheLibraryNamesItsSourceOrSaysThatItIsAnAssumption() {
        assertThat(TissueMaterials.all()).containsKeys("brain", "high-grade-glioma", "muscle");
        TissueMaterials.all().forEach((name, material) -> {
            assertThat(material.name()).isEqualTo(name);
            assertThat(material.elastic().source()).matches("(?s).*(https?://|[A-Z][a-z]+ [A-Z]+ et al|assumption).*");
        });
        assertThatThrownBy(() -> TissueMaterials.named("--material tumour", "jelly"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--material tumour: no material 'jelly'; there are [brain, ");
    }
}
