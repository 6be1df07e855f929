package org.oncotwin.solver.stiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.Cancellation;

/** How the error falls with the length of fixed steps. */
@Tag("SR-303")
class OrderTest {

    /** Errors at the end, within steps, and of the estimate in the last step. */
    private record Errors(double end, double within, double estimate) {}

    private static Errors run(OdeSystem system, DoubleUnaryOperator[] exact, double from, double to, int count) {
        int n = exact.length;
        Equations equations = new Equations(system);
        equations.begin(Cancellation.NEVER, new double[0]);
        equations.segment(from, to);
        Step step =
                new Step(equations, new DenseEquations(equations.pattern()), new Sensitivities(equations, n, 0, 0), n);
        for (int i = 0; i < n; i++) {
            step.start[i] = exact[i].applyAsDouble(from);
        }
        double length = (to - from) / count;
        double within = 0;
        double[] between = new double[n];
        double[] scales = new double[n];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i++) {
                scales[i] = Math.max(1e-3, Math.abs(step.start[i]));
            }
            equations.derivatives(k * length, step.start, step.slope);
            equations.jacobian(k * length, step.start, step.slope, scales, false, step.jacobian);
            assertThat(step.attempt(k * length, length)).isTrue();
            for (double part : new double[] {0.3, 0.6, 0.8}) {
                step.at(part, between);
                within = Math.max(within, error(between, exact, from + (k + part) * length));
            }
            System.arraycopy(step.end, 0, step.start, 0, n);
        }
        return new Errors(
                error(step.start, exact, to), within, step.error(org.oncotwin.api.solver.OdeTolerance.of(1e-12, 1)));
    }

    private static double error(double[] state, DoubleUnaryOperator[] exact, double day) {
        double worst = 0;
        for (int i = 0; i < state.length; i++) {
            worst = Math.max(worst, Math.abs(state[i] - exact[i].applyAsDouble(day)));
        }
        return worst;
    }

    private static double order(double coarse, double fine) {
        return Math.log(coarse / fine) / Math.log(2);
    }

    @Test
    void autonomousEquationsAreSolvedToOrder5() {
        // u = sin t, v = cos t, also as u' = v (u^2 + v^2), which is not linear.
        OdeSystem system = Systems.of(2, 0, (t, y, p, d) -> {
            double one = y[0] * y[0] + y[1] * y[1];
            d[0] = y[1] * one;
            d[1] = -y[0] * one;
        });
        assertOrder(system, new DoubleUnaryOperator[] {Math::sin, Math::cos}, 4.7, 3.9, 20);
    }

    @Test
    void equationsThatDependOnTimeAreSolvedToOrder5() {
        // y = exp(sin t) / (1 + t), w = 1 / (1 + t).
        OdeSystem system = Systems.of(2, 0, (t, y, p, d) -> {
            d[0] = y[0] * (Math.cos(t) - y[1]);
            d[1] = -y[1] * y[1] * (1 + t) / (1 + t);
        });
        assertOrder(
                system,
                new DoubleUnaryOperator[] {t -> Math.exp(Math.sin(t)) / (1 + t), t -> 1 / (1 + t)},
                4.7,
                3.9,
                20);
    }

    @Test
    void stiffEquationsKeepOrder3() {
        // Prothero and Robinson 1974, y' = -L (y - cos t) - sin t, in the classical range, where many methods fall to
        // order 1 or 2; the error is in units of 1/L.
        double stiffness = 1e4;
        OdeSystem system = Systems.of(1, 0, (t, y, p, d) -> d[0] = -stiffness * (y[0] - Math.cos(t)) - Math.sin(t));
        Errors coarse = run(system, new DoubleUnaryOperator[] {Math::cos}, 0.3, 2.3, 8);
        Errors fine = run(system, new DoubleUnaryOperator[] {Math::cos}, 0.3, 2.3, 16);
        assertThat(coarse.end).isLessThan(1e-7);
        assertThat(order(coarse.within, fine.within)).isGreaterThan(2.7);
    }

    private static void assertOrder(
            OdeSystem system, DoubleUnaryOperator[] exact, double atEnd, double between, int count) {
        Errors coarse = run(system, exact, 0.2, 2.2, count);
        Errors fine = run(system, exact, 0.2, 2.2, 2 * count);
        assertThat(order(coarse.end, fine.end)).as("order at the end").isBetween(atEnd, atEnd + 1);
        assertThat(order(coarse.within, fine.within)).as("order within steps").isGreaterThan(between);
        // The error estimate of order 4 falls with the fifth power of the step.
        assertThat(order(coarse.estimate, fine.estimate))
                .as("order of the estimate")
                .isBetween(4.3, 5.7);
    }
}
