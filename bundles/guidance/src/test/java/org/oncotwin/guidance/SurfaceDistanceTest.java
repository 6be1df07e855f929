package org.oncotwin.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.mesh.TriangleMesh;

@Tag("SR-2104")
class SurfaceDistanceTest {

    private static Vector3D node(TriangleMesh surface, int triangle, int corner) {
        int node = surface.corner(triangle, corner);
        return new Vector3D(surface.coordinate(node, 0), surface.coordinate(node, 1), surface.coordinate(node, 2));
    }

    private static double toSegment(Vector3D p, Vector3D a, Vector3D b) {
        Vector3D ab = b.subtract(a);
        double s = Math.max(0, Math.min(1, p.subtract(a).dotProduct(ab) / ab.getNormSq()));
        return p.distance(a.add(s, ab));
    }

    /** To the plane where its foot lies within, else to the nearest edge: another way than that of the class under test. */
    private static double toTriangle(Vector3D p, Vector3D a, Vector3D b, Vector3D c) {
        Vector3D normal = b.subtract(a).crossProduct(c.subtract(a)).normalize();
        double height = p.subtract(a).dotProduct(normal);
        Vector3D foot = p.subtract(height, normal);
        boolean within = b.subtract(a).crossProduct(foot.subtract(a)).dotProduct(normal) >= 0
                && c.subtract(b).crossProduct(foot.subtract(b)).dotProduct(normal) >= 0
                && a.subtract(c).crossProduct(foot.subtract(c)).dotProduct(normal) >= 0;
        return within
                ? Math.abs(height)
                : Math.min(toSegment(p, a, b), Math.min(toSegment(p, b, c), toSegment(p, c, a)));
    }

    /** Solid angle of a triangle (Van Oosterom A, Strackee J 1983, IEEE Trans Biomed Eng 30:125); all sum to 4 pi inside and to 0 outside. */
    private static double solidAngle(Vector3D p, Vector3D a, Vector3D b, Vector3D c) {
        Vector3D u = a.subtract(p);
        Vector3D v = b.subtract(p);
        Vector3D w = c.subtract(p);
        return 2
                * Math.atan2(
                        u.dotProduct(v.crossProduct(w)),
                        u.getNorm() * v.getNorm() * w.getNorm()
                                + u.dotProduct(v) * w.getNorm()
                                + v.dotProduct(w) * u.getNorm()
                                + w.dotProduct(u) * v.getNorm());
    }

    private static double bruteForce(TriangleMesh surface, Vector3D p) {
        double least = Double.POSITIVE_INFINITY;
        double angle = 0;
        for (int t = 0; t < surface.triangles(); t++) {
            Vector3D a = node(surface, t, 0);
            Vector3D b = node(surface, t, 1);
            Vector3D c = node(surface, t, 2);
            least = Math.min(least, toTriangle(p, a, b, c));
            angle += solidAngle(p, a, b, c);
        }
        return angle > 2 * Math.PI ? -least : least;
    }

    /** A rough surface, on which the nearest part is often an edge or a node: distance by trying all triangles, sign by the winding number. */
    @Test
    void distancesOfTenThousandPointsAreThoseOfTryingAllTriangles() {
        TriangleMesh surface = Surfaces.sphere(4, 0.3);
        SurfaceDistance.Query query = new SurfaceDistance(surface).query();
        Random random = new Random(1);
        int inside = 0;
        for (int n = 0; n < 10_000; n++) {
            Vector3D p = new Vector3D(
                    3 * random.nextDouble() - 1.5, 3 * random.nextDouble() - 1.5, 3 * random.nextDouble() - 1.5);
            double expected = bruteForce(surface, p);
            assertThat(query.distance(p.getX(), p.getY(), p.getZ())).isCloseTo(expected, within(1e-13));
            assertThat(p.distance(new Vector3D(query.nearest(0), query.nearest(1), query.nearest(2))))
                    .isCloseTo(Math.abs(expected), within(1e-13));
            inside += expected < 0 ? 1 : 0;
        }
        assertThat(inside).isBetween(1000, 4000);
    }

    /** Beside faces, edges and corners, within and without, in closed form. */
    @Test
    void distancesFromACube() {
        SurfaceDistance.Query query = new SurfaceDistance(Surfaces.cube()).query();
        assertThat(query.distance(0, 0, 0)).isEqualTo(-1);
        assertThat(query.distance(0.5, 0.25, 0)).isEqualTo(-0.5);
        assertThat(query.distance(3, 0.5, 0.25)).isEqualTo(2);
        assertThat(query.distance(2, 2, 0)).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(query.distance(2, 2, 2)).isCloseTo(Math.sqrt(3), within(1e-15));
        assertThat(query.distance(1, 0, 0)).isZero();
    }

    @Test
    void aSurfaceThatIsNotClosedIsRefused() {
        TriangleMesh cube = Surfaces.cube();
        int[] corners = cube.copyOfCorners();
        TriangleMesh open = TriangleMesh.of(cube.copyOfCoordinates(), Arrays.copyOf(corners, corners.length - 3));
        assertThatThrownBy(() -> new SurfaceDistance(open))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the surface is not closed: the edge between nodes");
        int[] turned = corners.clone();
        turned[0] = corners[1];
        turned[1] = corners[0];
        assertThatThrownBy(() -> new SurfaceDistance(TriangleMesh.of(cube.copyOfCoordinates(), turned)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run along it in opposite directions");
    }
}
