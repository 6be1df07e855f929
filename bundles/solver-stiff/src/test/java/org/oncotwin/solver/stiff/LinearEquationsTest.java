package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SparsityPattern;

/** Elimination, full and sparse, and groups of columns. */
class LinearEquationsTest {

    private static SparsityPattern random(SplittableRandom random, int n, double density) {
        int[][] columns = new int[n][];
        for (int j = 0; j < n; j++) {
            columns[j] = IntStream.range(0, n)
                    .filter(i -> random.nextDouble() < density)
                    .toArray();
        }
        return SparsityPattern.ofColumns(columns);
    }

    @Test
    void sparseAndFullEliminationAgree() {
        SplittableRandom random = new SplittableRandom(7);
        for (int n : new int[] {1, 2, 5, 30, 80}) {
            SparsityPattern pattern = random(random, n, Math.min(1, 4.0 / n));
            LinearEquations sparse =
                    new SparseEquations(pattern, EliminationOrder.of(pattern).columns());
            LinearEquations full = new DenseEquations(pattern);
            for (int round = 0; round < 20; round++) {
                // Diagonals from dominant to none, so that pivots must move and kept ones become bad.
                double shift = Math.pow(10, 3 - 0.5 * round);
                double[] jacobian = random.doubles(pattern.entries(), -1, 1).toArray();
                double[] solution = random.doubles(n, -1, 1).toArray();
                double[] right = new double[n];
                for (int j = 0; j < n; j++) {
                    right[j] += shift * solution[j];
                    for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                        right[pattern.row(entry)] -= jacobian[entry] * solution[j];
                    }
                }
                double[] other = right.clone();
                assertThat(full.factor(shift, jacobian)).isTrue();
                assertThat(sparse.factor(shift, jacobian)).isTrue();
                full.solve(right);
                sparse.solve(other);
                // Both err by about the same: the condition of the matrix.
                double fullError = distance(right, solution);
                double sparseError = distance(other, solution);
                assertThat(sparseError).isLessThan(1e3 * fullError + 1e-11);
            }
        }
    }

    private static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElse(0);
    }

    /** Unknowns 0 to 3 act on the others with rates a million times their own; back act only products with what is 0, entries of the pattern that are 0. */
    @Test
    void unknownsThatNothingFeedsStayExactlyZero() {
        SplittableRandom random = new SplittableRandom(11);
        int[][] columns = new int[12][];
        for (int j = 0; j < 12; j++) {
            columns[j] = j < 4
                    ? new int[] {Math.min(j, (j + 1) % 4), Math.max(j, (j + 1) % 4), 4 + j}
                    : IntStream.range(0, 12).toArray();
        }
        SparsityPattern pattern = SparsityPattern.ofColumns(columns);
        SparseEquations sparse =
                new SparseEquations(pattern, IntStream.range(0, 12).toArray());
        for (int round = 0; round < 20; round++) {
            // In every second round what is 0 is not, and pivots of that round may not serve the next one.
            boolean there = round % 2 == 0;
            double[] jacobian = new double[pattern.entries()];
            for (int j = 0; j < 12; j++) {
                for (int entry = pattern.start(j); entry < pattern.start(j + 1); entry++) {
                    boolean back = j >= 4 && pattern.row(entry) < 4;
                    double size = j < 4 && pattern.row(entry) >= 4 ? 1e6 : 1;
                    jacobian[entry] = back && !there ? 0 : size * random.nextDouble(-1, 1);
                }
            }
            assertThat(sparse.factor(7, jacobian)).isTrue();
            double[] right = random.doubles(12, -1, 1).toArray();
            Arrays.fill(right, 0, 4, 0);
            sparse.solve(right);
            for (int i = 0; i < 12; i++) {
                if (i < 4 && !there) {
                    assertThat(right[i]).as("unknown %d", i).isZero();
                } else {
                    assertThat(right[i]).as("unknown %d", i).isNotZero();
                }
            }
        }
    }

    @Test
    void singularMatricesAreRefusedAndForgotten() {
        SparsityPattern pattern = SparsityPattern.ofColumns(new int[][] {{0, 1}, {0, 1}});
        for (LinearEquations equations :
                new LinearEquations[] {new DenseEquations(pattern), new SparseEquations(pattern, new int[] {0, 1})}) {
            assertThat(equations.factor(1, new double[] {0, 1, 1, 0})).isFalse();
            assertThat(equations.factor(1, new double[] {Double.NaN, 1, 1, 0})).isFalse();
            assertThat(equations.factor(1, new double[] {0, 0, 0, -1})).isTrue();
            double[] right = {3, 4};
            equations.solve(right);
            assertThat(right).containsExactly(3, 2);
        }
    }

    @Test
    void anArrowIsEliminatedFromItsTip() {
        // All depend on the last and the last on all: in the right order nothing fills.
        int n = 50;
        int[][] columns = new int[n][];
        for (int j = 0; j < n - 1; j++) {
            columns[j] = new int[] {j, n - 1};
        }
        columns[n - 1] = IntStream.range(0, n).toArray();
        EliminationOrder order = EliminationOrder.of(SparsityPattern.ofColumns(columns));
        assertThat(order.multiplications()).isEqualTo(2.0 * (n - 1));
        assertThat(Arrays.stream(order.columns()).sorted().toArray())
                .isEqualTo(IntStream.range(0, n).toArray());
    }

    @Test
    void columnsOfOneGroupShareNoRow() {
        SparsityPattern pattern = random(new SplittableRandom(3), 60, 0.08);
        ColumnGroups groups = ColumnGroups.of(pattern);
        assertThat(groups.count()).isLessThan(40);
        for (int group = 0; group < groups.count(); group++) {
            boolean[] taken = new boolean[60];
            for (int j = 0; j < 60; j++) {
                for (int entry = pattern.start(j);
                        groups.groupOf()[j] == group && entry < pattern.start(j + 1);
                        entry++) {
                    assertThat(taken[pattern.row(entry)]).isFalse();
                    taken[pattern.row(entry)] = true;
                }
            }
        }
        assertThat(ColumnGroups.of(SparsityPattern.full(4)).count()).isEqualTo(4);
    }

    /** Diffusion along a line with reaction, u_t = D u_xx + u (1 - u), and the pattern of it if asked for. */
    private static OdeSystem line(int n, boolean sparse) {
        double rate = 1e-2 * n * n;
        return new OdeSystem() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                for (int i = 0; i < n; i++) {
                    double left = y[Math.max(0, i - 1)];
                    double right = y[Math.min(n - 1, i + 1)];
                    d[i] = rate * (left - 2 * y[i] + right) + y[i] * (1 - y[i]);
                }
            }

            @Override
            public SparsityPattern sparsity() {
                if (!sparse) {
                    return SparsityPattern.full(n);
                }
                return SparsityPattern.ofColumns(IntStream.range(0, n)
                        .mapToObj(j -> IntStream.rangeClosed(Math.max(0, j - 1), Math.min(n - 1, j + 1))
                                .toArray())
                        .toArray(int[][]::new));
            }
        };
    }

    @Test
    void aPatternSavesWorkAndChangesNothingElse() {
        double[] initial =
                IntStream.range(0, 60).mapToDouble(i -> i < 6 ? 0.5 : 0).toArray();
        OdeSolution full = new RosenbrockSolver()
                .solve(Systems.problem(line(60, false), 3, initial, new double[0], 1e-8), Execution.sequential());
        OdeSolution sparse = new RosenbrockSolver()
                .solve(Systems.problem(line(60, true), 3, initial, new double[0], 1e-8), Execution.sequential());
        assertThat(sparse.statistics().steps())
                .isCloseTo(full.statistics().steps(), within(full.statistics().steps() / 20 + 1));
        assertThat(sparse.statistics().evaluations())
                .isLessThan(full.statistics().evaluations() / 5);
        for (int i = 0; i < 60; i++) {
            assertThat(sparse.state()[i]).isCloseTo(full.state()[i], within(1e-7));
        }
    }

    @Test
    void aThousandEquations() {
        double[] initial =
                IntStream.range(0, 1000).mapToDouble(i -> i < 100 ? 0.5 : 0).toArray();
        OdeSolution loose = new RosenbrockSolver()
                .solve(
                        Systems.problem(line(1000, true), 1, initial, new double[0], OdeTolerance.of(1e-4, 1e-6)),
                        Execution.sequential());
        OdeSolution tight = new RosenbrockSolver()
                .solve(
                        Systems.problem(line(1000, true), 1, initial, new double[0], OdeTolerance.of(1e-7, 1e-9)),
                        Execution.sequential());
        assertThat(distance(loose.state(), tight.state())).isLessThan(1e-4);
    }
}
