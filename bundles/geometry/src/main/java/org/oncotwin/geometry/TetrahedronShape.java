package org.oncotwin.geometry;

/** Volume, dihedral angles and edges of a tetrahedron; is given one tetrahedron after the other. */
final class TetrahedronShape {

    private double volume;
    private double smallestCosine;
    private double largestCosine;
    private double shortestSquared;

    /** Looks at the tetrahedron between four nodes, each given as three times its number. */
    void look(double[] p, int a, int b, int c, int d) {
        double ux = p[b] - p[a];
        double uy = p[b + 1] - p[a + 1];
        double uz = p[b + 2] - p[a + 2];
        double vx = p[c] - p[a];
        double vy = p[c + 1] - p[a + 1];
        double vz = p[c + 2] - p[a + 2];
        double wx = p[d] - p[a];
        double wy = p[d + 1] - p[a + 1];
        double wz = p[d + 2] - p[a + 2];
        // Normals of the faces opposite to d, c and b, which point inwards, and of that opposite to a, which is less
        // their sum.
        double dx = uy * vz - uz * vy;
        double dy = uz * vx - ux * vz;
        double dz = ux * vy - uy * vx;
        double cx = wy * uz - wz * uy;
        double cy = wz * ux - wx * uz;
        double cz = wx * uy - wy * ux;
        double bx = vy * wz - vz * wy;
        double by = vz * wx - vx * wz;
        double bz = vx * wy - vy * wx;
        double ax = -(dx + cx + bx);
        double ay = -(dy + cy + by);
        double az = -(dz + cz + bz);
        volume = (dx * wx + dy * wy + dz * wz) / 6;
        double na = Math.sqrt(ax * ax + ay * ay + az * az);
        double nb = Math.sqrt(bx * bx + by * by + bz * bz);
        double nc = Math.sqrt(cx * cx + cy * cy + cz * cz);
        double nd = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double ab = -(ax * bx + ay * by + az * bz) / (na * nb);
        double ac = -(ax * cx + ay * cy + az * cz) / (na * nc);
        double ad = -(ax * dx + ay * dy + az * dz) / (na * nd);
        double bc = -(bx * cx + by * cy + bz * cz) / (nb * nc);
        double bd = -(bx * dx + by * dy + bz * dz) / (nb * nd);
        double cd = -(cx * dx + cy * dy + cz * dz) / (nc * nd);
        smallestCosine = Math.min(Math.min(Math.min(ab, ac), Math.min(ad, bc)), Math.min(bd, cd));
        largestCosine = Math.max(Math.max(Math.max(ab, ac), Math.max(ad, bc)), Math.max(bd, cd));
        double near = Math.min(ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz);
        double far = Math.min(squared(ux - vx, uy - vy, uz - vz), squared(ux - wx, uy - wy, uz - wz));
        double rest = Math.min(squared(vx - wx, vy - wy, vz - wz), wx * wx + wy * wy + wz * wz);
        shortestSquared = Math.min(Math.min(near, far), rest);
    }

    private static double squared(double x, double y, double z) {
        return x * x + y * y + z * z;
    }

    /** Volume, negative if inverted. */
    double volume() {
        return volume;
    }

    /** Cosine of the largest dihedral angle. */
    double smallestCosine() {
        return smallestCosine;
    }

    /** Cosine of the smallest dihedral angle. */
    double largestCosine() {
        return largestCosine;
    }

    /** Squared length of the shortest edge. */
    double shortestSquared() {
        return shortestSquared;
    }
}
