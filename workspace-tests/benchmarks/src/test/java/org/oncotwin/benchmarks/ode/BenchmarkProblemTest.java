package org.oncotwin.benchmarks.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.SparsityPattern;

/** The problems are those that the references were made for, and their Jacobians are right. */
class BenchmarkProblemTest {

    private static final double[] NONE = new double[0];

    static Stream<BenchmarkProblem> problems() throws IOException {
        return BenchmarkProblem.all().stream();
    }

    private static JsonNode known(String name) throws IOException {
        return new ObjectMapper()
                .readTree(BenchmarkProblem.REFERENCES.toFile())
                .path(name)
                .path("problem");
    }

    @ParameterizedTest
    @MethodSource("problems")
    void isTheProblemOfTheReference(BenchmarkProblem problem) throws IOException {
        JsonNode known = known(problem.name());
        assertThat(problem.end()).isEqualTo(known.path("end").doubleValue());
        assertThat(problem.initial()).isEqualTo(BenchmarkProblem.numbers(known.path("initial")));
        assertThat(problem.floor()).isEqualTo(BenchmarkProblem.numbers(known.path("floor")));
        assertThat(problem.doses()).hasSize(known.path("doses").size());
        for (int n = 0; n < problem.doses().size(); n++) {
            BenchmarkProblem.Dose dose = problem.doses().get(n);
            assertThat(new double[] {dose.time().milliseconds(), dose.component(), dose.amount()})
                    .isEqualTo(BenchmarkProblem.numbers(known.path("doses").get(n)));
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void derivativesAreThoseOfTheReference(BenchmarkProblem problem) throws IOException {
        JsonNode known = known(problem.name());
        double[] f = new double[problem.system().dimension()];
        problem.system().derivatives(0, BenchmarkProblem.numbers(known.path("probe")), NONE, f);
        close(f, BenchmarkProblem.numbers(known.path("derivativesAtProbe")));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void jacobianIsThatOfTheReference(BenchmarkProblem problem) throws IOException {
        JsonNode known = known(problem.name());
        int size = problem.system().dimension();
        SparsityPattern pattern = problem.system().sparsity();
        double[] entries = new double[pattern.entries()];
        problem.system().jacobian(0, BenchmarkProblem.numbers(known.path("probe")), NONE, entries);
        double[][] dense = new double[size][size];
        for (int column = 0; column < size; column++) {
            for (int n = pattern.start(column); n < pattern.start(column + 1); n++) {
                dense[pattern.row(n)][column] = entries[n];
            }
        }
        for (int row = 0; row < size; row++) {
            close(
                    dense[row],
                    BenchmarkProblem.numbers(known.path("jacobianAtProbe").get(row)));
        }
    }

    @Test
    void massOnlyLeavesThroughLiverAndKidneys() {
        Physiological body = new Physiological();
        double[] matrix = new double[17 * 17];
        body.matrix(NONE, matrix);
        for (int from = 0; from < 17; from++) {
            double leaves = 0;
            for (int into = 0; into < 17; into++) {
                leaves -= matrix[into * 17 + from];
            }
            double expected = from == 6 ? 144 / (0.31 * 3) : from == 7 ? 720 / (1.8 * 4) : 0;
            assertThat(leaves).as(body.name(from)).isCloseTo(expected, within(1e-10));
        }
    }

    @Test
    void linearSystemsAreTheirMatrix() {
        for (LinearOdeSystem system : List.of(new Physiological(), new TwoCompartments())) {
            double[] parameters = system.parameters() == 0 ? NONE : TwoCompartments.patient(3);
            int size = system.dimension();
            double[] matrix = new double[size * size];
            system.matrix(parameters, matrix);
            double[] state = new double[size];
            double[] f = new double[size];
            for (int column = 0; column < size; column++) {
                Arrays.fill(state, 0);
                state[column] = 1;
                system.derivatives(0, state, parameters, f);
                for (int row = 0; row < size; row++) {
                    assertThat(f[row]).isCloseTo(matrix[row * size + column], within(1e-12 * (1 + Math.abs(f[row]))));
                }
            }
        }
    }

    private static void close(double[] values, double[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        for (int n = 0; n < values.length; n++) {
            assertThat(values[n]).isCloseTo(expected[n], within(1e-10 * Math.abs(expected[n]) + 1e-14));
        }
    }
}
