package org.oncotwin.solver.grid;

import java.util.List;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionProblem.Sink;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.SpatialValue;
import org.oncotwin.api.twin.TimeFunction;

/** What acts from outside during a stretch of time, from exact integrals: proliferation and killing. Filled anew for every stretch without allocating. */
final class Forcing {

    /** Weights of the sinks that differ from place to place. */
    final Field[] weights;

    /** Integral of k over the stretch for each of {@link #weights}. */
    final double[] varyingIntegrals;

    private double proliferation;
    private double survival;
    private final TimeFunction factor;
    private final TimeFunction[] uniformRates;
    private final double[] uniformWeights;
    private final TimeFunction[] varyingRates;

    Forcing(ReactionDiffusionProblem problem) {
        factor = problem.proliferationFactor();
        List<Sink> uniform = problem.sinks().stream()
                .filter(s -> s.weight() instanceof SpatialValue.Uniform)
                .toList();
        List<Sink> varying = problem.sinks().stream()
                .filter(s -> s.weight() instanceof SpatialValue.Varying)
                .toList();
        uniformRates = uniform.stream().map(Sink::rate).toArray(TimeFunction[]::new);
        uniformWeights = uniform.stream().mapToDouble(s -> s.weight().at(0)).toArray();
        varyingRates = varying.stream().map(Sink::rate).toArray(TimeFunction[]::new);
        weights = varying.stream()
                .map(s -> ((SpatialValue.Varying) s.weight()).field())
                .toArray(Field[]::new);
        varyingIntegrals = new double[weights.length];
        for (Field weight : weights) {
            if (weight.grid().size() != problem.grid().size()) {
                throw new SolverException("the weight of a sink lies on "
                        + weight.grid().describe() + ", the density on "
                        + problem.grid().describe());
            }
        }
    }

    /**
     * Integrates over the stretch.
     *
     * @throws SolverException if an integral is negative or not finite
     */
    void evaluate(double day, double end) {
        proliferation = proliferation(factor, day, end);
        survival = 1;
        for (int s = 0; s < uniformRates.length; s++) {
            double killed = uniformWeights[s] * uniformRates[s].integral(day, end);
            survival *= StrictMath.exp(-checked(killed, "a kill rate", day, end));
        }
        for (int s = 0; s < varyingRates.length; s++) {
            varyingIntegrals[s] = checked(varyingRates[s].integral(day, end), "a kill rate", day, end);
        }
    }

    /**
     * Integral of a proliferation factor.
     *
     * @throws SolverException if it is negative or not finite
     */
    static double proliferation(TimeFunction factor, double day, double end) {
        return checked(factor.integral(day, end), "the proliferation factor", day, end);
    }

    private static double checked(double integral, String what, double day, double end) {
        if (!(integral >= 0) || integral == Double.POSITIVE_INFINITY) {
            throw new SolverException("the integral of " + what + " from day " + day + " to day " + end + " is "
                    + integral + "; it must be finite and not negative");
        }
        return integral;
    }

    /** Integral of f over the stretch in days. */
    double proliferation() {
        return proliferation;
    }

    /** Fraction that survives the sinks that are the same everywhere. */
    double survival() {
        return survival;
    }

    /** True if {@link #killed} may be above 0 somewhere. */
    boolean variesInSpace() {
        for (double integral : varyingIntegrals) {
            if (integral > 0) {
                return true;
            }
        }
        return false;
    }

    /** Integral over the stretch of the rates that differ from place to place, at a voxel of the grid. */
    double killed(int index) {
        double sum = 0;
        for (int s = 0; s < weights.length; s++) {
            sum += varyingIntegrals[s] * weights[s].value(index);
        }
        return sum;
    }

    /**
     * Checks the weights in some planes.
     *
     * @throws SolverException naming the first voxel where one is negative or not finite
     */
    void checkWeights(Domain domain, int firstPlane, int endPlane, double day) {
        for (Field weight : weights) {
            for (int row = domain.row(0, firstPlane); row < domain.row(0, endPlane); row++) {
                int index = domain.gridIndex(row);
                for (int i = domain.from[row]; i < domain.to[row]; i++) {
                    double w = weight.value(index + i);
                    if (domain.classes[row * domain.width + i] != 0 && (!(w >= 0) || w == Double.POSITIVE_INFINITY)) {
                        throw new SolverException("on day " + day + " the weight of a kill rate is " + w + " at voxel "
                                + domain.place(index + i) + "; it must be finite and not negative");
                    }
                }
            }
        }
    }
}
