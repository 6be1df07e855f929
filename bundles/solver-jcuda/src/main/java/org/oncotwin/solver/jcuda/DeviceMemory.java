package org.oncotwin.solver.jcuda;

import java.util.ArrayDeque;
import java.util.Deque;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.twin.Grid;

/** Memory that is allocated piece by piece and freed together. */
final class DeviceMemory implements AutoCloseable {

    private static final int MEBI = 20;

    private final CudaContext context;
    private final Grid grid;
    private final Deque<CudaBuffer> buffers = new ArrayDeque<>();

    /**
     * No memory yet.
     *
     * @param grid what the memory is for, for messages
     */
    DeviceMemory(CudaContext context, Grid grid) {
        this.context = context;
        this.grid = grid;
    }

    /**
     * Allocates memory, filled with 0.
     *
     * @param what what it holds, for messages
     * @throws SolverException if there is not enough, saying how much is
     */
    CudaBuffer allocate(long bytes, String what) {
        try {
            CudaBuffer buffer = context.allocate(bytes);
            buffers.push(buffer);
            return buffer;
        } catch (CudaException e) {
            throw new SolverException(
                    "no memory for " + what + " of " + grid.describe() + " on "
                            + context.device().describe() + ": " + mebibytes(bytes) + " are needed at once, "
                            + mebibytes(context.free()) + " are free (" + e.getMessage() + ")",
                    e);
        }
    }

    private static String mebibytes(long bytes) {
        return ((bytes - 1 >> MEBI) + 1) + " MiB";
    }

    /** Frees a piece before the others. */
    void free(CudaBuffer buffer) {
        if (buffers.remove(buffer)) {
            buffer.close();
        }
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!buffers.isEmpty()) {
            try {
                buffers.pop().close();
            } catch (RuntimeException e) {
                // After a fault on the device every call fails; the others are tried all the same.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
