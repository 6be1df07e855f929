package org.oncotwin.geometry;

import java.util.Arrays;
import org.oncotwin.api.mesh.TriangleMesh;

/**
 * How good a surface is.
 *
 * @param nodes how many nodes it has
 * @param triangles how many triangles it has
 * @param closed true if no triangle has an edge alone
 * @param manifold true if no more than two triangles share an edge, those that do run along it in opposite directions, and the triangles at each node are one fan
 * @param eulerCharacteristic nodes less edges plus triangles: for a closed manifold the sum over its pieces of two less twice the number of handles
 * @param area in m2
 * @param volume within the surface in m3 by the divergence theorem; of use for closed surfaces only, negative if seen from inside
 */
public record SurfaceQuality(
        int nodes,
        int triangles,
        boolean closed,
        boolean manifold,
        int eulerCharacteristic,
        double area,
        double volume) {

    /** Measures a surface. */
    public static SurfaceQuality of(TriangleMesh surface) {
        int count = 3 * surface.triangles();
        long[] edges = new long[count];
        for (int n = 0; n < count; n++) {
            int from = surface.corner(n / 3, n % 3);
            int to = surface.corner(n / 3, (n + 1) % 3);
            // Both directions of an edge have one key but for the last bit.
            edges[n] = ((long) Math.min(from, to) << 32 | Math.max(from, to)) << 1 | (from < to ? 0 : 1);
        }
        Arrays.sort(edges);
        int different = 0;
        boolean closed = true;
        boolean manifold = true;
        for (int n = 0; n < count; ) {
            int end = n + 1;
            while (end < count && edges[end] >>> 1 == edges[n] >>> 1) {
                end++;
            }
            closed &= end - n > 1;
            manifold &= end - n == 1 || end - n == 2 && edges[n] != edges[n + 1];
            different++;
            n = end;
        }
        return new SurfaceQuality(
                surface.nodes(),
                surface.triangles(),
                closed,
                manifold && oneFanEach(surface),
                surface.nodes() - different + surface.triangles(),
                area(surface),
                surface.enclosedVolume());
    }

    /** True if at each node triangles reach each other through edges at that node. */
    private static boolean oneFanEach(TriangleMesh surface) {
        int[] first = new int[surface.nodes() + 1];
        for (int n = 0; n < 3 * surface.triangles(); n++) {
            first[surface.corner(n / 3, n % 3) + 1]++;
        }
        for (int node = 0; node < surface.nodes(); node++) {
            first[node + 1] += first[node];
        }
        int[] place = first.clone();
        int[] at = new int[3 * surface.triangles()];
        for (int n = 0; n < at.length; n++) {
            int node = surface.corner(n / 3, n % 3);
            at[place[node]] = n;
            place[node]++;
        }
        for (int node = 0; node < surface.nodes(); node++) {
            if (fan(surface, at, first[node], first[node + 1]) < first[node + 1] - first[node]) {
                return false;
            }
        }
        return true;
    }

    /** How many of the triangles at a node the first reaches; brings those to the front. */
    private static int fan(TriangleMesh surface, int[] at, int from, int to) {
        int reached = from + 1;
        for (int n = from; n < reached; n++) {
            for (int m = reached; m < to; m++) {
                if (shareEdge(surface, at[n], at[m])) {
                    int swapped = at[m];
                    at[m] = at[reached];
                    at[reached] = swapped;
                    reached++;
                }
            }
        }
        return reached - from;
    }

    /** True if two triangles with a common node, given by the places of it in them, have another. */
    private static boolean shareEdge(TriangleMesh surface, int one, int other) {
        int a = surface.corner(one / 3, (one + 1) % 3);
        int b = surface.corner(one / 3, (one + 2) % 3);
        int c = surface.corner(other / 3, (other + 1) % 3);
        int d = surface.corner(other / 3, (other + 2) % 3);
        return a == c || a == d || b == c || b == d;
    }

    private static double area(TriangleMesh surface) {
        double area = 0;
        for (int t = 0; t < surface.triangles(); t++) {
            double x = normal(surface, t, 1, 2);
            double y = normal(surface, t, 2, 0);
            double z = normal(surface, t, 0, 1);
            area += Math.sqrt(x * x + y * y + z * z) / 2;
        }
        return area;
    }

    private static double normal(TriangleMesh surface, int triangle, int u, int v) {
        int a = surface.corner(triangle, 0);
        int b = surface.corner(triangle, 1);
        int c = surface.corner(triangle, 2);
        return (surface.coordinate(b, u) - surface.coordinate(a, u))
                        * (surface.coordinate(c, v) - surface.coordinate(a, v))
                - (surface.coordinate(b, v) - surface.coordinate(a, v))
                        * (surface.coordinate(c, u) - surface.coordinate(a, u));
    }
}
