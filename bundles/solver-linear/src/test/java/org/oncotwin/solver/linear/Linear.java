package org.oncotwin.solver.linear;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeEvent;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Linear systems for tests. */
final class Linear {

    static final OdeTolerance TOLERANCE = OdeTolerance.of(1e-10, 1e-12);

    private Linear() {}

    /** Writes coefficients from parameters. */
    @FunctionalInterface
    interface Writer {
        void write(double[] parameters, double[] entries);
    }

    /** A system whose right-hand side is A y + b. */
    static LinearOdeSystem system(int n, int parameters, Writer matrix, Writer input) {
        return new LinearOdeSystem() {
            @Override
            public void matrix(double[] p, double[] entries) {
                matrix.write(p, entries);
            }

            @Override
            public void input(double[] p, double[] entries) {
                input.write(p, entries);
            }

            @Override
            public int dimension() {
                return n;
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public void derivatives(double day, double[] state, double[] p, double[] derivatives) {
                double[] a = new double[n * n];
                matrix.write(p, a);
                input.write(p, derivatives);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        derivatives[i] += a[i * n + j] * state[j];
                    }
                }
            }
        };
    }

    /** A system of fixed coefficients. */
    static LinearOdeSystem fixed(double[] matrix, double... input) {
        return system(
                input.length,
                0,
                (p, entries) -> System.arraycopy(matrix, 0, entries, 0, matrix.length),
                (p, entries) -> System.arraycopy(input, 0, entries, 0, input.length));
    }

    static final int DEPOT = 0;
    static final int CENTRAL = 1;
    static final int PERIPHERAL = 2;
    static final int ELIMINATED = 3;

    static final int KA = 0;
    static final int CLEARANCE = 1;
    static final int VOLUME = 2;
    static final int DISTRIBUTION = 3;
    static final int VOLUME_2 = 4;
    static final int RATE = 5;

    /** Two compartments with a depot, an infusion into the central one, and the amount that was eliminated. */
    static LinearOdeSystem pharmacokinetics() {
        return system(
                4,
                6,
                (p, a) -> {
                    double ke = p[CLEARANCE] / p[VOLUME];
                    double k12 = p[DISTRIBUTION] / p[VOLUME];
                    double k21 = p[DISTRIBUTION] / p[VOLUME_2];
                    Arrays.fill(a, 0);
                    a[DEPOT * 4 + DEPOT] = -p[KA];
                    a[CENTRAL * 4 + DEPOT] = p[KA];
                    a[CENTRAL * 4 + CENTRAL] = -(ke + k12);
                    a[CENTRAL * 4 + PERIPHERAL] = k21;
                    a[PERIPHERAL * 4 + CENTRAL] = k12;
                    a[PERIPHERAL * 4 + PERIPHERAL] = -k21;
                    a[ELIMINATED * 4 + CENTRAL] = ke;
                },
                (p, b) -> {
                    Arrays.fill(b, 0);
                    b[CENTRAL] = p[RATE];
                });
    }

    /** Per day and litre: ka, clearance, volume, distribution, second volume, infusion rate. */
    static double[] parameters() {
        return new double[] {24, 60, 15, 90, 40, 0};
    }

    static Interval days(double from, double to) {
        return new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
    }

    static OdeProblem problem(LinearOdeSystem system, double from, double to, double[] initial, double... parameters) {
        return OdeProblem.of(system, days(from, to), initial, parameters, TOLERANCE)
                .ofKind(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }

    static OdeEvent bolus(double day, int component, double amount) {
        return OdeEvent.add(SimulationTime.ofDays(day), component, amount);
    }

    static OdeProblem withEvents(OdeProblem problem, OdeEvent... events) {
        return problem.withEvents(List.of(events));
    }

    static OptionalDouble days(double value) {
        return OptionalDouble.of(value);
    }
}
