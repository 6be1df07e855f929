package org.oncotwin.solver.jcuda;

import java.lang.ref.WeakReference;
import org.oncotwin.api.solver.Medium;

/**
 * Keeps the medium that was used last on the device, because a course of treatment is many problems on one medium. A medium that is gone, or that another one has followed, is freed
 * as soon as nobody uses it.
 */
final class MediumCache implements AutoCloseable {

    private final CudaContext context;
    private Entry last;

    MediumCache(CudaContext context) {
        this.context = context;
    }

    private static final class Entry {

        private final WeakReference<Medium> medium;
        private final DeviceMedium onDevice;
        private int users;

        Entry(Medium medium, DeviceMedium onDevice) {
            this.medium = new WeakReference<>(medium);
            this.onDevice = onDevice;
        }
    }

    /** A medium in use. */
    final class Lease implements AutoCloseable {

        private final Entry entry;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        /** The medium on the device. */
        DeviceMedium medium() {
            return entry.onDevice;
        }

        @Override
        public void close() {
            release(entry);
        }
    }

    /**
     * A medium on the device.
     *
     * @throws org.oncotwin.api.solver.SolverException if there is not enough memory
     */
    synchronized Lease lease(Medium medium) {
        if (last == null || last.medium.get() != medium) {
            close();
            last = new Entry(medium, DeviceMedium.of(medium, context));
        }
        last.users++;
        return new Lease(last);
    }

    private synchronized void release(Entry entry) {
        entry.users--;
        if (entry.users == 0 && entry != last) {
            entry.onDevice.close();
        }
    }

    /** Forgets the medium, and frees it once nobody uses it. */
    @Override
    public synchronized void close() {
        Entry old = last;
        last = null;
        if (old != null && old.users == 0) {
            old.onDevice.close();
        }
    }
}
