package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.imaging.NiftiReader;

/** A real brain: Colin 27 as segmented by MIA, 181 x 217 x 181 voxels of 1 mm. */
class BrainMeshTest {

    private static final Path TISSUES = Path.of(
            "..", "..", "workspace-tests", "references", "tissue-segmentation", "mia-fuzzy-c-means-labels.nii.gz");

    private static RegionLabels brain() throws Exception {
        LabelField labels = new NiftiReader().readLabels(TISSUES, Map.of()).labels();
        return RegionLabels.of(
                labels,
                List.of(
                        new Region(1, "cortex-and-fluid", new TreeSet<>(List.of(1, 2))),
                        new Region(2, "white", new TreeSet<>(List.of(3)))));
    }

    @Test
    @Tag("SR-1703")
    @Tag("SR-1704")
    void theBrainAtFiveMillimetresPassesTheUsualGates() throws Exception {
        RegionLabels brain = brain().withoutIslandsBelow(1000, Cancellation.NEVER);
        LabelLattice lattice = LabelLattice.of(brain, 5, Cancellation.NEVER);
        TetrahedralMesh mesh =
                TetrahedralMesher.smoothed(lattice, AngleBounds.USUAL, Labels.SUPINE, Cancellation.NEVER);
        MeshQuality quality = MeshQuality.of(mesh, Labels.SUPINE, lattice, Cancellation.NEVER);

        QualityGates.USUAL.check(quality);
        assertThat(quality.smallestDihedral()).isGreaterThanOrEqualTo(15 - 1e-6);
        assertThat(quality.largestDihedral()).isLessThanOrEqualTo(150 + 1e-6);
        // README of the segmentation: 195.2 + 840.9 and 701.1 cm3.
        assertThat(mesh.volumeOfRegion(1) * 1e6).isBetween(1020.0, 1050.0);
        assertThat(mesh.volumeOfRegion(2) * 1e6).isBetween(690.0, 710.0);
        // Gyri are thinner than 5 mm: what is lost is said.
        assertThat(quality.regions()).allMatch(region -> region.dice() > 0.78 && region.dice() < 0.95);
    }

    @Test
    @Tag("SR-1702")
    void theSurfacesOfTheBrainAreClosedManifolds() throws Exception {
        LabelLattice lattice = LabelLattice.of(brain(), 2, Cancellation.NEVER);
        SurfaceNets.of(lattice, SurfaceNets.USUAL_ROUNDS, Labels.SUPINE, Cancellation.NEVER)
                .forEach((number, surface) -> {
                    Region region = lattice.source().regions().get(number - 1);
                    SurfaceQuality quality = SurfaceQuality.of(surface);
                    QualityGates.USUAL.check(region, quality);
                    assertThat(quality.volume() / lattice.source().volume(number))
                            .isBetween(0.98, 1.02);
                });
    }
}
