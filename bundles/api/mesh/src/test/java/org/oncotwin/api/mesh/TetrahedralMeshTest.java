package org.oncotwin.api.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SR-2101")
class TetrahedralMeshTest {

    private static final double[] COORDINATES = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1};
    private static final int[] CORNERS = {0, 1, 2, 3, 1, 2, 3, 4};

    private static TetrahedralMesh two() {
        return TetrahedralMesh.of(COORDINATES, CORNERS, new int[] {1, 2});
    }

    /** The corner of a cube and the regular tetrahedron beside it: 1/6 and 1/3 of the cube. */
    @Test
    void volumesOfTetrahedraAndRegions() {
        TetrahedralMesh mesh = two();
        assertThat(mesh.volume(0)).isCloseTo(1 / 6.0, within(1e-15));
        assertThat(mesh.volume(1)).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(mesh.volumeOfRegion(2)).isEqualTo(mesh.volume(1));
        assertThat(mesh.volumeOfRegion(3)).isZero();
        assertThat(mesh.regions()).containsExactly(1, 2);
    }

    /** Six faces lie outside and enclose what the tetrahedra fill: they are seen from outside. */
    @Test
    void outerFacesEncloseTheVolume() {
        TetrahedralMesh mesh = two();
        int[] faces = mesh.outerFaces();
        assertThat(faces).hasSize(18);
        TriangleMesh surface = TriangleMesh.of(mesh.copyOfCoordinates(), faces);
        assertThat(surface.enclosedVolume()).isCloseTo(0.5, within(1e-15));
        List<List<Integer>> sorted = new ArrayList<>();
        for (int f = 0; f < faces.length; f += 3) {
            sorted.add(Arrays.stream(faces, f, f + 3).sorted().boxed().toList());
        }
        assertThat(sorted).doesNotContain(List.of(1, 2, 3)).doesNotHaveDuplicates();
    }

    @Test
    void nodesMoveAndTheMeshTheyCameFromStays() {
        TetrahedralMesh mesh = two();
        double[] twice = Arrays.stream(COORDINATES).map(x -> 2 * x).toArray();
        assertThat(mesh.at(twice).volume(0)).isCloseTo(8 / 6.0, within(1e-14));
        twice[0] = 5;
        assertThat(mesh).isEqualTo(two()).hasSameHashCodeAs(two());
        assertThatThrownBy(() -> mesh.at(new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 nodes have 15 coordinates, not 3");
    }

    private static void refused(double[] coordinates, int[] corners, int[] regions, String message) {
        assertThatThrownBy(() -> TetrahedralMesh.of(coordinates, corners, regions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoMeshIsRefused() {
        double[] nan = COORDINATES.clone();
        nan[7] = Double.NaN;
        refused(nan, CORNERS, new int[] {1, 1}, "coordinate y of node 2 is NaN");
        refused(COORDINATES, new int[] {0, 1, 2, 3, 1, 2, 3, 5}, new int[] {1, 1}, "is node 5; there are nodes 0 to 4");
        refused(COORDINATES, new int[] {0, 1, 2, 3, 1, 2, 2, 4}, new int[] {1, 1}, "element 1 has node 2 twice");
        refused(COORDINATES, new int[] {0, 1, 2, 3}, new int[] {1}, "node 4 is of no element");
        refused(COORDINATES, new int[] {0, 2, 1, 3, 1, 2, 3, 4}, new int[] {1, 1}, "tetrahedron 0 is flat or inverted");
        refused(COORDINATES, CORNERS, new int[] {1, 256}, "region of tetrahedron 1 is 256; allowed is 1 to 255");
        refused(COORDINATES, CORNERS, new int[] {1}, "1 tetrahedra have 4 corners, not 8");
        refused(COORDINATES, new int[0], new int[0], "one tetrahedron or more");
        refused(new double[4], CORNERS, new int[] {1, 1}, "three coordinates each");
    }
}
