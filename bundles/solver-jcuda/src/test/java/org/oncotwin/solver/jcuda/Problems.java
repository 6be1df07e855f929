package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.StepControl;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TensorField;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.solver.grid.scheme.Conductances;

/** Small problems with everything in them, and a solution by other means. */
final class Problems {

    static final Grid GRID = new Grid(9, 8, 7, Affine.scaling(1, 1.25, 2));

    private Problems() {}

    /** An ellipsoid of two tissues that leaves some of the grid free on all sides; the rate differs from voxel to voxel. */
    static Medium medium() {
        byte[] classes = new byte[GRID.size()];
        double[] relative = new double[GRID.size()];
        SplittableRandom random = new SplittableRandom(3);
        for (int index = 0; index < classes.length; index++) {
            double x = index % 9 - 4.2;
            double y = index / 9 % 8 - 3.6;
            double z = index / 72 - 3.1;
            classes[index] = (byte) (x * x / 14 + y * y / 10 + z * z / 8 > 1 ? 0 : x + y > 0.5 ? 2 : 1);
            relative[index] = random.nextDouble(0.5, 1.5);
        }
        return Medium.of(GRID, classes, new double[] {0, 0.05, 0.3}, new double[] {0, 0.08, 0.15})
                .withRelativeProliferation(SpatialValue.varying(Field.owning(GRID, relative)));
    }

    /** The same with diffusion along fibres oblique to the grid. */
    static Medium fibres() {
        float[][] components = new float[TensorField.COMPONENTS][GRID.size()];
        double[] tensor = {1.2, 0.8, 0.7, 0.35, -0.2, 0.15};
        for (int c = 0; c < tensor.length; c++) {
            Arrays.fill(components[c], (float) tensor[c]);
        }
        return medium().withOrientation(TensorField.owning(GRID, components));
    }

    static Interval interval(double from, double to) {
        return new Interval(SimulationTime.ofDays(from), SimulationTime.ofDays(to));
    }

    static Field bump(double height) {
        double[] values = new double[GRID.size()];
        for (int index = 0; index < values.length; index++) {
            double x = index % 9 - 4.0;
            double y = index / 9 % 8 - 3.5;
            double z = index / 72 - 3.0;
            values[index] = height * StrictMath.exp(-(x * x + y * y + 2 * z * z) / 6);
        }
        return Field.owning(GRID, values);
    }

    /** A drug that reaches one side more than the other and decays within hours, and another that is the same everywhere. */
    static List<Sink> drugs() {
        double[] weight = new double[GRID.size()];
        for (int index = 0; index < weight.length; index++) {
            weight[index] = 0.2 + 0.1 * (index % 9);
        }
        return List.of(
                new Sink(new Decay(0.9, 3), SpatialValue.varying(Field.owning(GRID, weight))),
                new Sink(TimeFunction.constant(0.03), SpatialValue.uniform(1)));
    }

    static ReactionDiffusionProblem problem(Medium medium, double height, List<Sink> sinks, double tolerance) {
        return new ReactionDiffusionProblem(
                bump(height),
                medium,
                1.5,
                TimeFunction.constant(0.9),
                sinks,
                interval(2, 6),
                StepControl.adaptive(tolerance));
    }

    /** One voxel of density on its own that only diffuses, for a short time: the steepest of all fronts. */
    static ReactionDiffusionProblem peak(Medium medium, double tolerance) {
        double[] values = new double[GRID.size()];
        values[GRID.index(4, 4, 3)] = 1;
        return new ReactionDiffusionProblem(
                Field.owning(GRID, values),
                medium,
                1,
                TimeFunction.constant(0),
                List.of(),
                interval(2, 2.5),
                StepControl.adaptive(tolerance));
    }

    /** Density is killed everywhere but in one voxel, out of which it diffuses fast. */
    static ReactionDiffusionProblem refuge(double kill, double tolerance) {
        double[] weight = new double[GRID.size()];
        Arrays.fill(weight, 1);
        weight[GRID.index(4, 4, 3)] = 0;
        return problem(
                medium().withTables(new double[] {0, 1, 1}, new double[] {0, 0, 0}),
                0.8,
                List.of(new Sink(TimeFunction.constant(kill), SpatialValue.varying(Field.owning(GRID, weight)))),
                tolerance);
    }

    /** start exp(-decay (t - 2)). */
    record Decay(double start, double decay) implements TimeFunction {

        @Override
        public double at(double day) {
            return start * StrictMath.exp(-decay * (day - 2));
        }

        @Override
        public double integral(double from, double to) {
            return -at(from) / decay * StrictMath.expm1(-decay * (to - from));
        }
    }

    /** The equation as it is written, by the classical Runge-Kutta method in short steps. */
    static double[] rungeKutta(ReactionDiffusionProblem p, int steps) {
        double[] u = p.initial().toArray();
        for (int index = 0; index < u.length; index++) {
            u[index] = p.medium().contains(index) ? u[index] : 0;
        }
        double day = p.interval().start().days();
        double h = p.interval().days() / steps;
        for (int n = 0; n < steps; n++, day += h) {
            double[] k1 = rate(p, u, day);
            double[] k2 = rate(p, plus(u, h / 2, k1), day + h / 2);
            double[] k3 = rate(p, plus(u, h / 2, k2), day + h / 2);
            double[] k4 = rate(p, plus(u, h, k3), day + h);
            for (int i = 0; i < u.length; i++) {
                u[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
        }
        return u;
    }

    private static double[] plus(double[] u, double h, double[] rate) {
        double[] sum = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            sum[i] = u[i] + h * rate[i];
        }
        return sum;
    }

    private static double[] rate(ReactionDiffusionProblem p, double[] u, double day) {
        double[] rate = new double[u.length];
        Conductances.of(p.medium()).forEach((direction, lower, upper, coupling) -> {
            double flow = coupling * (u[upper] - u[lower]);
            rate[lower] += flow;
            rate[upper] -= flow;
        });
        double[] proliferation = p.medium().proliferation();
        for (int index = 0; index < u.length; index++) {
            if (p.medium().contains(index)) {
                double rho = proliferation[p.medium().classOf(index)]
                        * p.medium().relativeProliferation().at(index);
                rate[index] += p.proliferationFactor().at(day) * rho * u[index] * (1 - u[index] / p.carryingCapacity());
                for (Sink sink : p.sinks()) {
                    rate[index] -= sink.rate().at(day) * sink.weight().at(index) * u[index];
                }
            }
        }
        return rate;
    }

    /** Sum of absolute differences over the sum of values. */
    static double difference(Field actual, double[] expected) {
        double difference = 0;
        double total = 0;
        for (int index = 0; index < expected.length; index++) {
            difference += Math.abs(actual.value(index) - expected[index]);
            total += expected[index];
        }
        return difference / total;
    }

    /** The same with a kill rate that differs from place to place and does nothing: on the CPU splitting is taken only where there is such a rate, or where diffusion is stiff. */
    static ReactionDiffusionProblem forSplitting(ReactionDiffusionProblem problem) {
        List<Sink> sinks = new ArrayList<>(problem.sinks());
        sinks.add(
                new Sink(TimeFunction.constant(1e-100), SpatialValue.varying(Field.constant(problem.grid(), 1e-100))));
        return new ReactionDiffusionProblem(
                problem.initial(),
                problem.medium(),
                problem.carryingCapacity(),
                problem.proliferationFactor(),
                sinks,
                problem.interval(),
                problem.steps());
    }
}
