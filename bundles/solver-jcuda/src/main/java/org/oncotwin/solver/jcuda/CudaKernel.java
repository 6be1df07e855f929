package org.oncotwin.solver.jcuda;

import java.util.List;

/** A kernel, whose parameters are pointers followed by 64-bit whole numbers. */
interface CudaKernel {

    /**
     * Starts the kernel and does not wait for it.
     *
     * @param shape how many threads
     * @param buffers what the pointers point to
     * @param numbers the whole numbers
     * @throws CudaException if the driver refuses, or for an earlier launch that failed
     */
    void launch(Shape shape, List<CudaBuffer> buffers, long... numbers);

    /**
     * Threads of a launch: blocks of some threads along x, one row of them for each member of a batch along y.
     *
     * @param blocks blocks along x
     * @param members blocks along y, at most {@value #MOST_MEMBERS}
     * @param threads threads of a block
     */
    record Shape(int blocks, int members, int threads) {

        /** Most blocks along y on any device: CUDA C++ Programming Guide, table of technical specifications per compute capability. */
        static final int MOST_MEMBERS = 65_535;

        /** At least a number of threads along x for each of some members. */
        static Shape covering(long count, int members, int threads) {
            return new Shape(Math.toIntExact((count + threads - 1) / threads), members, threads);
        }
    }
}
