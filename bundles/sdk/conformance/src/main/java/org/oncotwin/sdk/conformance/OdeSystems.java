package org.oncotwin.sdk.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.LinearOdeSystem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.SparsityPattern;

/** Equations whose solutions are known, for the contract tests of their solvers. */
final class OdeSystems {

    private OdeSystems() {}

    /** A right-hand side. */
    @FunctionalInterface
    interface RightHandSide {
        void write(double day, double[] y, double[] p, double[] derivatives);
    }

    /** Coefficients of linear equations. */
    @FunctionalInterface
    interface Coefficients {
        void write(double[] p, double[] values);
    }

    /** Any equations, without derivatives of their own. */
    static OdeSystem of(int parameters, List<String> names, RightHandSide equations) {
        return new OdeSystem() {
            @Override
            public int dimension() {
                return names.size();
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] derivatives) {
                equations.write(day, y, p, derivatives);
            }

            @Override
            public String name(int component) {
                return names.get(component);
            }
        };
    }

    /** Linear equations. */
    static LinearOdeSystem linear(int parameters, List<String> names, Coefficients matrix, Coefficients input) {
        return new LinearOdeSystem() {
            @Override
            public int dimension() {
                return names.size();
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public void matrix(double[] p, double[] entries) {
                matrix.write(p, entries);
            }

            @Override
            public void input(double[] p, double[] values) {
                input.write(p, values);
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] derivatives) {
                int n = names.size();
                double[] a = new double[n * n];
                matrix(p, a);
                input(p, derivatives);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        derivatives[i] += a[i * n + j] * y[j];
                    }
                }
            }

            @Override
            public String name(int component) {
                return names.get(component);
            }
        };
    }

    /** y' = p1 - p0 y: one compartment with an infusion; a ramp if p0 is 0. Parameter 2 is free for events. */
    static LinearOdeSystem compartment() {
        return linear(3, List.of("amount"), (p, a) -> a[0] = -p[0], (p, b) -> b[0] = p[1]);
    }

    /** x' = p0 y, y' = -p0 x: a circle of angular frequency p0 (rad/day). */
    static LinearOdeSystem oscillator() {
        return linear(
                1,
                List.of("displacement", "velocity"),
                (p, a) -> {
                    a[0] = 0;
                    a[1] = p[0];
                    a[2] = -p[0];
                    a[3] = 0;
                },
                (p, b) -> {
                    b[0] = 0;
                    b[1] = 0;
                });
    }

    /** First becomes second at rate p0, second becomes third at rate p1; their sum stays. */
    static LinearOdeSystem decayChain() {
        return linear(
                2,
                List.of("first", "second", "third"),
                (p, a) -> {
                    Arrays.fill(a, 0);
                    a[0] = -p[0];
                    a[3] = p[0];
                    a[4] = -p[1];
                    a[7] = p[1];
                },
                (p, b) -> Arrays.fill(b, 0));
    }

    /** V' = p0 V (1 - V / p1). */
    static OdeSystem logistic() {
        return of(2, List.of("tumour volume"), (day, y, p, d) -> d[0] = p[0] * y[0] * (1 - y[0] / p[1]));
    }

    /** Substrate becomes product at the rate p0 S / (p1 + S) of Michaelis and Menten; their sum stays. */
    static OdeSystem enzyme() {
        return of(2, List.of("substrate", "product"), (day, y, p, d) -> {
            d[0] = -p[0] * y[0] / (p[1] + y[0]);
            d[1] = -d[0];
        });
    }

    /** The reaction of Robertson (1966) with rates per day: stiff. */
    static OdeSystem robertson() {
        return of(0, List.of("A", "B", "C"), (day, y, p, d) -> {
            d[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
            d[2] = 3e7 * y[1] * y[1];
            d[1] = -d[0] - d[2];
        });
    }

    /** A cascade, x0' = -p0 x0^2 and xi' = p0 (x(i-1)^2 - xi^2), that says nothing of its derivatives. */
    static OdeSystem cascade(int length) {
        List<String> names =
                IntStream.range(0, length).mapToObj(i -> "level " + i).toList();
        return of(1, names, (day, y, p, d) -> cascade(y, p[0], d));
    }

    private static void cascade(double[] y, double rate, double[] d) {
        for (int i = 0; i < y.length; i++) {
            d[i] = rate * ((i == 0 ? 0 : y[i - 1] * y[i - 1]) - y[i] * y[i]);
        }
    }

    /** The same cascade, which knows its derivatives and that they are few. */
    static DifferentiableOdeSystem differentiableCascade(int length) {
        int[][] rows = new int[length][];
        for (int column = 0; column < length; column++) {
            rows[column] = column + 1 < length ? new int[] {column, column + 1} : new int[] {column};
        }
        SparsityPattern pattern = SparsityPattern.ofColumns(rows);
        return new DifferentiableOdeSystem() {
            @Override
            public int dimension() {
                return length;
            }

            @Override
            public int parameters() {
                return 1;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] derivatives) {
                cascade(y, p[0], derivatives);
            }

            @Override
            public SparsityPattern sparsity() {
                return pattern;
            }

            @Override
            public void jacobian(double day, double[] y, double[] p, double[] entries) {
                for (int column = 0; column < length; column++) {
                    entries[pattern.start(column)] = -2 * p[0] * y[column];
                    if (column + 1 < length) {
                        entries[pattern.start(column) + 1] = 2 * p[0] * y[column];
                    }
                }
            }

            @Override
            public void alongParameters(double day, double[] y, double[] p, double[] direction, double[] derivatives) {
                cascade(y, direction[0], derivatives);
            }
        };
    }
}
