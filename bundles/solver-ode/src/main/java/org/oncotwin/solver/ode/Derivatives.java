package org.oncotwin.solver.ode;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSystem;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;

/**
 * The equations in time since the start of the interval. The library compares times relative to their size; counted from the start, a millisecond is as good on day 10000
 * as on day 0.
 */
final class Derivatives implements FirstOrderDifferentialEquations {

    private final OdeSystem system;
    private final double[] parameters;
    private final Interval interval;
    private final Cancellation cancellation;
    private final double[] argument;
    private long evaluations;
    private Optional<String> notFinite = Optional.empty();
    private boolean trialOver;

    Derivatives(OdeProblem problem, Cancellation cancellation) {
        this.system = problem.system();
        this.parameters = problem.parameters();
        this.interval = problem.interval();
        this.cancellation = cancellation;
        this.argument = new double[problem.system().dimension()];
    }

    @Override
    public int getDimension() {
        return argument.length;
    }

    @Override
    public void computeDerivatives(double sinceStart, double[] y, double[] derivatives) {
        cancellation.check();
        evaluations++;
        if (trialOver) {
            notFinite = Optional.empty();
            trialOver = false;
        }
        // The system gets a copy, because a system that writes to its argument would change the step; and what it
        // forgets to write shows as NaN.
        System.arraycopy(y, 0, argument, 0, argument.length);
        Arrays.fill(derivatives, Double.NaN);
        system.derivatives(day(sinceStart), argument, parameters, derivatives);
        int component = Steps.firstNotFinite(y);
        if (component >= 0) {
            remember("component " + component + " of the state became " + y[component], sinceStart);
            return;
        }
        component = Steps.firstNotFinite(derivatives);
        if (component >= 0) {
            remember(
                    "the derivative of component " + component + " is " + derivatives[component]
                            + " where the component is " + y[component],
                    sinceStart);
        }
    }

    /** Time in days since day 0, never after the end of the interval, whatever rounding does. */
    double day(double sinceStart) {
        return Math.min(interval.start().days() + sinceStart, interval.end().days());
    }

    private void remember(String what, double sinceStart) {
        if (notFinite.isEmpty()) {
            notFinite = Optional.of("at day " + day(sinceStart) + " " + what);
        }
    }

    /** The first number in the latest tried step that was not finite, with time and component. */
    Optional<String> notFinite() {
        return notFinite;
    }

    /** The evaluations of a tried step are done; the next one belongs to another. */
    void endTrial() {
        trialOver = true;
    }

    long evaluations() {
        return evaluations;
    }
}
