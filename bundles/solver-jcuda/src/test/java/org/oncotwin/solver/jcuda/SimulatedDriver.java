package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A library with the name and the functions of the CUDA driver that runs the kernels' source on the processor of this machine. */
final class SimulatedDriver {

    private SimulatedDriver() {}

    /** The driver of this machine if it has a device, else this one. */
    static CudaDriver orDevice() throws IOException, InterruptedException {
        try {
            CudaDriver here = NvidiaDriver.load();
            if (!here.devices().isEmpty()) {
                return here;
            }
            return abort("there is an NVIDIA driver without a device, so none can be simulated in this process");
        } catch (CudaException e) {
            load();
            return NvidiaDriver.load();
        }
    }

    /** Compiles it and loads it into this process, where libraries that need the driver then find it; skips the test where that cannot be. */
    static void load() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the simulated driver is made for Linux on x86-64");
        Path library = Path.of("target", "libcuda.so.1").toAbsolutePath();
        ProcessBuilder compiler = new ProcessBuilder(
                        "g++",
                        "-std=c++17",
                        "-O2",
                        "-fPIC",
                        "-shared",
                        "-Wl,-soname,libcuda.so.1",
                        "-I",
                        "src/main/cuda",
                        "src/test/cuda/simulated_driver.cpp",
                        "-o",
                        library.toString())
                .inheritIO();
        Process process;
        try {
            process = compiler.start();
        } catch (IOException e) {
            process = abort("there is neither a CUDA device nor g++ to compile the kernels for the processor");
        }
        assertThat(process.waitFor()).as("g++ compiles the kernels").isZero();
        System.load(library.toString());
    }
}
