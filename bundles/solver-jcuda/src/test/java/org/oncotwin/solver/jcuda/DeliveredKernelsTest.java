package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The PTX that is delivered belongs to the source that stands here. */
@Tag("SR-314")
class DeliveredKernelsTest {

    @Test
    void madeFromThisSource() throws Exception {
        byte[] source = Files.readAllBytes(Path.of("src/main/cuda/reaction_diffusion.cu"));
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));
        assertThat(CudaProcessor.ptx())
                .as("make it again with src/main/cuda/build-ptx")
                .contains("// source-sha256: " + hash + "\n");
    }

    @Test
    void runsOnEveryDeviceFromTuringOn() {
        assertThat(CudaProcessor.ptx()).contains("\n.version 6.3\n").contains("\n.target sm_75\n");
        for (KernelName kernel : KernelName.values()) {
            assertThat(CudaProcessor.ptx()).contains(".entry " + kernel.symbol() + "(");
        }
    }
}
