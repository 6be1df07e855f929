package org.oncotwin.solver.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.solver.StepSequence;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;
import org.oncotwin.api.twin.TimeFunction;

/** Exact solutions with diffusion that differs by direction and place, and the order in which errors fall with the spacing and with the step. */
@Tag("SR-310")
class ManufacturedTest {

    private static final TimeFunction ONE = TimeFunction.constant(1);

    /** Sides of the box in mm. */
    private static final double[] BOX = {24, 25, 24};

    /** Voxels of 1 x 1.25 x 1.5 mm, and so many times finer. */
    private static Grid grid(int twice) {
        double f = 2.0 / twice;
        return new Grid(
                12 * twice,
                10 * twice,
                8 * twice,
                Affine.of(f, 0, 0, f / 2, 0, 1.25 * f, 0, 1.25 * f / 2, 0, 0, 1.5 * f, 1.5 * f / 2));
    }

    /** Something known at a point. */
    private interface Profile {
        double at(double[] x);
    }

    private static Field sample(Grid grid, Profile profile) {
        return Problems.field(grid, (i, j, k) -> profile.at(grid.affine().apply(i, j, k)));
    }

    private static TensorField tensors(Grid grid, List<Profile> components) {
        float[][] values = new float[6][grid.size()];
        for (int c = 0; c < 6; c++) {
            Field field = sample(grid, components.get(c));
            for (int p = 0; p < grid.size(); p++) {
                values[c][p] = (float) field.value(p);
            }
        }
        return TensorField.owning(grid, values);
    }

    private static Medium medium(Grid grid, double rho, List<Profile> tensor) {
        return Medium.of(grid, Problems.classes(grid, (i, j, k) -> 1), new double[] {0, 1}, new double[] {0, rho})
                .withOrientation(tensors(grid, tensor));
    }

    /** Order by which an error falls from one spacing to another. */
    private static double order(double[] error, int[] twice, int n) {
        return Math.log(error[n - 1] / error[n]) / Math.log((double) twice[n] / twice[n - 1]);
    }

    // ---- Space ----

    /** D = R diag(0.4, 0.15, 0.05) R' mm2/d, where R turns by 35 degrees about z and then by 25 degrees about x. */
    private static double[][] turned() {
        double a = Math.toRadians(35);
        double b = Math.toRadians(25);
        double[][] r = {
            {Math.cos(a), -Math.sin(a), 0},
            {Math.cos(b) * Math.sin(a), Math.cos(b) * Math.cos(a), -Math.sin(b)},
            {Math.sin(b) * Math.sin(a), Math.sin(b) * Math.cos(a), Math.cos(b)}
        };
        double[] eigenvalues = {0.4, 0.15, 0.05};
        double[][] d = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int e = 0; e < 3; e++) {
                    d[i][j] += r[i][e] * eigenvalues[e] * r[j][e];
                }
            }
        }
        return d;
    }

    /**
     * A Gaussian with covariance S0 = 4 mm2 stays one, with S(t) = S0 + 2 D t: u = sqrt(det S0 / det S) exp(-x' S^-1 x / 2). The sides of the box are 6 standard deviations
     * away at first and 5 at the end, where u is 4e-6.
     */
    @Test
    void aTurnedGaussianSpreadsByTwiceTheTensor() {
        double[][] d = turned();
        int[] twice = {2, 3, 4};
        double[] error = new double[3];
        for (int n = 0; n < 3; n++) {
            Grid grid = grid(twice[n]);
            Medium medium = medium(
                    grid,
                    0,
                    List.of(x -> d[0][0], x -> d[1][1], x -> d[2][2], x -> d[0][1], x -> d[0][2], x -> d[1][2]));
            Field u = new GridSolver()
                    .solve(
                            new ReactionDiffusionProblem(
                                    sample(grid, x -> gaussian(d, x, 0)),
                                    medium,
                                    1e9,
                                    ONE,
                                    List.of(),
                                    Problems.days(0, 2),
                                    StepControl.adaptive(1e-7)),
                            new Execution(2, Cancellation.NEVER))
                    .density();
            error[n] = Problems.relativeError(u, sample(grid, x -> gaussian(d, x, 2)));
        }
        assertThat(error[2]).isLessThan(5e-3);
        assertThat(order(error, twice, 1)).isCloseTo(2, within(0.15));
        assertThat(order(error, twice, 2)).isCloseTo(2, within(0.15));
    }

    private static double gaussian(double[][] d, double[] x, double t) {
        double[][] s = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                s[i][j] = (i == j ? 4 : 0) + 2 * d[i][j] * t;
            }
        }
        double det = 0;
        double form = 0;
        for (int i = 0; i < 3; i++) {
            int p = (i + 1) % 3;
            int q = (i + 2) % 3;
            det += s[0][i] * (s[1][p] * s[2][q] - s[1][q] * s[2][p]);
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int i1 = (i + 1) % 3;
                int i2 = (i + 2) % 3;
                int j1 = (j + 1) % 3;
                int j2 = (j + 2) % 3;
                double cofactor = s[i1][j1] * s[i2][j2] - s[i1][j2] * s[i2][j1];
                form += (x[i] - BOX[i] / 2) * cofactor / det * (x[j] - BOX[j] / 2);
            }
        }
        return Math.sqrt(64 / det) * Math.exp(-form / 2);
    }

    /**
     * u* = exp(-0.05 t) phi(x) solves the equation with any tensor if the kill weight is w = rho + 0.05 + div(D grad phi) / phi, for the carrying capacity of 1e9 takes nothing
     * away. phi = 2 + cos(pi x / Lx) cos(2 pi y / Ly) cos(pi z / Lz) has no gradient across the sides, and the components of D beside its diagonal vanish there, so nothing
     * flows out.
     */
    @Test
    void aTensorThatVariesFromPlaceToPlaceHasTheManufacturedSolution() {
        int[] twice = {3, 4, 5};
        double[] error = new double[3];
        double rho = 0.2;
        double decay = 0.05;
        for (int n = 0; n < 3; n++) {
            Grid grid = grid(twice[n]);
            Field phi = sample(grid, ManufacturedTest::phi);
            Field weight = sample(grid, x -> rho + decay + divergence(x) / phi(x));
            assertThat(IntStream.range(0, grid.size()).allMatch(p -> weight.value(p) > 0))
                    .isTrue();
            Medium medium = medium(
                    grid,
                    rho,
                    List.of(
                            x -> tensor(x)[0][0],
                            x -> tensor(x)[1][1],
                            x -> tensor(x)[2][2],
                            x -> tensor(x)[0][1],
                            x -> tensor(x)[0][2],
                            x -> tensor(x)[1][2]));
            Field u = new GridSolver()
                    .solve(
                            new ReactionDiffusionProblem(
                                    phi,
                                    medium,
                                    1e9,
                                    ONE,
                                    List.of(new Sink(ONE, SpatialValue.varying(weight))),
                                    Problems.days(0, 4),
                                    StepControl.adaptive(1e-6)),
                            new Execution(2, Cancellation.NEVER))
                    .density();
            error[n] = Problems.relativeError(u, sample(grid, x -> Math.exp(-4 * decay) * phi(x)));
        }
        assertThat(error[2]).isLessThan(1e-3);
        // 2.30 and 2.23: from above, for what the sides add falls faster.
        assertThat(order(error, twice, 1)).isBetween(1.85, 2.35);
        assertThat(order(error, twice, 2)).isBetween(1.85, order(error, twice, 1));
    }

    private static double phi(double[] x) {
        return 2 + Math.cos(angle(x, 0)) * Math.cos(2 * angle(x, 1)) * Math.cos(angle(x, 2));
    }

    private static double angle(double[] x, int axis) {
        return Math.PI * x[axis] / BOX[axis];
    }

    /** mm2/d; eigenvalues from 0.1 to 0.8. */
    private static double[][] tensor(double[] x) {
        double sx = Math.sin(angle(x, 0));
        double sy = Math.sin(angle(x, 1));
        double sz = Math.sin(angle(x, 2));
        double xy = 0.15 * sx * sy;
        double xz = -0.08 * sx * sz;
        double yz = 0.1 * sy * sz * Math.cos(angle(x, 0));
        return new double[][] {
            {0.5 + 0.2 * Math.cos(angle(x, 1)), xy, xz},
            {xy, 0.4 + 0.1 * Math.cos(angle(x, 0)), yz},
            {xz, yz, 0.3 + 0.1 * Math.sin(angle(x, 1))}
        };
    }

    /** Flux D grad phi along an axis. */
    private static double flux(double[] x, int axis) {
        double cx = Math.cos(angle(x, 0));
        double cy = Math.cos(2 * angle(x, 1));
        double cz = Math.cos(angle(x, 2));
        double[] gradient = {
            -Math.PI / BOX[0] * Math.sin(angle(x, 0)) * cy * cz,
            -2 * Math.PI / BOX[1] * cx * Math.sin(2 * angle(x, 1)) * cz,
            -Math.PI / BOX[2] * cx * cy * Math.sin(angle(x, 2))
        };
        double sum = 0;
        for (int b = 0; b < 3; b++) {
            sum += tensor(x)[axis][b] * gradient[b];
        }
        return sum;
    }

    /** div(D grad phi) by central differences of order 6 over hundredths of a mm, which err by 1e-12. */
    private static double divergence(double[] x) {
        double h = 0.02;
        double[] weight = {45, -9, 1};
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int n = 1; n <= 3; n++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[axis] += n * h;
                down[axis] -= n * h;
                sum += weight[n - 1] * (flux(up, axis) - flux(down, axis)) / (60 * h);
            }
        }
        return sum;
    }

    // ---- Time ----

    /**
     * With equal steps the error falls with the third power of the step where the tolerance is loose (two rows, Taylor polynomials of order 2) and with the fifth where it is
     * tight (three rows, order 4), also with two tissues, a kill rate that varies in space, and tensors.
     */
    @ParameterizedTest
    @CsvSource({"1e-3, 3, false", "1e-3, 3, true", "1e-9, 5, false", "1e-9, 5, true"})
    void theErrorInTimeFallsWithTheOrderOfTheTable(double tolerance, int order, boolean tensor) {
        Grid grid = Problems.grid(13, 12, 9, 1, 1, 1);
        Medium scalar = Medium.of(grid, Problems.brain(grid), new double[] {0, 0.1, 0.3}, new double[] {0, 0.2, 0.4});
        Medium medium = !tensor
                ? scalar
                : scalar.withOrientation(
                        tensors(grid, List.of(x -> 1, x -> 0.8, x -> 0.6, x -> 0.2, x -> 0.1, x -> -0.1)));
        TimeFunction rate = Problems.function(t -> 0.5 * Math.exp(-0.7 * t), t -> -0.5 / 0.7 * Math.exp(-0.7 * t));
        Field uptake = Problems.field(grid, (i, j, k) -> 0.2 + 0.1 * i);
        ReactionDiffusionProblem problem = new ReactionDiffusionProblem(
                Problems.blob(grid, Problems.brain(grid)),
                medium,
                1,
                Problems.function(t -> 1 + 0.5 * Math.sin(t), t -> t - 0.5 * Math.cos(t)),
                List.of(new Sink(rate, SpatialValue.varying(uptake))),
                Problems.days(0, 4),
                StepControl.adaptive(tolerance));
        Field exact = equalSteps(problem, order == 3 ? 256 : 128);
        double[] error = new double[3];
        // Steps whose diffusion takes one Taylor polynomial: shorter ones in parts would err less.
        int coarsest = 8;
        for (int n = 0; n < 3; n++) {
            error[n] = Problems.relativeError(equalSteps(problem, coarsest << n), exact);
        }
        double first = Math.log(error[0] / error[1]) / Math.log(2);
        double second = Math.log(error[1] / error[2]) / Math.log(2);
        assertThat(second).isCloseTo(order, within(0.3));
        assertThat(first).isGreaterThan(order - 0.3);
    }

    private static Field equalSteps(ReactionDiffusionProblem problem, int count) {
        double[] ends = IntStream.rangeClosed(1, count)
                .mapToDouble(n -> 4.0 * n / count)
                .toArray();
        return new GridSolver()
                .solve(
                        problem.withSteps(problem.steps().repeating(StepSequence.endingAt(ends))),
                        Execution.sequential())
                .density();
    }
}
