package org.oncotwin.solver.ode;

import java.util.Optional;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;

/** The equations of one leg as the library asks for them: in time since the start of the leg, with the variational equations behind those of the state. */
final class Derivatives implements FirstOrderDifferentialEquations {

    private final RightHandSide rightHandSide;
    private final Situation start;
    private final Clock clock;
    private final Effort effort;
    private final Optional<Variations> variations;
    private final Names names;
    private final double[] slope;
    private double[] lastArgument;
    private double[] argumentBefore;
    private Optional<String> notFinite = Optional.empty();
    private boolean trialOver;
    private boolean forOutput;

    Derivatives(RightHandSide rightHandSide, Situation start, Clock clock, Effort effort, ErrorScale scale) {
        this.rightHandSide = rightHandSide;
        this.start = start;
        this.clock = clock;
        this.effort = effort;
        this.variations =
                start.directions() == 0 ? Optional.empty() : Optional.of(new Variations(rightHandSide, start, scale));
        this.names = new Names(rightHandSide.system());
        this.slope = new double[start.dimension()];
        this.lastArgument = new double[start.values().length];
        this.argumentBefore = new double[start.values().length];
    }

    @Override
    public int getDimension() {
        return start.values().length;
    }

    @Override
    public void computeDerivatives(double sinceStart, double[] values, double[] derivatives) {
        if (!forOutput && !effort.allowsStage()) {
            throw new MaxCountExceededException(effort.allowed());
        }
        if (trialOver) {
            notFinite = Optional.empty();
            trialOver = false;
        }
        double[] oldest = argumentBefore;
        argumentBefore = lastArgument;
        lastArgument = oldest;
        System.arraycopy(values, 0, lastArgument, 0, values.length);
        double day = clock.day(sinceStart);
        rightHandSide.write(day, values, start.parameters(), slope);
        System.arraycopy(slope, 0, derivatives, 0, slope.length);
        variations.ifPresent(equations -> equations.write(day, values, derivatives));
        if (notFinite.isEmpty()) {
            notFinite = notFinite(day, values, derivatives);
        }
    }

    private Optional<String> notFinite(double day, double[] values, double[] derivatives) {
        int index = Names.firstNotFinite(values);
        if (index >= 0) {
            return Optional.of("at day " + day + " " + names.of(index) + " became " + values[index]);
        }
        index = Names.firstNotFinite(derivatives);
        return index < 0
                ? Optional.empty()
                : Optional.of("at day " + day + " the derivative of " + names.of(index) + " is " + derivatives[index]
                        + " where " + names.of(index) + " is " + values[index]);
    }

    /** The first number in the latest tried step that was not finite, with time and component. */
    Optional<String> notFinite() {
        return notFinite;
    }

    /** The evaluations of a tried step are done; the next one belongs to another. */
    void endTrial() {
        trialOver = true;
    }

    /** Evaluations from here to {@link #endOutput} are for interpolation within an accepted step. */
    void beginOutput() {
        forOutput = true;
    }

    void endOutput() {
        forOutput = false;
        endTrial();
    }

    /** Argument of the evaluation before the last one. */
    double[] argumentBefore() {
        return argumentBefore;
    }

    Clock clock() {
        return clock;
    }
}
