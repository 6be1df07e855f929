package org.oncotwin.solver.jcuda;

/** Memory on a device. Offsets and lengths count elements of the array that is copied. Copies are made in turn with the launches and are complete when the call returns. */
interface CudaBuffer extends AutoCloseable {

    /** Size in bytes. */
    long bytes();

    /** Copies some of an array to the device. */
    void write(long offset, double[] values, int from, int length);

    /** Copies an array of bytes to the device. */
    void write(long offset, byte[] values);

    /** Copies from the device into some of an array. */
    void read(long offset, double[] values, int from, int length);

    /** Frees the memory. */
    @Override
    void close();
}
