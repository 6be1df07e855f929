package org.oncotwin.solver.jcuda;

/** What the CUDA driver did not do, and why. */
final class CudaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A call that failed.
     *
     * @param call what was called, with sizes where they matter
     * @param reason name of the error with the driver, such as {@code CUDA_ERROR_OUT_OF_MEMORY}
     */
    CudaException(String call, String reason) {
        super(call + ": " + reason);
    }
}
