package org.oncotwin.solver.stiff;

import java.util.function.IntFunction;
import org.oncotwin.api.solver.DifferentiableOdeSystem;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Stiff systems of the literature. */
final class Systems {

    private Systems() {}

    /** Right-hand side of a system. */
    @FunctionalInterface
    interface Derivatives {
        void write(double day, double[] y, double[] p, double[] d);
    }

    /** Jacobian in the order of the full pattern, column by column, and df/dp times a direction. */
    interface Known {
        void jacobian(double day, double[] y, double[] p, double[] entries);

        void along(double day, double[] y, double[] p, double[] dp, double[] d);
    }

    static OdeSystem of(int dimension, int parameters, Derivatives derivatives) {
        return new OdeSystem() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                derivatives.write(day, y, p, d);
            }
        };
    }

    static OdeSystem named(int dimension, int parameters, IntFunction<String> name, Derivatives derivatives) {
        return new OdeSystem() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public String name(int component) {
                return name.apply(component);
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                derivatives.write(day, y, p, d);
            }
        };
    }

    static DifferentiableOdeSystem of(int dimension, int parameters, Derivatives derivatives, Known known) {
        return new DifferentiableOdeSystem() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public int parameters() {
                return parameters;
            }

            @Override
            public void derivatives(double day, double[] y, double[] p, double[] d) {
                derivatives.write(day, y, p, d);
            }

            @Override
            public void jacobian(double day, double[] y, double[] p, double[] entries) {
                known.jacobian(day, y, p, entries);
            }

            @Override
            public void alongParameters(double day, double[] y, double[] p, double[] dp, double[] d) {
                known.along(day, y, p, dp, d);
            }
        };
    }

    static OdeProblem problem(OdeSystem system, double days, double[] initial, double[] parameters, double tolerance) {
        return problem(system, days, initial, parameters, OdeTolerance.of(tolerance, tolerance));
    }

    static OdeProblem problem(
            OdeSystem system, double days, double[] initial, double[] parameters, OdeTolerance tolerance) {
        return OdeProblem.of(
                        system,
                        new Interval(SimulationTime.ZERO, SimulationTime.ofDays(days)),
                        initial,
                        parameters,
                        tolerance)
                .ofKind(SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS);
    }

    /** Robertson 1966: k1 = 0.04, k2 = 3e7, k3 = 1e4 per unit of time, here with the unit as the fourth parameter, in units per day. */
    static final double[] ROBERTSON = {0.04, 3e7, 1e4, 1};

    static void robertson(double day, double[] y, double[] p, double[] d) {
        double slow = p[0] * y[0];
        double fast = p[1] * y[1] * y[1];
        double back = p[2] * y[1] * y[2];
        d[0] = p[3] * (back - slow);
        d[1] = p[3] * (slow - back - fast);
        d[2] = p[3] * fast;
    }

    static final Known ROBERTSON_KNOWN = new Known() {
        @Override
        public void jacobian(double day, double[] y, double[] p, double[] e) {
            e[0] = -p[3] * p[0];
            e[1] = p[3] * p[0];
            e[2] = 0;
            e[3] = p[3] * p[2] * y[2];
            e[4] = -p[3] * (p[2] * y[2] + 2 * p[1] * y[1]);
            e[5] = p[3] * 2 * p[1] * y[1];
            e[6] = p[3] * p[2] * y[1];
            e[7] = -p[3] * p[2] * y[1];
            e[8] = 0;
        }

        @Override
        public void along(double day, double[] y, double[] p, double[] dp, double[] d) {
            double slow = p[0] * y[0];
            double fast = p[1] * y[1] * y[1];
            double back = p[2] * y[1] * y[2];
            double dSlow = dp[0] * y[0];
            double dFast = dp[1] * y[1] * y[1];
            double dBack = dp[2] * y[1] * y[2];
            d[0] = p[3] * (dBack - dSlow) + dp[3] * (back - slow);
            d[1] = p[3] * (dSlow - dBack - dFast) + dp[3] * (slow - back - fast);
            d[2] = p[3] * dFast + dp[3] * fast;
        }
    };

    static OdeSystem robertson() {
        return of(3, 4, Systems::robertson);
    }

    static DifferentiableOdeSystem knownRobertson() {
        return of(3, 4, Systems::robertson, ROBERTSON_KNOWN);
    }

    /** Schaefer 1975, as in Hairer and Wanner 1996, section IV.10: growth of plants under light. */
    static OdeSystem hires() {
        return of(8, 0, (t, y, p, d) -> {
            d[0] = -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007;
            d[1] = 1.71 * y[0] - 8.75 * y[1];
            d[2] = -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4];
            d[3] = 8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3];
            d[4] = -1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6];
            d[5] = -280 * y[5] * y[7] + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6];
            d[6] = 280 * y[5] * y[7] - 1.81 * y[6];
            d[7] = -280 * y[5] * y[7] + 1.81 * y[6];
        });
    }

    static final double[] HIRES_INITIAL = {1, 0, 0, 0, 0, 0, 0, 0.0057};

    /** Van der Pol with mu = 1000, unscaled. */
    static OdeSystem vanDerPol() {
        return of(2, 1, (t, y, p, d) -> {
            d[0] = y[1];
            d[1] = p[0] * (1 - y[0] * y[0]) * y[1] - y[0];
        });
    }

    /** Field and Noyes 1974, as in Hairer and Wanner 1996, section IV.10. */
    static OdeSystem oregonator() {
        return of(3, 0, (t, y, p, d) -> {
            d[0] = 77.27 * (y[1] + y[0] * (1 - 8.375e-6 * y[0] - y[1]));
            d[1] = (y[2] - (1 + y[0]) * y[1]) / 77.27;
            d[2] = 0.161 * (y[0] - y[2]);
        });
    }
}
