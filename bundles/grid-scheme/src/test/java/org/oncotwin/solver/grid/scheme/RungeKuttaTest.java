package org.oncotwin.solver.grid.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tableaus against the conditions of order, one for each rooted tree (Hairer, Norsett, Wanner: Solving Ordinary Differential Equations I, section II.2), and their bounds of stability. */
class RungeKuttaTest {

    /** A rooted tree: what hangs from its root. */
    private record Tree(List<Tree> branches) {

        int size() {
            return 1 + branches.stream().mapToInt(Tree::size).sum();
        }

        /** The condition of its order is: sum of b_i phi_i = 1 / density. */
        double density() {
            return size() * branches.stream().mapToDouble(Tree::density).reduce(1, (a, b) -> a * b);
        }

        /** phi_i of all stages: the product over the branches of sum a_ij phi_j. */
        double[] weights(RungeKutta method) {
            double[] phi = new double[method.stages()];
            for (int i = 0; i < phi.length; i++) {
                phi[i] = 1;
                for (Tree branch : branches) {
                    double[] below = branch.weights(method);
                    double sum = 0;
                    for (int j = 0; j < i; j++) {
                        sum += method.matrix()[i][j] * below[j];
                    }
                    phi[i] *= sum;
                }
            }
            return phi;
        }
    }

    /** All trees of a size, each as often as its branches can be put in order, which does no harm. */
    private static List<Tree> trees(int size) {
        List<Tree> trees = new ArrayList<>();
        for (List<Tree> branches : forests(size - 1)) {
            trees.add(new Tree(branches));
        }
        return trees;
    }

    private static List<List<Tree>> forests(int size) {
        List<List<Tree>> forests = new ArrayList<>();
        if (size == 0) {
            forests.add(List.of());
        }
        for (int first = 1; first <= size; first++) {
            for (Tree tree : trees(first)) {
                for (List<Tree> rest : forests(size - first)) {
                    List<Tree> all = new ArrayList<>(rest);
                    all.add(tree);
                    forests.add(all);
                }
            }
        }
        return forests;
    }

    private static double defect(RungeKutta method, double[] weights, int order) {
        double worst = 0;
        for (Tree tree : trees(order)) {
            double[] phi = tree.weights(method);
            double sum = 0;
            for (int i = 0; i < phi.length; i++) {
                sum += weights[i] * phi[i];
            }
            worst = Math.max(worst, Math.abs(sum - 1 / tree.density()));
        }
        return worst;
    }

    static Stream<RungeKutta> methods() {
        return Stream.of(RungeKutta.KUTTA, RungeKutta.CASH_KARP);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theResultHasOneOrderMoreThanTheEmbeddedMethodAndNoMore(RungeKutta method) {
        double[] embedded = new double[method.stages()];
        for (int i = 0; i < embedded.length; i++) {
            embedded[i] = method.weights()[i] - method.difference()[i];
        }
        for (int order = 1; order <= method.order(); order++) {
            assertThat(defect(method, embedded, order)).isLessThan(1e-15);
        }
        for (int order = 1; order <= method.order() + 1; order++) {
            assertThat(defect(method, method.weights(), order)).isLessThan(1e-15);
        }
        assertThat(defect(method, embedded, method.order() + 1)).isGreaterThan(1e-4);
        assertThat(defect(method, method.weights(), method.order() + 2)).isGreaterThan(1e-4);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nodesAreTheSumsOfTheirRows(RungeKutta method) {
        for (int i = 0; i < method.stages(); i++) {
            double sum = 0;
            for (double a : method.matrix()[i]) {
                sum += a;
            }
            assertThat(method.matrix()[i]).hasSize(i);
            assertThat(sum).isCloseTo(method.nodes()[i], within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void isStableToTheEndOfItsIntervalAndNotMuchBeyond(RungeKutta method) {
        for (double x = 0; x <= method.interval(); x += 1e-3) {
            assertThat(Math.abs(growth(method, -x))).isLessThanOrEqualTo(1);
        }
        assertThat(Math.abs(growth(method, -method.interval() - 0.01))).isGreaterThan(1);
    }

    /** The solution of u' = z u after a step of length 1 from 1. */
    private static double growth(RungeKutta method, double z) {
        double[] slopes = new double[method.stages()];
        double end = 1;
        for (int i = 0; i < slopes.length; i++) {
            double u = 1;
            for (int j = 0; j < i; j++) {
                u += method.matrix()[i][j] * slopes[j];
            }
            slopes[i] = z * u;
            end += method.weights()[i] * slopes[i];
        }
        return end;
    }
}
