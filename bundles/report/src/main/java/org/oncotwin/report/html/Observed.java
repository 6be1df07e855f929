package org.oncotwin.report.html;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Trajectory;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;

/** Looks up what a trajectory observed. */
final class Observed {

    private Observed() {}

    /** Values of a quantity at the output times, if it was observed at all. */
    static Optional<List<Double>> values(Trajectory trajectory, Quantity quantity) {
        return trajectory.series().stream()
                .filter(s -> s.quantity().name().equals(quantity.name()))
                .map(Series::values)
                .findFirst();
    }

    /** Value of a quantity at an output time. */
    static Optional<Double> value(Trajectory trajectory, Quantity quantity, SimulationTime time) {
        int at = trajectory.times().indexOf(time);
        return at < 0 ? Optional.empty() : values(trajectory, quantity).map(v -> v.get(at));
    }
}
