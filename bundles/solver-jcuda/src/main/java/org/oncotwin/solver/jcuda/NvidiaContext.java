package org.oncotwin.solver.jcuda;

import static org.oncotwin.solver.jcuda.NvidiaDriver.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/**
 * The primary context of a device. All work goes to its default stream, which keeps it in order; a context is current to a thread, so each call makes it that of its
 * thread.
 */
final class NvidiaContext implements CudaContext {

    private final CudaDevice device;
    private final CUdevice handle;
    private final CUcontext context = new CUcontext();

    NvidiaContext(CudaDevice device, CUdevice handle) {
        this.device = device;
        this.handle = handle;
        check(JCudaDriver.cuDevicePrimaryCtxRetain(context, handle), "making a context on " + device.describe());
    }

    @Override
    public CudaDevice device() {
        return device;
    }

    private void enter() {
        check(JCudaDriver.cuCtxSetCurrent(context), "entering the context of " + device.describe());
    }

    @Override
    public CudaModule load(String ptx) {
        enter();
        byte[] text = ptx.getBytes(StandardCharsets.US_ASCII);
        CUmodule module = new CUmodule();
        // The driver reads up to a 0.
        check(
                JCudaDriver.cuModuleLoadData(module, Arrays.copyOf(text, text.length + 1)),
                "compiling the kernels for " + device.describe());
        return new Module(module);
    }

    @Override
    public CudaBuffer allocate(long bytes) {
        enter();
        CUdeviceptr pointer = new CUdeviceptr();
        check(JCudaDriver.cuMemAlloc(pointer, bytes), "allocating " + bytes + " bytes on " + device.describe());
        Buffer buffer = new Buffer(pointer, bytes);
        try {
            check(JCudaDriver.cuMemsetD8(pointer, (byte) 0, bytes), "filling " + bytes + " bytes with 0");
        } catch (CudaException e) {
            buffer.close();
            throw e;
        }
        return buffer;
    }

    @Override
    public long free() {
        enter();
        long[] free = new long[1];
        check(JCudaDriver.cuMemGetInfo(free, new long[1]), "asking for the free memory of " + device.describe());
        return free[0];
    }

    @Override
    public void synchronise() {
        enter();
        check(JCudaDriver.cuCtxSynchronize(), "waiting for " + device.describe());
    }

    @Override
    public void close() {
        check(JCudaDriver.cuDevicePrimaryCtxRelease(handle), "releasing the context of " + device.describe());
    }

    private final class Module implements CudaModule {

        private final CUmodule module;

        Module(CUmodule module) {
            this.module = module;
        }

        @Override
        public CudaKernel kernel(String name) {
            enter();
            CUfunction function = new CUfunction();
            check(JCudaDriver.cuModuleGetFunction(function, module, name), "finding kernel " + name);
            return (shape, buffers, numbers) -> launch(name, function, shape, buffers, numbers);
        }

        private void launch(
                String name, CUfunction function, CudaKernel.Shape shape, List<CudaBuffer> buffers, long... numbers) {
            enter();
            NativePointerObject[] parameters = new NativePointerObject[buffers.size() + numbers.length];
            for (int p = 0; p < parameters.length; p++) {
                parameters[p] = p < buffers.size()
                        ? Pointer.to(((Buffer) buffers.get(p)).pointer)
                        : Pointer.to(new long[] {numbers[p - buffers.size()]});
            }
            check(
                    JCudaDriver.cuLaunchKernel(
                            function,
                            shape.blocks(),
                            shape.members(),
                            1,
                            shape.threads(),
                            1,
                            1,
                            0,
                            null,
                            Pointer.to(parameters),
                            null),
                    "launching kernel " + name + " with " + shape);
        }

        @Override
        public void close() {
            enter();
            check(JCudaDriver.cuModuleUnload(module), "unloading the kernels");
        }
    }

    private final class Buffer implements CudaBuffer {

        private final CUdeviceptr pointer;
        private final long bytes;

        Buffer(CUdeviceptr pointer, long bytes) {
            this.pointer = pointer;
            this.bytes = bytes;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void write(long offset, double[] values, int from, int length) {
            enter();
            check(
                    JCudaDriver.cuMemcpyHtoD(
                            pointer.withByteOffset(offset * Double.BYTES),
                            Pointer.to(values).withByteOffset((long) from * Double.BYTES),
                            (long) length * Double.BYTES),
                    "copying " + length + " numbers to the device");
        }

        @Override
        public void write(long offset, byte[] values) {
            enter();
            check(
                    JCudaDriver.cuMemcpyHtoD(pointer.withByteOffset(offset), Pointer.to(values), values.length),
                    "copying " + values.length + " bytes to the device");
        }

        @Override
        public void read(long offset, double[] values, int from, int length) {
            enter();
            check(
                    JCudaDriver.cuMemcpyDtoH(
                            Pointer.to(values).withByteOffset((long) from * Double.BYTES),
                            pointer.withByteOffset(offset * Double.BYTES),
                            (long) length * Double.BYTES),
                    "copying " + length + " numbers from the device");
        }

        @Override
        public void close() {
            enter();
            check(JCudaDriver.cuMemFree(pointer), "freeing " + bytes + " bytes on the device");
        }
    }
}
