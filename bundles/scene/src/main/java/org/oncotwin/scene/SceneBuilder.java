package org.oncotwin.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.scene.Placement;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.geometry.AngleBounds;
import org.oncotwin.geometry.LabelLattice;
import org.oncotwin.geometry.MeshQuality;
import org.oncotwin.geometry.QualityGates;
import org.oncotwin.geometry.Region;
import org.oncotwin.geometry.RegionLabels;
import org.oncotwin.geometry.RegionQuality;
import org.oncotwin.geometry.SurfaceNets;
import org.oncotwin.geometry.TetrahedralMesher;

/** Makes a scene: the patient lies on the back, the middle of the anatomy at the origin. */
public final class SceneBuilder {

    /** Standard gravity in m/s2 (CGPM 1901), rounded. */
    private static final double GRAVITY = 9.81;

    private static final double MILLIMETRES = 1000;
    private static final double PERCENT = 100;

    private SceneBuilder() {}

    /**
     * Makes it.
     *
     * @param cancellation looked at again and again
     * @throws org.oncotwin.api.plugin.InvalidInputException if the mesh shows a tissue too badly, or nothing would hold the tissue, saying what to do
     */
    public static BuiltScene build(SceneRequest request, Cancellation cancellation) {
        List<Region> regions = new ArrayList<>();
        for (int n = 1; n <= request.tissues().size(); n++) {
            regions.add(new Region(n, request.tissues().get(n - 1).name(), new TreeSet<>(List.of(n))));
        }
        RegionLabels labels =
                RegionLabels.of(request.regions(), regions).withoutIslandsBelow(request.smallestIsland(), cancellation);
        LabelLattice lattice = LabelLattice.of(labels, request.edgeLength() * MILLIMETRES, cancellation);
        Placement placement = Placement.supine(middle(lattice));
        TetrahedralMesh mesh = TetrahedralMesher.smoothed(lattice, AngleBounds.USUAL, placement, cancellation);
        MeshQuality quality = MeshQuality.of(mesh, placement, lattice, cancellation);
        new QualityGates(
                        QualityGates.USUAL.smallestDihedral(),
                        QualityGates.USUAL.largestDihedral(),
                        QualityGates.USUAL.shortestEdge(),
                        request.largestVolumeError(),
                        QualityGates.USUAL.pieces())
                .check(quality);
        SortedMap<Integer, TriangleMesh> surfaces =
                SurfaceNets.of(lattice, SurfaceNets.USUAL_ROUNDS, placement, cancellation);
        List<Tissue> tissues = new ArrayList<>();
        for (int n = 1; n <= request.tissues().size(); n++) {
            SceneTissue tissue = request.tissues().get(n - 1);
            tissues.add(new Tissue(
                    tissue.name(),
                    n,
                    tissue.material().elastic(),
                    tissue.material().friction(),
                    tissue.material().colour(),
                    surfaces.get(n)));
        }
        SurgicalWindow window = new SurgicalWindow(mesh, request.target());
        Scene scene = new Scene(
                request.name(),
                placement,
                mesh,
                tissues,
                List.of(window.anchor(request.windowRadius())),
                List.of(window.probe(request.probeRadius(), request.pressDepth())),
                GRAVITY);
        return new BuiltScene(scene, measures(quality), words(quality));
    }

    /** The middle of the lattice in mm, rounded to whole ones. */
    private static double[] middle(LabelLattice lattice) {
        Grid cubes = lattice.cubes().grid();
        double[] middle = cubes.affine().apply((cubes.nx() - 1) / 2.0, (cubes.ny() - 1) / 2.0, (cubes.nz() - 1) / 2.0);
        return Arrays.stream(middle).map(Math::rint).toArray();
    }

    private static SortedMap<String, Double> measures(MeshQuality quality) {
        SortedMap<String, Double> measures = new TreeMap<>();
        measures.put("smallest_dihedral_angle_degrees", quality.smallestDihedral());
        measures.put("largest_dihedral_angle_degrees", quality.largestDihedral());
        measures.put("shortest_edge_share", quality.shortestEdge());
        for (RegionQuality region : quality.regions()) {
            measures.put("volume_error_" + region.name(), region.relativeVolumeError());
            measures.put("dice_" + region.name(), region.dice());
            measures.put("hausdorff_mm_" + region.name(), region.hausdorff());
            measures.put("hausdorff_95_mm_" + region.name(), region.hausdorff95());
        }
        return measures;
    }

    private static List<String> words(MeshQuality quality) {
        List<String> words = new ArrayList<>();
        words.add(String.format(
                Locale.ROOT,
                "dihedral angles %.1f to %.1f degrees, shortest edge %.2f of the length asked for",
                quality.smallestDihedral(),
                quality.largestDihedral(),
                quality.shortestEdge()));
        for (RegionQuality region : quality.regions()) {
            words.add(String.format(
                    Locale.ROOT,
                    "%s: volume %+.2f %%, Dice %.3f, Hausdorff distance %.1f mm (95 %%: %.1f mm) against the labels",
                    region.name(),
                    PERCENT * region.relativeVolumeError(),
                    region.dice(),
                    region.hausdorff(),
                    region.hausdorff95()));
        }
        return words;
    }
}
