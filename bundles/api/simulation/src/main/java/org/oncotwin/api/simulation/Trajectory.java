package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Observables over output times.
 *
 * @param times output times
 * @param series one series per observable, sorted by name
 */
public record Trajectory(List<SimulationTime> times, List<Series> series) {

    /** Makes the lists immutable and checks their lengths. */
    public Trajectory {
        times = List.copyOf(times);
        series = List.copyOf(series);
        for (Series s : series) {
            if (s.values().size() != times.size()) {
                throw new IllegalArgumentException(
                        s.quantity().name() + " has " + s.values().size() + " values at " + times.size() + " times");
            }
        }
    }
}
