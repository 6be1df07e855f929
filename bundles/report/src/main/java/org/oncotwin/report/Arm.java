package org.oncotwin.report;

import java.util.List;
import org.oncotwin.api.simulation.RunResult;

/**
 * One run of a comparison.
 *
 * @param name what people call it, such as {@code Radiotherapy}
 * @param result what the run gave
 * @param snapshots the tumour in space, in the order of time; none for models without space
 */
public record Arm(String name, RunResult result, List<Snapshot> snapshots) {

    /** Checks the name and makes the list immutable. */
    public Arm {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an arm has a name, not a blank");
        }
        snapshots = List.copyOf(snapshots);
    }
}
