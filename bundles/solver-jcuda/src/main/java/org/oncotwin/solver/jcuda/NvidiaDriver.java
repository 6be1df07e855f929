package org.oncotwin.solver.jcuda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** The driver of this machine, through JCuda. The driver is all it needs: no other part of the CUDA toolkit. */
final class NvidiaDriver implements CudaDriver {

    private static final int LONGEST_NAME = 256;

    private NvidiaDriver() {}

    /**
     * Loads the driver.
     *
     * @throws CudaException if there is none
     */
    static CudaDriver load() {
        // JCuda itself would go on to look in the folder for temporary files, where anybody may put a library. The
        // framework knows the one of this bundle (Bundle-NativeCode), and
        // once it is loaded JCuda takes it.
        try {
            System.loadLibrary(LibUtils.createPlatformLibraryName("JCudaDriver-" + JCudaVersion.get()));
        } catch (UnsatisfiedLinkError e) {
            throw new CudaException("loading the CUDA driver", "there is no NVIDIA driver on this machine");
        }
        JCudaDriver.setExceptionsEnabled(false);
        return new NvidiaDriver();
    }

    @Override
    public List<CudaDevice> devices() {
        int started = JCudaDriver.cuInit(0);
        if (started == CUresult.CUDA_ERROR_NO_DEVICE) {
            return List.of();
        }
        check(started, "starting the CUDA driver");
        int[] count = new int[1];
        check(JCudaDriver.cuDeviceGetCount(count), "counting CUDA devices");
        List<CudaDevice> devices = new ArrayList<>();
        for (int ordinal = 0; ordinal < count[0]; ordinal++) {
            devices.add(describe(ordinal));
        }
        return devices;
    }

    private static CudaDevice describe(int ordinal) {
        CUdevice device = device(ordinal);
        String what = "describing CUDA device " + ordinal;
        byte[] name = new byte[LONGEST_NAME];
        check(JCudaDriver.cuDeviceGetName(name, name.length, device), what);
        long[] memory = new long[1];
        check(JCudaDriver.cuDeviceTotalMem(memory, device), what);
        return new CudaDevice(
                ordinal,
                new String(name, StandardCharsets.UTF_8).replaceAll("\0.*", ""),
                memory[0],
                attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device, what),
                attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device, what));
    }

    private static int attribute(int attribute, CUdevice device, String what) {
        int[] value = new int[1];
        check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device), what);
        return value[0];
    }

    private static CUdevice device(int ordinal) {
        CUdevice device = new CUdevice();
        check(JCudaDriver.cuDeviceGet(device, ordinal), "CUDA device " + ordinal);
        return device;
    }

    @Override
    public CudaContext open(CudaDevice device) {
        return new NvidiaContext(device, device(device.ordinal()));
    }

    /** Throws if a call did not succeed. */
    static void check(int result, String call) {
        if (result != CUresult.CUDA_SUCCESS) {
            throw new CudaException(call, CUresult.stringFor(result));
        }
    }
}
