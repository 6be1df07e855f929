package org.oncotwin.solver.jcuda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.CudaException;
import jcuda.LibUtils;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** The driver of this machine through JCuda. */
final class NvidiaDriver implements CudaDriver {

    private NvidiaDriver() {}

    /**
     * Loads the driver. Neither the run-time library nor any other part of the CUDA toolkit is needed.
     *
     * @throws org.oncotwin.solver.jcuda.CudaException if the driver is not installed
     */
    static CudaDriver load() {
        // JCuda would go on to look for the library in the folder for temporary files, where anybody may have put one. The framework knows the one in this bundle (Bundle-NativeCode);
        // once it is loaded, JCuda finds it so.
        String library = LibUtils.createPlatformLibraryName("JCudaDriver-12.6.0");
        try {
            System.loadLibrary(library);
        } catch (UnsatisfiedLinkError e) {
            throw new org.oncotwin.solver.jcuda.CudaException(
                    "loading the CUDA driver", "this machine has no NVIDIA driver, or none for this platform");
        }
        return new NvidiaDriver();
    }
}
