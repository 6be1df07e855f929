package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

@Tag("SR-314")
class CudaSolverComponentTest {

    private final List<Object> registered = new ArrayList<>();
    private final List<Dictionary<?, ?>> properties = new ArrayList<>();

    /** A framework that keeps a list of services. */
    private final BundleContext bundle = proxy(BundleContext.class, (name, arguments) -> {
        assertThat(name).isEqualTo("registerService");
        assertThat(arguments[0]).isEqualTo(ReactionDiffusionSolver.class);
        registered.add(arguments[1]);
        properties.add((Dictionary<?, ?>) arguments[2]);
        return proxy(ServiceRegistration.class, (call, none) -> {
            assertThat(call).isEqualTo("unregister");
            registered.remove(arguments[1]);
            return null;
        });
    });

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    @Test
    void offersTheSolverWhereADeviceAnswersAheadOfOthers() {
        FakeDriver driver = new FakeDriver(1 << 20);
        CudaSolverComponent component = new CudaSolverComponent(bundle, () -> driver);
        assertThat(registered).hasSize(1);
        assertThat(((ReactionDiffusionSolver) registered.get(0)).description().id())
                .isEqualTo("grid-cuda");
        assertThat(properties.get(0).get("service.ranking")).isEqualTo(200);
        component.withdraw();
        assertThat(registered).isEmpty();
        assertThat(driver.open()).isZero();
    }

    @Test
    void offersNothingWithoutADriver() {
        CudaSolverComponent component = new CudaSolverComponent(bundle, () -> {
            throw new CudaException("loading the CUDA driver", "there is no NVIDIA driver on this machine");
        });
        assertThat(registered).isEmpty();
        component.withdraw();
    }

    @Test
    void offersNothingWithoutADevice() {
        FakeDriver driver = new FakeDriver(1 << 20, 0);
        new CudaSolverComponent(bundle, () -> driver).withdraw();
        assertThat(registered).isEmpty();
        assertThat(driver.open()).isZero();
    }

    @Test
    void offersNothingWhereTheKernelsDoNotLoad() {
        FakeDriver driver = new FakeDriver(1 << 20);
        driver.before(call -> {
            if (call.equals("load")) {
                throw new CudaException("compiling the kernels", "CUDA_ERROR_UNSUPPORTED_PTX_VERSION");
            }
        });
        new CudaSolverComponent(bundle, () -> driver).withdraw();
        assertThat(registered).isEmpty();
        assertThat(driver.open()).isZero();
    }
}
