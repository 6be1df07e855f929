package org.oncotwin.geometry;

/** Distance of a point from a triangle (Ericson 2005, Real-Time Collision Detection, 5.1.5). */
final class TriangleDistance {

    private TriangleDistance() {}

    /** Squared distance of (x, y, z) from the triangle of which the corners stand at three places of an array. */
    static double squared(double[] p, int a, int b, int c, double x, double y, double z) {
        double ux = p[b] - p[a];
        double uy = p[b + 1] - p[a + 1];
        double uz = p[b + 2] - p[a + 2];
        double vx = p[c] - p[a];
        double vy = p[c + 1] - p[a + 1];
        double vz = p[c + 2] - p[a + 2];
        double wx = x - p[a];
        double wy = y - p[a + 1];
        double wz = z - p[a + 2];
        double d1 = ux * wx + uy * wy + uz * wz;
        double d2 = vx * wx + vy * wy + vz * wz;
        if (d1 <= 0 && d2 <= 0) {
            return from(wx, wy, wz, ux, uy, uz, 0, vx, vy, vz, 0);
        }
        double uu = ux * ux + uy * uy + uz * uz;
        double uv = ux * vx + uy * vy + uz * vz;
        double vv = vx * vx + vy * vy + vz * vz;
        double d3 = d1 - uu;
        double d4 = d2 - uv;
        if (d3 >= 0 && d4 <= d3) {
            return from(wx, wy, wz, ux, uy, uz, 1, vx, vy, vz, 0);
        }
        double vc = d1 * d4 - d3 * d2;
        if (vc <= 0 && d1 >= 0 && d3 <= 0) {
            return from(wx, wy, wz, ux, uy, uz, d1 / (d1 - d3), vx, vy, vz, 0);
        }
        double d5 = d1 - uv;
        double d6 = d2 - vv;
        if (d6 >= 0 && d5 <= d6) {
            return from(wx, wy, wz, ux, uy, uz, 0, vx, vy, vz, 1);
        }
        double vb = d5 * d2 - d1 * d6;
        if (vb <= 0 && d2 >= 0 && d6 <= 0) {
            return from(wx, wy, wz, ux, uy, uz, 0, vx, vy, vz, d2 / (d2 - d6));
        }
        double va = d3 * d6 - d5 * d4;
        if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
            double t = (d4 - d3) / (d4 - d3 + d5 - d6);
            return from(wx, wy, wz, ux, uy, uz, 1 - t, vx, vy, vz, t);
        }
        double sum = va + vb + vc;
        return from(wx, wy, wz, ux, uy, uz, vb / sum, vx, vy, vz, vc / sum);
    }

    private static double from(
            double wx,
            double wy,
            double wz,
            double ux,
            double uy,
            double uz,
            double s,
            double vx,
            double vy,
            double vz,
            double t) {
        double x = wx - s * ux - t * vx;
        double y = wy - s * uy - t * vy;
        double z = wz - s * uz - t * vz;
        return x * x + y * y + z * z;
    }
}
