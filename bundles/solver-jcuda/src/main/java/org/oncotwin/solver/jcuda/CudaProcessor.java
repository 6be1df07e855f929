package org.oncotwin.solver.jcuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device with the kernels of the solver on it. */
final class CudaProcessor implements AutoCloseable {

    /** Threads of a block: full occupancy on every device, and blocks beyond the end of a small box cost little. */
    private static final int THREADS = 256;

    private final CudaContext context;
    private final CudaModule module;
    private final Map<KernelName, CudaKernel> kernels = new EnumMap<>(KernelName.class);

    private CudaProcessor(CudaContext context, CudaModule module) {
        this.context = context;
        this.module = module;
        for (KernelName name : KernelName.values()) {
            kernels.put(name, module.kernel(name.symbol()));
        }
    }

    /**
     * The first device of a driver that can be made ready. The order is the driver's and that of the environment variables that it reads ({@code CUDA_VISIBLE_DEVICES},
     * {@code CUDA_DEVICE_ORDER}).
     *
     * @return none if there is no device
     * @throws CudaException if there are devices and none can be used, saying why of the first
     */
    static Optional<CudaProcessor> open(CudaDriver driver) {
        CudaException failure = null;
        for (CudaDevice device : driver.devices()) {
            try {
                return Optional.of(open(driver, device));
            } catch (CudaException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private static CudaProcessor open(CudaDriver driver, CudaDevice device) {
        CudaContext context = driver.open(device);
        CudaModule module = null;
        try {
            module = context.load(ptx());
            return new CudaProcessor(context, module);
        } catch (CudaException e) {
            if (module != null) {
                module.close();
            }
            context.close();
            throw e;
        }
    }

    /** The kernels as they are delivered. */
    static String ptx() {
        try (InputStream in = CudaProcessor.class.getResourceAsStream("reaction_diffusion.ptx")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The device. */
    CudaContext context() {
        return context;
    }

    /** Starts a kernel with one thread for each of a number of elements of each member. */
    void launch(KernelName kernel, long elements, int members, List<CudaBuffer> buffers, long... numbers) {
        kernels.get(kernel).launch(CudaKernel.Shape.covering(elements, members, THREADS), buffers, numbers);
    }

    @Override
    public void close() {
        try {
            module.close();
        } finally {
            context.close();
        }
    }
}
