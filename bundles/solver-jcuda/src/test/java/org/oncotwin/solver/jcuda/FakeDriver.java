package org.oncotwin.solver.jcuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A driver with one device that runs the kernels in Java ({@link FakeKernels}), counts what is not given back, and fails where a test wants it to. */
final class FakeDriver implements CudaDriver {

    private final long memory;
    private final List<CudaDevice> devices;
    private final Set<FakeBuffer> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Call> launches = new ArrayList<>();
    private int contexts;
    private int modules;
    private Consumer<String> before = call -> {};

    /** One launch. */
    record Call(String kernel, int members) {}

    /** A driver whose device has some bytes of memory. */
    FakeDriver(long memory) {
        this(memory, 1);
    }

    FakeDriver(long memory, int devices) {
        this.memory = memory;
        this.devices = Collections.nCopies(devices, new CudaDevice(0, "Fake device", memory, 7, 5));
    }

    /** Something to do before each call, which is told its name; it may throw a {@link CudaException}. */
    void before(Consumer<String> action) {
        before = action;
    }

    /** Launches so far. */
    synchronized List<Call> launches() {
        return List.copyOf(launches);
    }

    /** Bytes that have not been freed. */
    synchronized long used() {
        return buffers.stream().mapToLong(FakeBuffer::bytes).sum();
    }

    /** Contexts and modules that have not been closed. */
    synchronized int open() {
        return contexts + modules;
    }

    @Override
    public List<CudaDevice> devices() {
        before.accept("devices");
        return devices;
    }

    @Override
    public CudaContext open(CudaDevice device) {
        before.accept("open");
        contexts++;
        return new FakeContext(device);
    }

    private final class FakeContext implements CudaContext {

        private final CudaDevice device;

        FakeContext(CudaDevice device) {
            this.device = device;
        }

        @Override
        public CudaDevice device() {
            return device;
        }

        @Override
        public CudaModule load(String ptx) {
            before.accept("load");
            modules++;
            return new FakeModule(ptx);
        }

        @Override
        public CudaBuffer allocate(long bytes) {
            before.accept("allocate");
            synchronized (FakeDriver.this) {
                if (used() + bytes > memory) {
                    throw new CudaException("allocating " + bytes + " bytes", "CUDA_ERROR_OUT_OF_MEMORY");
                }
                FakeBuffer buffer = new FakeBuffer(bytes);
                buffers.add(buffer);
                return buffer;
            }
        }

        @Override
        public long free() {
            return memory - used();
        }

        @Override
        public void synchronise() {
            before.accept("synchronise");
        }

        @Override
        public void close() {
            if (used() > 0) {
                throw new IllegalStateException(used() + " bytes are not freed");
            }
            contexts--;
        }
    }

    private final class FakeModule implements CudaModule {

        private final String ptx;

        FakeModule(String ptx) {
            this.ptx = ptx;
        }

        @Override
        public CudaKernel kernel(String name) {
            before.accept("kernel");
            if (!ptx.contains(".entry " + name + "(")) {
                throw new CudaException("finding kernel " + name, "CUDA_ERROR_NOT_FOUND");
            }
            return (shape, arguments, numbers) -> launch(name, shape, arguments, numbers);
        }

        private void launch(String name, CudaKernel.Shape shape, List<CudaBuffer> arguments, long... numbers) {
            before.accept(name);
            synchronized (FakeDriver.this) {
                launches.add(new Call(name, shape.members()));
                List<FakeBuffer> fakes = arguments.stream()
                        .map(argument -> (FakeBuffer) argument)
                        .peek(FakeBuffer::requireOpen)
                        .toList();
                for (int member = 0; member < shape.members(); member++) {
                    FakeKernels kernels = new FakeKernels(fakes, numbers, member);
                    for (int thread = 0; thread < shape.blocks() * shape.threads(); thread++) {
                        kernels.run(name, thread);
                    }
                }
            }
        }

        @Override
        public void close() {
            modules--;
        }
    }

    /** Memory as numbers, or as bytes if bytes are written to it. */
    final class FakeBuffer implements CudaBuffer {

        private final long bytes;
        private double[] numbers;
        private byte[] octets;

        FakeBuffer(long bytes) {
            if (bytes <= 0) {
                throw new CudaException("allocating " + bytes + " bytes", "CUDA_ERROR_INVALID_VALUE");
            }
            this.bytes = bytes;
            numbers = new double[Math.toIntExact(bytes / Double.BYTES)];
        }

        double[] numbers() {
            return numbers;
        }

        byte[] octets() {
            return octets;
        }

        void requireOpen() {
            if (!buffers.contains(this)) {
                throw new IllegalStateException("used after it was freed");
            }
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void write(long offset, double[] values, int from, int length) {
            before.accept("write");
            requireOpen();
            System.arraycopy(values, from, numbers, Math.toIntExact(offset), length);
        }

        @Override
        public void write(long offset, byte[] values) {
            before.accept("write");
            requireOpen();
            octets = new byte[Math.toIntExact(bytes)];
            System.arraycopy(values, 0, octets, Math.toIntExact(offset), values.length);
        }

        @Override
        public void read(long offset, double[] values, int from, int length) {
            before.accept("read");
            requireOpen();
            System.arraycopy(numbers, Math.toIntExact(offset), values, from, length);
        }

        @Override
        public void close() {
            synchronized (FakeDriver.this) {
                if (!buffers.remove(this)) {
                    throw new IllegalStateException("freed twice");
                }
                Arrays.fill(numbers, Double.NaN);
            }
        }
    }
}
