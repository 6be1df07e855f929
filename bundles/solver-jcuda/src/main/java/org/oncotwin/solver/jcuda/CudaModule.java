package org.oncotwin.solver.jcuda;

/** Loaded kernels. */
interface CudaModule extends AutoCloseable {

    /**
     * A kernel.
     *
     * @throws CudaException if there is none of this name
     */
    CudaKernel kernel(String name);

    @Override
    void close();
}
