package org.oncotwin.solver.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncotwin.api.mechanics.ElasticLaw;

/** What any elastic law keeps: stress and stiffness are derivatives of the energy, and rotations do not count. */
@Tag("SR-1804")
class ElementLawTest {

    private static final double LAMBDA = 3000;
    private static final double MU = 1700;

    private final SplittableRandom random = new SplittableRandom(11);

    private double[] gradient(double size) {
        double[] h = new double[9];
        for (int n = 0; n < 9; n++) {
            h[n] = size * (2 * random.nextDouble() - 1);
        }
        return h;
    }

    private static double[] product(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        return c;
    }

    private static double[] less1(double[] f) {
        double[] h = f.clone();
        for (int n = 0; n < 9; n += 4) {
            h[n] -= 1;
        }
        return h;
    }

    private static double[] transposed(double[] a) {
        return new double[] {a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]};
    }

    private static double determinant(double[] a) {
        return a[0] * (a[4] * a[8] - a[5] * a[7])
                - a[1] * (a[3] * a[8] - a[5] * a[6])
                + a[2] * (a[3] * a[7] - a[4] * a[6]);
    }

    /** A rotation by Rodrigues' formula from a random quaternion. */
    private double[] rotation() {
        double w = random.nextDouble() - 0.5;
        double x = random.nextDouble() - 0.5;
        double y = random.nextDouble() - 0.5;
        double z = random.nextDouble() - 0.5;
        double n = 2 / (w * w + x * x + y * y + z * z);
        return new double[] {
            1 - n * (y * y + z * z),
            n * (x * y - w * z),
            n * (x * z + w * y),
            n * (x * y + w * z),
            1 - n * (x * x + z * z),
            n * (y * z - w * x),
            n * (x * z - w * y),
            n * (y * z + w * x),
            1 - n * (x * x + y * y)
        };
    }

    /** To 1e-12 of Young's modulus, some thousand units in the last place. */
    @ParameterizedTest
    @EnumSource(names = {"COROTATIONAL", "SAINT_VENANT_KIRCHHOFF"})
    void aRotationMakesNoStressAndTurnsWhatThereIs(ElasticLaw kind) {
        ElementLaw law = ElementLaw.of(kind);
        double[] stress = new double[9];
        double[] turned = new double[9];
        for (int n = 0; n < 200; n++) {
            double[] q = rotation();
            assertThat(law.evaluate(less1(q), LAMBDA, MU, stress)).isCloseTo(0, within(1e-12 * MU));
            assertThat(stress).containsExactly(new double[9], within(1e-12 * MU));
            double[] f = gradient(0.3);
            for (int i = 0; i < 9; i += 4) {
                f[i] += 1;
            }
            double energy = law.evaluate(less1(f), LAMBDA, MU, stress);
            assertThat(law.evaluate(less1(product(q, f)), LAMBDA, MU, turned))
                    .isCloseTo(energy, within(1e-12 * LAMBDA));
            assertThat(turned).containsExactly(product(q, stress), within(1e-12 * LAMBDA));
        }
    }

    /** Only the linear law takes a rotation for strain. */
    @Test
    void theLinearLawTakesARotationForStrain() {
        double[] stress = new double[9];
        ElementLaw.of(ElasticLaw.LINEAR).evaluate(less1(rotation()), LAMBDA, MU, stress);
        assertThat(Math.abs(stress[0])).isGreaterThan(1);
    }

    /** Central differences over 2e-5 err by about 1e-10 relative; 1e-7 of the moduli is asked, also of turned and inverted tetrahedra. */
    @ParameterizedTest
    @EnumSource
    void stressIsTheDerivativeOfTheEnergy(ElasticLaw kind) {
        ElementLaw law = ElementLaw.of(kind);
        double[] stress = new double[9];
        double[] other = new double[9];
        for (int n = 0; n < 50; n++) {
            double[] h = state(n);
            law.evaluate(h, LAMBDA, MU, stress);
            double[] direction = gradient(1);
            double slope = 0;
            for (int i = 0; i < 9; i++) {
                slope += stress[i] * direction[i];
            }
            double up = law.evaluate(moved(h, direction, 1e-5), LAMBDA, MU, other);
            double down = law.evaluate(moved(h, direction, -1e-5), LAMBDA, MU, other);
            assertThat((up - down) / 2e-5).isCloseTo(slope, within(1e-7 * LAMBDA));
        }
    }

    /** Slightly strained, turned and strained, inverted. */
    private double[] state(int n) {
        double[] f = gradient(0.2);
        f[0] += n % 3 == 2 ? -0.6 : 1;
        f[4] += n % 3 == 2 ? 1.2 : 1;
        f[8] += 1;
        return less1(n % 3 == 0 ? f : product(rotation(), f));
    }

    private static double[] moved(double[] h, double[] direction, double by) {
        double[] there = h.clone();
        for (int i = 0; i < 9; i++) {
            there[i] += by * direction[i];
        }
        return there;
    }

    /** As above, for the derivative of forces. */
    @ParameterizedTest
    @EnumSource
    void stiffnessIsTheDerivativeOfTheForces(ElasticLaw kind) {
        ElementLaw law = ElementLaw.of(kind);
        double[] g = {-1, -1.2, -0.9, 1, 0.2, -0.1, 0.1, 0.8, 0.3, -0.1, 0.2, 0.7};
        double[] k = new double[ElementLaw.STIFFNESS];
        double[] stress = new double[9];
        for (int n = 0; n < 30; n++) {
            double[] h = state(n);
            law.evaluate(h, LAMBDA, MU, stress);
            law.stiffness(g, 0, 0.5, 3, false, k);
            for (int b = 0; b < 12; b++) {
                double[] direction = new double[9];
                for (int j = 0; j < 3; j++) {
                    direction[3 * (b % 3) + j] = 0.5 * g[3 * (b / 3) + j];
                }
                double[] up = new double[9];
                double[] down = new double[9];
                law.evaluate(moved(h, direction, 1e-5), LAMBDA, MU, up);
                law.evaluate(moved(h, direction, -1e-5), LAMBDA, MU, down);
                for (int a = 0; a < 12; a++) {
                    double difference = 0;
                    for (int j = 0; j < 3; j++) {
                        difference +=
                                3 * 0.5 * g[3 * (a / 3) + j] * (up[3 * (a % 3) + j] - down[3 * (a % 3) + j]) / 2e-5;
                    }
                    double entry = k[9 * (4 * (a / 3) + b / 3) + 3 * (a % 3) + b % 3];
                    assertThat(entry).isCloseTo(difference, within(1e-6 * LAMBDA));
                    assertThat(entry)
                            .isCloseTo(k[9 * (4 * (b / 3) + a / 3) + 3 * (b % 3) + a % 3], within(1e-10 * LAMBDA));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theReducedStiffnessIsNotNegative(ElasticLaw kind) {
        ElementLaw law = ElementLaw.of(kind);
        double[] g = {-1, -1.2, -0.9, 1, 0.2, -0.1, 0.1, 0.8, 0.3, -0.1, 0.2, 0.7};
        double[] k = new double[ElementLaw.STIFFNESS];
        for (int n = 0; n < 100; n++) {
            law.evaluate(state(n), LAMBDA, MU, new double[9]);
            law.stiffness(g, 0, 1, 1, true, k);
            double[] x = new double[12];
            for (int i = 0; i < 12; i++) {
                x[i] = random.nextDouble() - 0.5;
            }
            double form = 0;
            for (int a = 0; a < 12; a++) {
                for (int b = 0; b < 12; b++) {
                    form += x[a] * x[b] * k[9 * (4 * (a / 3) + b / 3) + 3 * (a % 3) + b % 3];
                }
            }
            assertThat(form).isGreaterThan(-1e-9 * LAMBDA);
        }
    }

    /** Random, inverted, flat, straight and no matrices at all. */
    @Test
    void anyMatrixHasTwoRotationsAndSingularValues() {
        SingularValues values = new SingularValues();
        for (int n = 0; n < 400; n++) {
            double[] f = gradient(2);
            for (int i = 0; i < 9; i++) {
                f[i] *= n % 5 == 1 && i % 3 == 2 || n % 5 == 2 && i % 3 > 0 || n % 5 == 3 ? 0 : 1;
            }
            f = n % 2 == 0 ? f : product(f, rotation());
            values.decompose(f);
            double[] scaled = values.u.clone();
            for (int i = 0; i < 9; i++) {
                scaled[i] *= values.s[i % 3];
            }
            assertThat(product(scaled, transposed(values.v))).containsExactly(f, within(1e-14 * 10));
            for (double[] turn : new double[][] {values.u, values.v}) {
                assertThat(product(turn, transposed(turn)))
                        .containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-13));
                assertThat(determinant(turn)).isCloseTo(1, within(1e-13));
            }
        }
    }
}
