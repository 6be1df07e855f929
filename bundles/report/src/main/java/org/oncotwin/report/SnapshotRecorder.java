package org.oncotwin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.StateComponent;

/**
 * Listens to a run and keeps slices of the tumour at a few output times; whole fields are let go at once. The planes go through the centre of
 * burden of the first state, so that runs from one start are cut in one place. Records nothing where the state has no field
 * {@link Quantity#TUMOUR_CELLULARITY}. For one run, used by one thread.
 */
public final class SnapshotRecorder implements RunListener {

    private final Set<SimulationTime> wanted;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private SliceExtractor extractor;

    /** Records at all of the given times, and only there. */
    public SnapshotRecorder(List<SimulationTime> times) {
        this.wanted = Set.copyOf(times);
    }

    /** Records at {@link SnapshotSelection#USUAL_NUMBER} of the output times of a request. */
    public static SnapshotRecorder ofOutputs(List<SimulationTime> outputs) {
        return new SnapshotRecorder(SnapshotSelection.evenlySpaced(outputs, SnapshotSelection.USUAL_NUMBER));
    }

    @Override
    public void output(Output output) {
        for (StateComponent component : output.state().components().values()) {
            if (component instanceof FieldComponent f
                    && f.quantity().name().equals(Quantity.TUMOUR_CELLULARITY.name())) {
                record(output.time(), f.field());
                return;
            }
        }
    }

    private void record(SimulationTime time, Field tumour) {
        if (extractor == null) {
            extractor = SliceExtractor.throughCentreOf(tumour);
        }
        if (wanted.contains(time)) {
            snapshots.add(new Snapshot(time, extractor.extract(tumour)));
        }
    }

    /** What was recorded so far, in the order of time. */
    public List<Snapshot> snapshots() {
        return List.copyOf(snapshots);
    }

    /** Cuts other images in the same place; empty until the first output of a state with a tumour in space. */
    public Optional<SliceExtractor> extractor() {
        return Optional.ofNullable(extractor);
    }
}
