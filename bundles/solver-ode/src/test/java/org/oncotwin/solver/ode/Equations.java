package org.oncotwin.solver.ode;

import java.util.List;
import java.util.stream.Stream;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.solver.OdeTolerance;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;

/** Equations on which both methods are tried. */
final class Equations {

    /** y0' = y1, y1' = -y0. */
    static final OdeSystem OSCILLATOR = of(List.of("displacement", "velocity"), 0, (day, y, p, dy) -> {
        dy[0] = y[1];
        dy[1] = -y[0];
    });

    /** y' = p0 y (1 - y / p1). */
    static final OdeSystem LOGISTIC =
            of(List.of("tumour volume"), 2, (day, y, p, dy) -> dy[0] = p[0] * y[0] * (1 - y[0] / p[1]));

    /** y' = -p0 y + p1. */
    static final OdeSystem DECAY = of(List.of("drug"), 2, (day, y, p, dy) -> dy[0] = -p[0] * y[0] + p[1]);

    /** Lotka and Volterra: x' = p0 x - p1 x y, y' = p2 x y - p3 y. */
    static final OdeSystem PREDATOR_AND_PREY = of(List.of("prey", "predator"), 4, (day, y, p, dy) -> {
        dy[0] = p[0] * y[0] - p[1] * y[0] * y[1];
        dy[1] = p[2] * y[0] * y[1] - p[3] * y[1];
    });

    /** Van der Pol with stiffness p0. */
    static final OdeSystem VAN_DER_POL = of(List.of("voltage", "current"), 1, (day, y, p, dy) -> {
        dy[0] = y[1];
        dy[1] = p[0] * (1 - y[0] * y[0]) * y[1] - y[0];
    });

    /** Robertson: an autocatalytic reaction with rates from 0.04 to 3e7. */
    static final OdeSystem ROBERTSON = of(List.of("A", "B", "C"), 0, (day, y, p, dy) -> {
        dy[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
        dy[2] = 3e7 * y[1] * y[1];
        dy[1] = -dy[0] - dy[2];
    });

    private Equations() {}

    /** Right-hand side as a function. */
    interface RightHandSide {
        void write(double day, double[] y, double[] p, double[] dy);
    }

    static Stream<OdeSolver> solvers() {
        return Stream.of(new DormandPrince853Solver(), new DormandPrince54Solver());
    }

    static OdeSystem of(List<String> names, int parameters, RightHandSide rightHandSide) {
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
            public void derivatives(double day, double[] y, double[] p, double[] dy) {
                rightHandSide.write(day, y, p, dy);
            }

            @Override
            public String name(int component) {
                return names.get(component);
            }
        };
    }

    /** A cascade: the first passes to the second and so on, all at one rate; the last keeps. */
    static OdeSystem cascade(int length, double rate) {
        List<String> names = Stream.iterate(0, n -> n + 1)
                .limit(length)
                .map(n -> "link " + n)
                .toList();
        return of(names, 0, (day, y, p, dy) -> {
            for (int i = 0; i < length; i++) {
                dy[i] = (i > 0 ? rate * y[i - 1] : 0) - (i < length - 1 ? rate * y[i] : 0);
            }
        });
    }

    static double[] numbers(double... numbers) {
        return numbers;
    }

    static Interval days(double start, double end) {
        return new Interval(SimulationTime.ofDays(start), SimulationTime.ofDays(end));
    }

    static OdeProblem problem(
            OdeSystem system, double end, double[] initial, double[] parameters, double relative, double absolute) {
        return OdeProblem.of(system, days(0, end), initial, parameters, OdeTolerance.of(relative, absolute));
    }

    static OdeSolution solve(OdeSolver solver, OdeProblem problem) {
        return solver.solve(problem, Execution.sequential());
    }
}
