package org.oncotwin.solver.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Compartments of a drug against the closed forms of Gabrielsson and Weiner (Pharmacokinetic and Pharmacodynamic Data Analysis, 5th ed., 2016, chapter 2) and Dubois,
 * Bertrand and Mentre (Mathematical expressions of the pharmacokinetic and pharmacodynamic models implemented in the PFIM software, 2011, chapter 1).
 */
@Tag("SR-304")
class PharmacokineticsTest {

    private static final double[] TIMES = {0.01, 0.125, 0.5, 1, 2.75, 6, 10};

    @Test
    @DisplayName("one compartment, bolus: D exp(-k t)")
    void oneCompartmentBolus() {
        double[][] states = at(problem(Linear.fixed(new double[] {-0.8}, 0), 100));
        for (int i = 0; i < TIMES.length; i++) {
            assertRelative(states[i][0], 100 * StrictMath.exp(-0.8 * TIMES[i]));
        }
    }

    @Test
    @DisplayName("one compartment, infusion of 1.5 d: R/k (1 - exp(-k t)), and the decay after it")
    void oneCompartmentInfusion() {
        double k = 0.8;
        LinearOdeSystem system = Linear.system(1, 2, (p, a) -> a[0] = -p[0], (p, b) -> b[0] = p[1]);
        OdeProblem problem = Linear.withEvents(
                Linear.problem(system, 0, 10, new double[1], k, 0),
                OdeEvent.set(SimulationTime.ofDays(0), 1, 70),
                OdeEvent.set(SimulationTime.ofDays(1.5), 1, 0));
        double[][] states = at(problem);
        for (int i = 0; i < TIMES.length; i++) {
            double during = Math.min(TIMES[i], 1.5);
            assertRelative(
                    states[i][0], 70 / k * -StrictMath.expm1(-k * during) * StrictMath.exp(-k * (TIMES[i] - during)));
        }
    }

    @Test
    @DisplayName("one compartment, oral: the Bateman function, and its limit D k t exp(-k t) for equal rates")
    void oneCompartmentOral() {
        double ka = 3;
        double k = 0.8;
        double[][] states = at(problem(Linear.fixed(new double[] {-ka, 0, ka, -k}, 0, 0), 100, 0));
        double[][] equal = at(problem(Linear.fixed(new double[] {-k, 0, k, -k}, 0, 0), 100, 0));
        for (int i = 0; i < TIMES.length; i++) {
            double t = TIMES[i];
            assertRelative(states[i][1], 100 * ka / (ka - k) * (StrictMath.exp(-k * t) - StrictMath.exp(-ka * t)));
            assertRelative(equal[i][1], 100 * k * t * StrictMath.exp(-k * t));
        }
    }

    @Test
    @DisplayName("two compartments, bolus: the sum of two exponentials")
    void twoCompartmentsBolus() {
        double k10 = 1.2;
        double k12 = 2.5;
        double k21 = 0.7;
        double[][] states = at(problem(Linear.fixed(new double[] {-(k10 + k12), k21, k12, -k21}, 0, 0), 100, 0));
        double sum = k10 + k12 + k21;
        double root = StrictMath.sqrt(sum * sum - 4 * k10 * k21);
        double alpha = (sum + root) / 2;
        double beta = k10 * k21 / alpha;
        for (int i = 0; i < TIMES.length; i++) {
            double a = StrictMath.exp(-alpha * TIMES[i]);
            double b = StrictMath.exp(-beta * TIMES[i]);
            assertRelative(states[i][0], 100 * ((alpha - k21) * a + (k21 - beta) * b) / (alpha - beta));
            assertRelative(states[i][1], 100 * k12 * (b - a) / (alpha - beta));
        }
    }

    @Test
    @DisplayName("two compartments, oral, regular doses: superposition of the closed form")
    void twoCompartmentsOral() {
        double[] p = Linear.parameters();
        List<OdeEvent> doses = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            doses.add(Linear.bolus(day, Linear.DEPOT, 500));
        }
        double[][] states = at(Linear.problem(Linear.pharmacokinetics(), 0, 10, new double[4], p)
                .withEvents(doses));
        double k10 = p[Linear.CLEARANCE] / p[Linear.VOLUME];
        double k12 = p[Linear.DISTRIBUTION] / p[Linear.VOLUME];
        double k21 = p[Linear.DISTRIBUTION] / p[Linear.VOLUME_2];
        double ka = p[Linear.KA];
        double sum = k10 + k12 + k21;
        double alpha = (sum + StrictMath.sqrt(sum * sum - 4 * k10 * k21)) / 2;
        double beta = k10 * k21 / alpha;
        for (int i = 0; i < TIMES.length; i++) {
            double central = 0;
            for (int day = 0; day < 10 && day <= TIMES[i]; day++) {
                double t = TIMES[i] - day;
                central += 500
                        * ka
                        * ((k21 - alpha) / ((ka - alpha) * (beta - alpha)) * StrictMath.exp(-alpha * t)
                                + (k21 - beta) / ((ka - beta) * (alpha - beta)) * StrictMath.exp(-beta * t)
                                + (k21 - ka) / ((alpha - ka) * (beta - ka)) * StrictMath.exp(-ka * t));
            }
            // The closed form cancels where a dose has just been given; 1e-12 of a dose is what it is good for.
            assertThat(states[i][Linear.CENTRAL]).isEqualTo(central, within(1e-12 * Math.max(central, 5)));
        }
    }

    @Test
    @DisplayName("three compartments, bolus: the sum of three exponentials with the roots of the cubic")
    void threeCompartmentsBolus() {
        double k10 = 1.5;
        double k12 = 2;
        double k21 = 0.9;
        double k13 = 0.4;
        double k31 = 0.05;
        double[][] states = at(problem(
                Linear.fixed(new double[] {-(k10 + k12 + k13), k21, k31, k12, -k21, 0, k13, 0, -k31}, 0, 0, 0),
                100,
                0,
                0));
        double[] rate = roots(
                k10 + k12 + k13 + k21 + k31,
                k10 * k21 + k10 * k31 + k21 * k31 + k21 * k13 + k31 * k12,
                k10 * k21 * k31);
        for (int i = 0; i < TIMES.length; i++) {
            double central = 0;
            for (int r = 0; r < 3; r++) {
                double x = rate[r];
                double y = rate[(r + 1) % 3];
                double z = rate[(r + 2) % 3];
                central += 100 * (k21 - x) * (k31 - x) / ((x - y) * (x - z)) * StrictMath.exp(-x * TIMES[i]);
            }
            assertRelative(states[i][0], central);
        }
    }

    @Tag("SR-305")
    @Test
    @DisplayName(
            "a thousand doses: what was given is in the compartments or eliminated, to 1e-12, and nothing is negative")
    void thousandDoses() {
        List<OdeEvent> doses = new ArrayList<>();
        for (int dose = 0; dose < 1000; dose++) {
            doses.add(Linear.bolus(dose * 0.25, Linear.DEPOT, 500));
            if (dose % 100 == 0) {
                doses.add(OdeEvent.set(SimulationTime.ofDays(dose * 0.25), Linear.RATE, 300));
                doses.add(OdeEvent.set(SimulationTime.ofDays(dose * 0.25 + 2), Linear.RATE, 0));
            }
        }
        OdeProblem problem = Linear.problem(Linear.pharmacokinetics(), 0, 250, new double[4], Linear.parameters())
                .withEvents(doses)
                .withNonNegative(List.of(0, 1, 2, 3));
        double[] state = new MatrixExponentialSolver()
                .solve(problem, Execution.sequential())
                .state();
        assertThat(Arrays.stream(state).sum()).isEqualTo(506_000, within(506_000 * 1e-12));
        assertThat(state)
                .doesNotContain(0)
                .satisfies(s -> assertThat(Arrays.stream(s).min().orElseThrow()).isPositive());
    }

    @Test
    @DisplayName("a thousand doses in concentrations: the amount, a sum weighted by volumes, is kept to 1e-12")
    void weightedSum() {
        double v1 = 3.7;
        double v2 = 41.3;
        double q = 19.1;
        LinearOdeSystem system = Linear.fixed(new double[] {-q / v1, q / v1, q / v2, -q / v2}, 0, 0);
        List<OdeEvent> doses = new ArrayList<>();
        for (int dose = 0; dose < 1000; dose++) {
            doses.add(Linear.bolus(dose * 0.25, 0, 10 / v1));
        }
        double[] state = new MatrixExponentialSolver()
                .solve(Linear.problem(system, 0, 250, new double[2]).withEvents(doses), Execution.sequential())
                .state();
        assertThat(v1 * state[0] + v2 * state[1]).isEqualTo(10_000, within(10_000 * 1e-12));
    }

    @Test
    @DisplayName("sixty transit compartments: the terms of Poisson's distribution, down to 1e-26 of the dose")
    void transitCompartments() {
        // Savic et al.: Implementation of a transit compartment model, J. Pharmacokinet. Pharmacodyn. 34 (2007)
        // 711-726.
        int n = 60;
        double k = 5;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = -k;
            if (i > 0) {
                matrix[i * n + i - 1] = k;
            }
        }
        double[] initial = new double[n];
        initial[0] = 1;
        OdeProblem problem = Linear.problem(Linear.fixed(matrix, new double[n]), 0, 2, initial);
        double[] state = new MatrixExponentialSolver()
                .solve(problem, Execution.sequential())
                .state();
        double expected = StrictMath.exp(-2 * k);
        for (int i = 0; i < n; i++) {
            assertRelative(state[i], expected);
            expected *= 2 * k / (i + 1);
        }
    }

    private static OdeProblem problem(LinearOdeSystem system, double... initial) {
        return Linear.problem(system, 0, 10, initial);
    }

    private static double[][] at(OdeProblem problem) {
        OdeSolution solution = new MatrixExponentialSolver().solve(problem.withOutputs(TIMES), Execution.sequential());
        assertThat(solution.outputs()).hasNumberOfRows(TIMES.length);
        assertThat(solution.state()).isEqualTo(solution.outputs()[TIMES.length - 1]);
        return solution.outputs();
    }

    /** Roots of x^3 - a x^2 + b x - c, all real. */
    private static double[] roots(double a, double b, double c) {
        double[] roots = new double[3];
        double p = (a * a - 3 * b) / 9;
        double r = (2 * a * a * a - 9 * a * b + 27 * c) / 54;
        double angle = StrictMath.acos(r / StrictMath.sqrt(p * p * p));
        for (int k = 0; k < 3; k++) {
            double x = 2 * StrictMath.sqrt(p) * StrictMath.cos((angle + 2 * Math.PI * k) / 3) + a / 3;
            for (int newton = 0; newton < 5; newton++) {
                x -= (((x - a) * x + b) * x - c) / ((3 * x - 2 * a) * x + b);
            }
            roots[k] = x;
        }
        return roots;
    }

    private static void assertRelative(double actual, double expected) {
        assertThat(actual).isEqualTo(expected, within(2e-13 * Math.abs(expected)));
    }
}
