package org.oncotwin.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.mesh.TriangleMesh;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.LabelField;

@Tag("SR-1701")
class RegionMeshesTest {

    /** Label of a voxel by its index. */
    private interface Labels {
        int at(int i, int j, int k);
    }

    private static RegionLabels labels(int n, Affine affine, Labels labels, int regions) {
        Grid grid = new Grid(n, n, n, affine);
        byte[] values = new byte[grid.size()];
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    values[grid.index(i, j, k)] = (byte) labels.at(i, j, k);
                }
            }
        }
        List<Region> list = new java.util.ArrayList<>();
        for (int region = 1; region <= regions; region++) {
            list.add(new Region(region, "region-" + region, new TreeSet<>(List.of(region))));
        }
        return RegionLabels.of(LabelField.of(grid, values, Map.of()), list);
    }

    private static RegionMeshes meshes(RegionLabels labels, double edge) {
        return RegionMeshes.of(labels, edge, Cancellation.NEVER);
    }

    /** Every face is of two tetrahedra, one on each side, or of one and outside. */
    private static void assertConforming(TetrahedralMesh mesh) {
        Map<List<Integer>, Integer> faces = new HashMap<>();
        int[][] places = {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}};
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            for (int[] place : places) {
                Integer[] nodes = {mesh.corner(t, place[0]), mesh.corner(t, place[1]), mesh.corner(t, place[2])};
                Arrays.sort(nodes);
                faces.merge(List.of(nodes), 1, Integer::sum);
            }
        }
        assertThat(faces.values()).allMatch(count -> count <= 2);
        assertThat(mesh.outerFaces())
                .hasSize(3
                        * (int) faces.values().stream()
                                .filter(count -> count == 1)
                                .count());
    }

    /** Every edge has two triangles that run along it in opposite directions, and the triangles around a node hang together. */
    private static void assertManifold(TriangleMesh surface) {
        Map<Long, Integer> edges = new HashMap<>();
        int[] around = new int[surface.nodes()];
        for (int t = 0; t < surface.triangles(); t++) {
            for (int corner = 0; corner < 3; corner++) {
                long from = surface.corner(t, corner);
                long to = surface.corner(t, (corner + 1) % 3);
                assertThat(edges.put(from << 32 | to, surface.corner(t, (corner + 2) % 3)))
                        .as("edge from %d to %d", from, to)
                        .isNull();
                around[(int) from]++;
            }
        }
        edges.keySet().forEach(edge -> assertThat(edges).containsKey(edge << 32 | edge >>> 32));
        // One walk around a node meets all of its triangles.
        boolean[] walked = new boolean[surface.nodes()];
        edges.forEach((edge, third) -> {
            long node = edge >>> 32;
            if (!walked[(int) node]) {
                walked[(int) node] = true;
                long first = edge & 0xffffffffL;
                long next = third;
                int count = 1;
                while (next != first) {
                    next = edges.get(node << 32 | next);
                    count++;
                }
                assertThat(count).isEqualTo(around[(int) node]);
            }
        });
    }

    private static void assertGood(RegionMeshes meshes, RegionLabels labels) {
        assertConforming(meshes.tetrahedra());
        assertThat(meshes.quality().smallestAngle()).isGreaterThanOrEqualTo(LatticeTetrahedra.SMALLEST_ANGLE);
        assertThat(meshes.quality().largestAngle()).isLessThanOrEqualTo(LatticeTetrahedra.LARGEST_ANGLE);
        for (Region region : labels.regions()) {
            TriangleMesh surface = meshes.surface(region.number());
            assertManifold(surface);
            double volume = meshes.tetrahedra().volumeOfRegion(region.number());
            assertThat(surface.enclosedVolume()).isCloseTo(volume, within(1e-9 * volume));
        }
    }

    private static boolean sphere(double i, double j, double k, double centre, double radius) {
        return (i - centre) * (i - centre) + (j - centre) * (j - centre) + (k - centre) * (k - centre)
                < radius * radius;
    }

    /** A sphere of 18 mm with one of 9 mm in it, of voxels of 1 mm: volumes within 0.5 % of the voxels, these within 3 % of 4/3 pi r^3, and areas within 10 % of 4 pi r^2, which steps of voxels exceed by half. */
    @Test
    void spheresHaveTheirVolumeAndArea() {
        RegionLabels labels = labels(
                40,
                Affine.scaling(1, 1, 1),
                (i, j, k) -> sphere(i, j, k, 19.5, 9) ? 2 : sphere(i, j, k, 19.5, 18) ? 1 : 0,
                2);
        for (double edge : new double[] {1, 2}) {
            RegionMeshes meshes = meshes(labels, edge);
            assertGood(meshes, labels);
            // The voxels of a sphere are not quite its volume.
            assertThat(meshes.tetrahedra().volumeOfRegion(2))
                    .isCloseTo(4 / 3.0 * Math.PI * Math.pow(0.009, 3), withinPercentage(3));
            assertThat(meshes.tetrahedra().volumeOfRegion(2)).isCloseTo(labels.volume(2), withinPercentage(0.5));
            assertThat(meshes.tetrahedra().volumeOfRegion(1)).isCloseTo(labels.volume(1), withinPercentage(0.5));
            assertThat(area(meshes.surface(2))).isCloseTo(4 * Math.PI * 81e-6, within(0.1 * 4 * Math.PI * 81e-6));
            assertThat(meshes.quality().overlaps().get(2)).isGreaterThan(0.93);
            assertThat(meshes.quality().volumeErrors().values()).allMatch(error -> Math.abs(error) < 0.005);
        }
    }

    private static double area(TriangleMesh surface) {
        double area = 0;
        for (int t = 0; t < surface.triangles(); t++) {
            double[] u = new double[3];
            double[] v = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                u[axis] =
                        surface.coordinate(surface.corner(t, 1), axis) - surface.coordinate(surface.corner(t, 0), axis);
                v[axis] =
                        surface.coordinate(surface.corner(t, 2), axis) - surface.coordinate(surface.corner(t, 0), axis);
            }
            area += Math.sqrt(Math.pow(u[1] * v[2] - u[2] * v[1], 2)
                            + Math.pow(u[2] * v[0] - u[0] * v[2], 2)
                            + Math.pow(u[0] * v[1] - u[1] * v[0], 2))
                    / 2;
        }
        return area;
    }

    /** The affine turns about two axes and has another spacing along each: the mesh lies where the voxels do. */
    @Test
    void obliqueAnisotropicVoxelsKeepTheirPlace() {
        double c = Math.cos(0.5);
        double s = Math.sin(0.5);
        Affine affine = Affine.of(c, -2 * s, 0, 10, s, 2 * c, 0, -40, 0, 0, -3, 100);
        RegionLabels labels =
                labels(24, affine, (i, j, k) -> i > 3 && i < 20 && j > 7 && j < 16 && k > 8 && k < 15 ? 1 : 0, 1);
        RegionMeshes meshes = meshes(labels, 2);
        assertGood(meshes, labels);
        double[] middle = affine.apply(11.5, 11.5, 11.5);
        TetrahedralMesh mesh = meshes.tetrahedra();
        double[] sum = new double[3];
        double volume = 0;
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            volume += mesh.volume(t);
            for (int n = 0; n < 12; n++) {
                sum[n % 3] += mesh.volume(t) / 4 * mesh.coordinate(mesh.corner(t, n / 3), n % 3);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            assertThat(1000 * sum[axis] / volume).isCloseTo(middle[axis], within(0.1));
        }
        assertThat(volume).isCloseTo(labels.volume(1), within(0.01 * labels.volume(1)));
    }

    /** Thin sheets, balls that touch each other or what is around, and single voxels; the volume of each region within 2 %. */
    @Test
    void fiftyRandomLabelFieldsGiveGoodMeshes() {
        Random random = new Random(11);
        double worst = 0;
        for (int field = 0; field < 50; field++) {
            double[] balls = random.doubles(24, 0, 1).toArray();
            int sheet = 4 + random.nextInt(12);
            int axis = random.nextInt(3);
            boolean dust = field % 5 == 0;
            Random specks = new Random(field);
            RegionLabels labels = labels(
                    20,
                    Affine.scaling(1, 1.2, 0.9),
                    (i, j, k) -> {
                        if (dust && specks.nextInt(40) == 0) {
                            return 3;
                        }
                        int[] at = {i, j, k};
                        if (at[axis] == sheet) {
                            return 2;
                        }
                        for (int n = 0; n < balls.length; n += 4) {
                            double r = 2 + 4 * balls[n + 3];
                            if (Math.pow(i - 20 * balls[n], 2)
                                            + Math.pow(j - 20 * balls[n + 1], 2)
                                            + Math.pow(k - 20 * balls[n + 2], 2)
                                    < r * r) {
                                return n % 8 == 0 ? 1 : 3;
                            }
                        }
                        return 0;
                    },
                    3);
            RegionMeshes meshes = meshes(labels, 0.9);
            assertGood(meshes, labels);
            for (double error : meshes.quality().volumeErrors().values()) {
                worst = Math.max(worst, Math.abs(error));
            }
        }
        assertThat(worst).isLessThan(0.02);
    }

    @Test
    void aMeshThatShowsARegionTooBadlyIsRefusedByName() {
        RegionLabels labels = labels(20, Affine.scaling(1, 1, 1), (i, j, k) -> sphere(i, j, k, 9.5, 6) ? 1 : 0, 1);
        MeshQuality quality = meshes(labels, 1).quality();
        quality.require(labels, 0.02);
        assertThatThrownBy(() -> quality.require(labels, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("edge-length: region-1 has ")
                .hasMessageContaining("allowed is 100.0 to 100.0 %: choose a shorter edge");
        assertThatThrownBy(() -> meshes(labels, 1).surface(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the mesh has no region 2; it has [1]");
        assertThatThrownBy(() -> meshes(labels, 0)).isInstanceOf(InvalidInputException.class);
    }

    /** Angles of a regular tetrahedron (70.53 degrees) and of the corner of a cube (90 and 54.74). */
    @Test
    void dihedralAnglesInClosedForm() {
        DihedralAngles angles = new DihedralAngles();
        double[] regular = {1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1};
        angles.look(regular, new int[] {0, 2, 1, 3}, 0);
        assertThat(angles.smallest()).isCloseTo(Math.toDegrees(Math.acos(1 / 3.0)), within(1e-12));
        assertThat(angles.largest()).isCloseTo(angles.smallest(), within(1e-12));
        double[] corner = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
        angles.look(corner, new int[] {0, 1, 2, 3}, 0);
        assertThat(angles.largest()).isCloseTo(90, within(1e-12));
        assertThat(angles.smallest()).isCloseTo(Math.toDegrees(Math.acos(1 / Math.sqrt(3))), within(1e-12));
    }
}
