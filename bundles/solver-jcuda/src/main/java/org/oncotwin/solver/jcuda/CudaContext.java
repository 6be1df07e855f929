package org.oncotwin.solver.jcuda;

/**
 * A device that is ready for work. Work is done in the order in which it is given, whichever thread gives it; may be used from several threads. Everything made by a context must be closed
 * before it.
 */
interface CudaContext extends AutoCloseable {

    /** The device. */
    CudaDevice device();

    /**
     * Loads kernels.
     *
     * @param ptx source in PTX
     * @throws CudaException if the driver cannot compile it for the device
     */
    CudaModule load(String ptx);

    /**
     * Allocates memory, filled with 0.
     *
     * @param bytes above 0
     * @throws CudaException if there is not enough
     */
    CudaBuffer allocate(long bytes);

    /** Bytes that can still be allocated. */
    long free();

    /**
     * Waits until all work is done.
     *
     * @throws CudaException if any of it failed
     */
    void synchronise();

    @Override
    void close();
}
