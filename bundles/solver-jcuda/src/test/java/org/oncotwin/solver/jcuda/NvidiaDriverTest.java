package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.Medium;
import org.oncotwin.api.solver.ReactionDiffusionProblem;
import org.oncotwin.api.solver.ReactionDiffusionSolution;
import org.oncotwin.api.twin.Field;

/**
 * The solver through JCuda and its native library: on the device of this machine if there is one, else on a driver that runs the kernels' source on the processor, compiled here. Both are
 * compared with the kernels as they are written once more in Java.
 */
class NvidiaDriverTest {

    private static CudaDriver driver;

    @BeforeAll
    static void deviceOrSimulation() throws Exception {
        driver = SimulatedDriver.orDevice();
        System.out.println("NvidiaDriverTest runs on " + driver.devices().get(0).describe());
    }

    private static final Execution TWO_THREADS =
            new Execution(2, Execution.sequential().cancellation());

    @Test
    void saysWhatTheDeviceIs() {
        CudaDevice device = driver.devices().get(0);
        assertThat(device.name()).isNotBlank().doesNotContain("\0");
        assertThat(device.major() * 10 + device.minor()).isGreaterThanOrEqualTo(75);
        assertThat(device.memory()).isGreaterThan(1 << 20);
    }

    @Test
    void kernelsAreWhatTheyAreInJava() {
        for (Medium medium : List.of(Problems.medium(), Problems.fibres())) {
            List<ReactionDiffusionProblem> problems = List.of(
                    Problems.problem(medium, 0.8, Problems.drugs(), 1e-8),
                    Problems.problem(medium, 0.3, List.of(), 1e-4));
            List<ReactionDiffusionSolution> expected;
            try (CudaSolver inJava =
                    new CudaSolver(CudaProcessor.open(new FakeDriver(64 << 20)).orElseThrow())) {
                expected = inJava.solveAll(problems, TWO_THREADS);
            }
            try (CudaSolver onDevice = new CudaSolver(CudaProcessor.open(driver).orElseThrow())) {
                List<ReactionDiffusionSolution> actual = onDevice.solveAll(problems, TWO_THREADS);
                for (int n = 0; n < problems.size(); n++) {
                    assertThat(actual.get(n).steps().count())
                            .isEqualTo(expected.get(n).steps().count());
                    // The last digits of exp, and sums that a device fuses with products.
                    assertThat(Problems.difference(
                                    actual.get(n).density(),
                                    expected.get(n).density().toArray()))
                            .isLessThan(1e-12);
                }
            }
        }
    }

    @Test
    void solvesTogetherAsAloneAndGivesMemoryBack() {
        Medium medium = Problems.fibres();
        List<ReactionDiffusionProblem> problems = List.of(
                Problems.problem(medium, 0.8, Problems.drugs(), 1e-6),
                Problems.problem(medium, 0.3, List.of(), 1e-4),
                Problems.problem(medium, 1.2, Problems.drugs(), 1e-3));
        CudaProcessor processor = CudaProcessor.open(driver).orElseThrow();
        long free = processor.context().free();
        try (CudaSolver solver = new CudaSolver(processor)) {
            List<Field> alone = problems.stream()
                    .map(p -> solver.solve(p, TWO_THREADS).density())
                    .toList();
            assertThat(solver.solveAll(problems, TWO_THREADS).stream().map(ReactionDiffusionSolution::density))
                    .isEqualTo(alone);
        }
        CudaContext context = driver.open(driver.devices().get(0));
        assertThat(context.free()).isGreaterThanOrEqualTo(free);
        context.close();
    }

    @Test
    void errorsOfTheDriverHaveTheirName() {
        CudaContext context = driver.open(driver.devices().get(0));
        assertThatThrownBy(() -> context.allocate(Long.MAX_VALUE / 2))
                .isInstanceOf(CudaException.class)
                .hasMessageContaining("allocating")
                .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
        assertThatThrownBy(() -> context.load("this is no PTX"))
                .isInstanceOf(CudaException.class)
                .hasMessageContaining("CUDA_ERROR_INVALID_PTX");
        try (CudaModule module = context.load(CudaProcessor.ptx())) {
            assertThatThrownBy(() -> module.kernel("explode"))
                    .isInstanceOf(CudaException.class)
                    .hasMessageContaining("kernel explode: CUDA_ERROR_NOT_FOUND");
        }
        context.close();
    }

    @Test
    void copiesGoWhereTheyShall() {
        CudaContext context = driver.open(driver.devices().get(0));
        try (CudaBuffer buffer = context.allocate(80)) {
            double[] values = {1, 2, 3, 4, 5};
            buffer.write(3, values, 1, 3);
            double[] back = new double[12];
            buffer.read(0, back, 1, 10);
            assertThat(back).containsExactly(0, 0, 0, 0, 2, 3, 4, 0, 0, 0, 0, 0);
            assertThat(buffer.bytes()).isEqualTo(80);
        }
        context.close();
    }
}
