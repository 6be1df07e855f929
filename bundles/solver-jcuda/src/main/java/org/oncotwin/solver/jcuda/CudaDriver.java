package org.oncotwin.solver.jcuda;

import java.util.List;

/** What the solver needs of the CUDA driver. Everything in this package that talks to a device does so through it, so that it can be tested without one. */
interface CudaDriver {

    /**
     * The devices that the driver offers, in its order; none if there is none.
     *
     * @throws CudaException if the driver does not answer
     */
    List<CudaDevice> devices();

    /**
     * Makes a device ready.
     *
     * @throws CudaException if the driver refuses
     */
    CudaContext open(CudaDevice device);
}
