package org.oncotwin.sdk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeTrajectory;

/** What is kept of a solution between its start and its end. A piece is asked for days before its end, since a day at the end may show what an event did there. */
final class ReferenceRecord {

    private final OdeProblem problem;
    private final double[] days;
    private final List<double[]> outputs = new ArrayList<>();
    private final List<OdePiece> pieces = new ArrayList<>();
    private final List<Double> ends = new ArrayList<>();
    private Optional<OdeTrajectory> trajectory = Optional.empty();

    ReferenceRecord(OdeProblem problem) {
        this.problem = problem;
        this.days = problem.outputs();
    }

    List<double[]> outputs() {
        return outputs;
    }

    Optional<OdeTrajectory> trajectory() {
        return trajectory;
    }

    /** The solution goes on to a day. */
    void add(OdePiece piece, double end) {
        while (outputs.size() < days.length && days[outputs.size()] < end) {
            outputs.add(piece.atDay(days[outputs.size()]));
        }
        if (problem.continuous()) {
            pieces.add(piece);
            ends.add(end);
        }
    }

    /** The solution is over. */
    void end(double day, double[] z) {
        if (outputs.size() < days.length && days[outputs.size()] == day) {
            outputs.add(z.clone());
        }
        if (problem.continuous()) {
            double[] last = z.clone();
            double start = problem.interval().start().days();
            trajectory = Optional.of(new Pieces(start, day, List.copyOf(pieces), List.copyOf(ends), last));
        }
    }

    /** Pieces, each up to its end, and the last state. */
    private record Pieces(double start, double end, List<OdePiece> pieces, List<Double> ends, double[] last)
            implements OdeTrajectory {

        @Override
        public void at(double day, double[] state) {
            if (!(day >= start && day <= end)) {
                throw new IllegalArgumentException(
                        "day " + day + " is not within the solution from day " + start + " to day " + end);
            }
            double[] z = last;
            if (day < end) {
                int low = 0;
                int high = ends.size() - 1;
                while (low < high) {
                    int middle = (low + high) / 2;
                    if (day < ends.get(middle)) {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
                z = pieces.get(low).atDay(day);
            }
            System.arraycopy(z, 0, state, 0, state.length);
        }
    }
}
