package org.oncotwin.solver.fem;

/**
 * Stress in proportion to strain in the frame that turns along: P = 2 mu (F - R) + lambda tr(R'F - I) R. The stiffness has the exact derivative of R, in closed form by the singular values of F: three modes of twist with eigenvalue 2/(s_i + s_j) (Smith, de
 * Goes, Kim: Analytic eigensystems for isotropic distortion energies, ACM Trans. Graph. 38 (2019) 3; the energy is that of Chao, Pinkall, Sanan, Schroeder: A simple geometric model for elastic deformations, ACM Trans. Graph. 29 (2010) 38).
 */
final class CorotationalLaw extends ElementLaw {

    /** Sum of two singular values below which the rotation is hardly defined; its derivative is bounded there. */
    private static final double LEAST_SUM = 1e-3;

    private final SingularValues values = new SingularValues();
    private final double[] f = new double[9];
    private final double[] rotation = new double[9];
    private final double[] twists = new double[27];
    private final double[] coefficients = new double[3];
    private final double[] turned = new double[12];
    private final double[] twisted = new double[36];
    private double lambda;
    private double mu;

    @Override
    boolean roundsAboutOne() {
        return true;
    }

    @Override
    boolean refusesInversion() {
        return false;
    }

    @Override
    double evaluate(double[] h, double first, double shear, double[] p) {
        lambda = first;
        mu = shear;
        for (int n = 0; n < 9; n++) {
            f[n] = h[n] + (n % 4 == 0 ? 1 : 0);
        }
        values.decompose(f);
        double[] u = values.u;
        double[] v = values.v;
        for (int i = 0; i < 9; i += 3) {
            for (int j = 0; j < 3; j++) {
                rotation[i + j] = u[i] * v[3 * j] + u[i + 1] * v[3 * j + 1] + u[i + 2] * v[3 * j + 2];
            }
        }
        double trace = (values.s[0] - 1) + (values.s[1] - 1) + (values.s[2] - 1);
        double squares = 0;
        for (int n = 0; n < 9; n++) {
            double difference = f[n] - rotation[n];
            squares += difference * difference;
            p[n] = 2 * shear * difference + first * trace * rotation[n];
        }
        return shear * squares + first / 2 * trace * trace;
    }

    @Override
    void stiffness(double[] g, int offset, double scale, double volume, boolean definite, double[] k) {
        twists(definite);
        for (int a = 0; a < 4; a++) {
            int ga = offset + 3 * a;
            for (int i = 0; i < 3; i++) {
                turned[3 * a + i] =
                        rotation[3 * i] * g[ga] + rotation[3 * i + 1] * g[ga + 1] + rotation[3 * i + 2] * g[ga + 2];
                for (int m = 0; m < 3; m++) {
                    int t = 9 * m + 3 * i;
                    twisted[12 * m + 3 * a + i] =
                            twists[t] * g[ga] + twists[t + 1] * g[ga + 1] + twists[t + 2] * g[ga + 2];
                }
            }
        }
        double factor = volume * scale * scale;
        for (int a = 0; a < 4; a++) {
            int ga = offset + 3 * a;
            for (int b = 0; b < 4; b++) {
                int gb = offset + 3 * b;
                int block = 9 * (4 * a + b);
                double dot = g[ga] * g[gb] + g[ga + 1] * g[gb + 1] + g[ga + 2] * g[gb + 2];
                for (int i = 0; i < 3; i++) {
                    int ai = 3 * a + i;
                    for (int j = 0; j < 3; j++) {
                        int bj = 3 * b + j;
                        k[block + 3 * i + j] = factor
                                * (lambda * turned[ai] * turned[bj]
                                        + coefficients[0] * twisted[ai] * twisted[bj]
                                        + coefficients[1] * twisted[12 + ai] * twisted[12 + bj]
                                        + coefficients[2] * twisted[24 + ai] * twisted[24 + bj]
                                        + (i == j ? 2 * mu * dot : 0));
                    }
                }
            }
        }
    }

    /** The modes (u_p v_q' - u_q v_p') / sqrt 2 of twist and what each adds: (lambda tr(R'F - I) - 2 mu) 2 / (s_p + s_q). */
    private void twists(boolean definite) {
        double[] u = values.u;
        double[] v = values.v;
        double[] s = values.s;
        double trace = (s[0] - 1) + (s[1] - 1) + (s[2] - 1);
        for (int m = 0; m < 3; m++) {
            int p = (m + 1) % 3;
            int q = (m + 2) % 3;
            double sum = s[p] + s[q];
            double coefficient = (lambda * trace - 2 * mu) * 2 / Math.max(sum, LEAST_SUM);
            coefficients[m] = definite ? Math.max(coefficient, -2 * mu) : coefficient;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    twists[9 * m + 3 * i + j] =
                            (u[3 * i + p] * v[3 * j + q] - u[3 * i + q] * v[3 * j + p]) * Math.sqrt(0.5);
                }
            }
        }
    }
}
