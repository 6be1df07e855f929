package org.oncotwin.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.twin.SimulationTime;

/** Several listeners, told one after the other. */
record Listeners(List<RunListener> all) implements RunListener {
    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void reached(SimulationTime time) {
        all.forEach(l -> l.reached(time));
    }

    @Override
    public void output(Output output) throws IOException {
        for (RunListener listener : all) {
            listener.output(output);
        }
    }

    @Override
    public void safePoint(Supplier<Checkpoint> checkpoint) throws IOException {
        for (RunListener listener : all) {
            listener.safePoint(checkpoint);
        }
    }
}
