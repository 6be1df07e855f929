package org.oncotwin.api.simulation;

import java.io.IOException;
import java.util.function.Supplier;
import org.oncotwin.api.twin.SimulationTime;
import org.osgi.annotation.versioning.ConsumerType;

/** Follows a run. Called from the thread of the run, in the order of time. */
@ConsumerType
public interface RunListener {

    /** A listener that does nothing. */
    RunListener NONE = new RunListener() {};

    /** The run has come to an instant; called often. */
    default void reached(SimulationTime time) {}

    /** An output time was reached. */
    default void output(Output output) throws IOException {}

    /**
     * A safe point was reached, from which the run could be resumed bit for bit.
     *
     * @param checkpoint makes the checkpoint when it is asked for, now or later; keeping it keeps the state
     */
    default void safePoint(Supplier<Checkpoint> checkpoint) throws IOException {}
}
