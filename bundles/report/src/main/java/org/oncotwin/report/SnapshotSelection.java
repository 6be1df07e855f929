package org.oncotwin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.twin.SimulationTime;

/** Chooses the output times that a report shows in space. */
public final class SnapshotSelection {

    /** As many pictures side by side as a page shows at a readable size. */
    public static final int USUAL_NUMBER = 6;

    private SnapshotSelection() {}

    /**
     * At most {@code most} of the times: the first, the last, and those nearest to even spacing between them (the earlier of two equally near).
     *
     * @param times sorted, at least one
     * @param most at least 2
     */
    public static List<SimulationTime> evenlySpaced(List<SimulationTime> times, int most) {
        if (times.isEmpty() || most < 2) {
            throw new IllegalArgumentException(
                    "a selection takes at least 2 of at least 1 times, not " + most + " of " + times.size());
        }
        if (times.size() <= most) {
            return List.copyOf(times);
        }
        double first = times.get(0).milliseconds();
        double last = times.get(times.size() - 1).milliseconds();
        SortedSet<SimulationTime> chosen = new TreeSet<>();
        for (int n = 0; n < most; n++) {
            double target = first + (last - first) * n / (most - 1);
            SimulationTime nearest = times.get(0);
            for (SimulationTime time : times) {
                if (Math.abs(time.milliseconds() - target) < Math.abs(nearest.milliseconds() - target)) {
                    nearest = time;
                }
            }
            chosen.add(nearest);
        }
        return new ArrayList<>(chosen);
    }
}
