package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;

/**
 * A smooth solution in the unit cube with walls that let nothing through, with a full tensor and a scalar factor that both vary. Along the walls across x the tensor is oblique
 * and the solution has a gradient along the wall, so that no flux is not the same as no normal gradient: with {@code D_xy = r D_xx}, the solution {@code g(y) - r p(x) g'(y)},
 * {@code g' = sin^2(pi y)}, {@code p = x (1 - x) (1 - 2x)} has {@code u_x = -r u_y} there.
 */
class ManufacturedSolutionTest {

    private static final double RATIO = 0.5;

    private record Point(DerivativeStructure x, DerivativeStructure y, DerivativeStructure z) {

        static Point of(double x, double y, double z) {
            return new Point(
                    new DerivativeStructure(3, 2, 0, x),
                    new DerivativeStructure(3, 2, 1, y),
                    new DerivativeStructure(3, 2, 2, z));
        }

        DerivativeStructure solution() {
            DerivativeStructure slope = y.multiply(Math.PI).sin().pow(2);
            DerivativeStructure g =
                    y.divide(2).subtract(y.multiply(2 * Math.PI).sin().divide(4 * Math.PI));
            DerivativeStructure p =
                    x.multiply(x.negate().add(1)).multiply(x.multiply(-2).add(1));
            return g.subtract(p.multiply(slope).multiply(RATIO));
        }

        DerivativeStructure factor() {
            return x.multiply(2)
                    .cos()
                    .multiply(y.multiply(3).sin())
                    .multiply(0.3)
                    .add(z.multiply(0.2))
                    .add(1);
        }

        /** xx, yy, zz, xy, xz, yz. */
        DerivativeStructure[] tensor() {
            DerivativeStructure xx = x.add(y).sin().multiply(0.3).add(1);
            DerivativeStructure atZ = z.multiply(Math.PI).sin();
            return new DerivativeStructure[] {
                xx,
                y.multiply(2).cos().multiply(0.2).add(1.2),
                z.multiply(0.5).add(x.multiply(0.4)).add(0.8),
                xx.multiply(RATIO),
                atZ.multiply(y.cos()).multiply(0.4),
                atZ.multiply(x.add(0.5)).multiply(-0.3)
            };
        }

        /** Divergence of the flux, from derivatives of order two. */
        double divergence() {
            int[][] component = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
            DerivativeStructure u = solution();
            DerivativeStructure m = factor();
            DerivativeStructure[] t = tensor();
            double sum = 0;
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    DerivativeStructure d = m.multiply(t[component[a][b]]);
                    int[] both = new int[3];
                    both[a]++;
                    both[b]++;
                    sum += partial(d, a) * partial(u, b) + d.getValue() * u.getPartialDerivative(both);
                }
            }
            return sum;
        }

        double flux(int axis) {
            int[][] component = {{0, 3, 4}, {3, 1, 5}, {4, 5, 2}};
            double sum = 0;
            for (int b = 0; b < 3; b++) {
                sum += tensor()[component[axis][b]].getValue() * partial(solution(), b);
            }
            return sum;
        }

        private static double partial(DerivativeStructure of, int axis) {
            int[] order = new int[3];
            order[axis] = 1;
            return of.getPartialDerivative(order);
        }
    }

    /** The problem on n^3 voxels, its couplings in arrays. */
    private static final class Discrete {

        private final int n;
        private final double[] solution;
        private final double[] divergence;
        private final int[] lowers;
        private final int[] uppers;
        private final double[] couplings;
        private final CouplingSummary summary;

        Discrete(int n) {
            this.n = n;
            Grid grid = new Grid(n, n, n, Affine.scaling(1.0 / n, 1.0 / n, 1.0 / n));
            solution = new double[grid.size()];
            divergence = new double[grid.size()];
            double[] factor = new double[grid.size()];
            float[][] components = new float[TensorField.COMPONENTS][grid.size()];
            for (int index = 0; index < grid.size(); index++) {
                Point point = Point.of((index % n + 0.5) / n, (index / n % n + 0.5) / n, (index / n / n + 0.5) / n);
                solution[index] = point.solution().getValue();
                divergence[index] = point.divergence();
                factor[index] = point.factor().getValue();
                DerivativeStructure[] tensor = point.tensor();
                for (int component = 0; component < components.length; component++) {
                    components[component][index] = (float) tensor[component].getValue();
                }
            }
            byte[] classes = new byte[grid.size()];
            Arrays.fill(classes, (byte) 1);
            Medium medium = Medium.of(grid, classes, new double[] {0, 1}, new double[2])
                    .withRelativeDiffusion(SpatialValue.varying(Field.owning(grid, factor)))
                    .withOrientation(TensorField.owning(grid, components));
            Conductances conductances = Conductances.of(medium);
            summary = CouplingSummary.of(conductances, grid);
            int pairs = (int) summary.pairs();
            lowers = new int[pairs];
            uppers = new int[pairs];
            couplings = new double[pairs];
            int[] next = {0};
            conductances.forEach((direction, lower, upper, coupling) -> {
                lowers[next[0]] = lower;
                uppers[next[0]] = upper;
                couplings[next[0]++] = coupling;
            });
        }

        double[] apply(double[] u) {
            double[] image = new double[u.length];
            for (int pair = 0; pair < lowers.length; pair++) {
                double flow = couplings[pair] * (u[uppers[pair]] - u[lowers[pair]]);
                image[lowers[pair]] += flow;
                image[uppers[pair]] -= flow;
            }
            return image;
        }

        /** Largest error of the operator in voxels that do not touch a wall. */
        double truncationInside() {
            double[] image = apply(solution);
            double largest = 0;
            for (int index = 0; index < image.length; index++) {
                int i = index % n;
                int j = index / n % n;
                int k = index / n / n;
                if (Math.min(i, Math.min(j, k)) > 0 && Math.max(i, Math.max(j, k)) < n - 1) {
                    largest = Math.max(largest, Math.abs(image[index] - divergence[index]));
                }
            }
            return largest;
        }

        /** Error at t = 0.3 of u_t = L u + f with f such that the solution times exp(-t) is exact; Runge-Kutta steps of order four, far below the error in space. */
        double[] solutionError() {
            double end = 0.3;
            int steps = (int) Math.ceil(end * summary.spectralBound() / 2.5);
            double dt = end / steps;
            double[] u = solution.clone();
            for (int step = 0; step < steps; step++) {
                double t = step * dt;
                double[] k1 = rate(u, t);
                double[] k2 = rate(plus(u, k1, dt / 2), t + dt / 2);
                double[] k3 = rate(plus(u, k2, dt / 2), t + dt / 2);
                double[] k4 = rate(plus(u, k3, dt), t + dt);
                for (int i = 0; i < u.length; i++) {
                    u[i] += dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
                }
            }
            double squares = 0;
            double largest = 0;
            for (int i = 0; i < u.length; i++) {
                double error = u[i] - Math.exp(-end) * solution[i];
                squares += error * error;
                largest = Math.max(largest, Math.abs(error));
            }
            return new double[] {Math.sqrt(squares / u.length), largest};
        }

        private double[] rate(double[] u, double t) {
            double[] rate = apply(u);
            for (int i = 0; i < rate.length; i++) {
                rate[i] -= Math.exp(-t) * (solution[i] + divergence[i]);
            }
            return rate;
        }

        private static double[] plus(double[] u, double[] rate, double dt) {
            double[] sum = u.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += dt * rate[i];
            }
            return sum;
        }
    }

    @Test
    void solutionHasNoFluxThroughTheWallsButGradientsAcrossThem() {
        for (double s : new double[] {0.1, 0.4, 0.85}) {
            for (double wall : new double[] {0, 1}) {
                assertThat(Math.abs(Point.of(wall, s, 0.3).flux(0))).isLessThan(1e-15);
                assertThat(Math.abs(Point.of(0.3, wall, s).flux(1))).isLessThan(1e-15);
                assertThat(Math.abs(Point.of(s, 0.3, wall).flux(2))).isLessThan(1e-15);
                assertThat(Math.abs(Point.partial(Point.of(wall, s, 0.3).solution(), 0)))
                        .isGreaterThan(0.04);
            }
        }
    }

    @Test
    void operatorIsOfSecondOrderInside() {
        double coarse = new Discrete(16).truncationInside();
        double fine = new Discrete(32).truncationInside();
        assertThat(order(coarse, fine)).isBetween(1.85, 2.2);
    }

    @Test
    void solutionIsOfSecondOrderWithWalls() {
        double[] coarse = new Discrete(8).solutionError();
        double[] middle = new Discrete(16).solutionError();
        double[] fine = new Discrete(32).solutionError();
        for (int norm = 0; norm < 2; norm++) {
            assertThat(order(coarse[norm], middle[norm])).isBetween(1.85, 2.2);
            assertThat(order(middle[norm], fine[norm])).isBetween(1.85, 2.2);
        }
        assertThat(fine[0]).isLessThan(5e-4);
        assertThat(fine[1]).isLessThan(1.3e-3);
    }

    private static double order(double coarse, double fine) {
        return Math.log(coarse / fine) / Math.log(2);
    }
}
