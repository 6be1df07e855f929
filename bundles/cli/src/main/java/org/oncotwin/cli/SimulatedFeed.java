package org.oncotwin.cli;

import java.io.EOFException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.oncotwin.guidance.TrackedTip;

/** A tip that nobody holds: it moves at constant speed along a line, a thousand samples a second, as a tracker would see it without error. */
final class SimulatedFeed implements TipFeed {

    private static final double SAMPLES_PER_SECOND = 1000;

    private final double[] from;
    private final double[] to;
    private final int samples;
    private final long started = System.nanoTime();
    private int next;
    private long arrived;

    /**
     * A way.
     *
     * @param from start in mm in the frame of the tracker
     * @param to end in mm
     * @param seconds how long it takes
     */
    SimulatedFeed(double[] from, double[] to, double seconds) {
        this.from = from.clone();
        this.to = to.clone();
        this.samples = (int) Math.max(2, Math.round(seconds * SAMPLES_PER_SECOND));
    }

    @Override
    public String label() {
        return "simulated";
    }

    @Override
    public long arrived() {
        return arrived;
    }

    @Override
    public Optional<TrackedTip> next() throws EOFException {
        if (next == samples) {
            throw new EOFException();
        }
        double seconds = next / SAMPLES_PER_SECOND;
        long due = started + (long) (seconds * 1e9);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        arrived = System.nanoTime();
        double part = next / (samples - 1.0);
        next++;
        return Optional.of(new TrackedTip(
                seconds,
                from[0] + part * (to[0] - from[0]),
                from[1] + part * (to[1] - from[1]),
                from[2] + part * (to[2] - from[2]),
                true));
    }

    @Override
    public void close() {}
}
