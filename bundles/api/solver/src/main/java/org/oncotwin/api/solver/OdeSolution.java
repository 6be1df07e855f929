package org.oncotwin.api.solver;

import java.util.List;
import java.util.Optional;

/**
 * What became of a state.
 *
 * @param day where the solution ends: the end of the interval unless it ended before
 * @param end why it ended there
 * @param state the state there
 * @param parameters the parameters there, which events may have changed
 * @param outputs the states at the days that were asked for, as far as the solution came
 * @param derivatives for each direction that was asked for, the derivative of the state at the end; where a condition ends the solution, the end moves along
 * @param outputDerivatives for each output and each direction, the derivative of the state
 * @param crossings conditions that were met, in the order of time
 * @param trajectory the solution at all times, if it was asked for
 * @param statistics what it cost
 */
public record OdeSolution(
        double day,
        End end,
        double[] state,
        double[] parameters,
        double[][] outputs,
        double[][] derivatives,
        double[][][] outputDerivatives,
        List<OdeCrossing> crossings,
        Optional<OdeTrajectory> trajectory,
        SolverStatistics statistics) {

    /** Makes the list immutable. */
    public OdeSolution {
        crossings = List.copyOf(crossings);
    }

    /** Why a solution ends. */
    public enum End {
        /** The interval is over. */
        INTERVAL,
        /** A condition that ends it was met. */
        CONDITION,
        /** Nothing moves any more. */
        STEADY_STATE
    }
}
