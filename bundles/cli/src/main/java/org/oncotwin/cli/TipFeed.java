package org.oncotwin.cli;

import java.io.IOException;
import java.util.Optional;
import org.oncotwin.guidance.TrackedTip;

/** Where samples of a tracked tip come from. */
interface TipFeed extends AutoCloseable {

    /** What it is, as every answer says: {@code socket}, {@code recorded} or {@code simulated}. */
    String label();

    /**
     * Waits for the next sample.
     *
     * @return the sample; empty if none came in time, so that whoever relies on it is to be warned
     * @throws java.io.EOFException at the end
     * @throws org.oncotwin.api.plugin.InvalidInputException if what came is no sample
     */
    Optional<TrackedTip> next() throws IOException;

    /** Time at which the last sample came, on the clock of {@link System#nanoTime()}. */
    long arrived();

    /**
     * Sends an answer to where samples come from, if somebody listens there.
     *
     * @throws java.io.EOFException if nobody does any more
     */
    default void answer(String line) throws IOException {}

    @Override
    void close() throws IOException;
}
