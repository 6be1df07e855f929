package org.oncotwin.scene;

import java.util.ArrayList;
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
import org.oncotwin.geometry.MeshQuality;
import org.oncotwin.geometry.Region;
import org.oncotwin.geometry.RegionLabels;
import org.oncotwin.geometry.RegionMeshes;

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
        RegionMeshes meshes = RegionMeshes.of(labels, request.edgeLength() * MILLIMETRES, cancellation);
        meshes.quality().require(labels, request.largestVolumeError());
        Placement placement = Placement.supine(middle(meshes.tetrahedra()));
        TetrahedralMesh mesh =
                meshes.tetrahedra().at(placed(placement, meshes.tetrahedra().copyOfCoordinates()));
        List<Tissue> tissues = new ArrayList<>();
        for (int n = 1; n <= request.tissues().size(); n++) {
            cancellation.check();
            SceneTissue tissue = request.tissues().get(n - 1);
            TriangleMesh surface = meshes.surface(n);
            tissues.add(new Tissue(
                    tissue.name(),
                    n,
                    tissue.material().elastic(),
                    tissue.material().friction(),
                    tissue.material().colour(),
                    TriangleMesh.owning(placed(placement, surface.copyOfCoordinates()), surface.copyOfCorners())));
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
        return new BuiltScene(scene, measures(meshes.quality(), labels), words(meshes.quality(), labels));
    }

    /** The middle of the box around the nodes in mm, rounded to whole ones. */
    private static double[] middle(TetrahedralMesh mesh) {
        double[] middle = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int node = 0; node < mesh.nodes(); node++) {
                low = Math.min(low, mesh.coordinate(node, axis));
                high = Math.max(high, mesh.coordinate(node, axis));
            }
            middle[axis] = Math.rint(MILLIMETRES * (low + high) / 2);
        }
        return middle;
    }

    private static double[] placed(Placement placement, double[] metres) {
        double[] placed = new double[metres.length];
        for (int n = 0; n < metres.length; n += 3) {
            double[] point = placement.toScene(
                    MILLIMETRES * metres[n], MILLIMETRES * metres[n + 1], MILLIMETRES * metres[n + 2]);
            System.arraycopy(point, 0, placed, n, 3);
        }
        return placed;
    }

    private static SortedMap<String, Double> measures(MeshQuality quality, RegionLabels labels) {
        SortedMap<String, Double> measures = new TreeMap<>();
        measures.put("smallest_dihedral_angle_degrees", quality.smallestAngle());
        measures.put("largest_dihedral_angle_degrees", quality.largestAngle());
        measures.put("shortest_edge_share", quality.shortestEdge());
        for (Region region : labels.regions()) {
            measures.put("volume_error_" + region.name(), quality.volumeErrors().get(region.number()));
            measures.put("dice_" + region.name(), quality.overlaps().get(region.number()));
        }
        return measures;
    }

    private static List<String> words(MeshQuality quality, RegionLabels labels) {
        List<String> words = new ArrayList<>();
        words.add(String.format(
                Locale.ROOT,
                "dihedral angles %.1f to %.1f degrees, shortest edge %.2f of the length asked for",
                quality.smallestAngle(),
                quality.largestAngle(),
                quality.shortestEdge()));
        for (Region region : labels.regions()) {
            words.add(String.format(
                    Locale.ROOT,
                    "%s: volume %+.2f %%, Dice %.3f against the labels",
                    region.name(),
                    PERCENT * quality.volumeErrors().get(region.number()),
                    quality.overlaps().get(region.number())));
        }
        return words;
    }
}
