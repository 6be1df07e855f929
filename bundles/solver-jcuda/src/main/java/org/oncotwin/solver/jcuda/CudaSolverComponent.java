package org.oncotwin.solver.jcuda;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.function.Supplier;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Offers the solver where a CUDA device answers and nothing elsewhere. It registers the service itself, because whether there is one is only known here, and enabling another component
 * would do it some time later on another thread: a case that starts at once would then be solved on one processor today and on another tomorrow.
 */
@Capability(namespace = "oncotwin.solver", name = "grid-cuda")
@Component(
        service = {},
        immediate = true)
public final class CudaSolverComponent {

    /** Ahead of the solvers on the CPU. */
    private static final int RANKING = 200;

    private static final Logger LOGGER = System.getLogger(CudaSolverComponent.class.getName());

    private final Optional<Offer> offer;

    /** Looks for a device. Without a driver that is a library that is not found. */
    @Activate
    public CudaSolverComponent(BundleContext bundle) {
        this(bundle, NvidiaDriver::load);
    }

    CudaSolverComponent(BundleContext bundle, Supplier<CudaDriver> driver) {
        offer = solver(driver).map(solver -> new Offer(solver, register(bundle, solver)));
    }

    private record Offer(CudaSolver solver, ServiceRegistration<ReactionDiffusionSolver> registration) {}

    private static Optional<CudaSolver> solver(Supplier<CudaDriver> driver) {
        CudaDriver here;
        try {
            here = driver.get();
        } catch (CudaException e) {
            // How it is on most machines, so nothing to tell everybody.
            LOGGER.log(Level.DEBUG, () -> "grid-cuda is not offered: " + e.getMessage());
            return Optional.empty();
        }
        try {
            return CudaProcessor.open(here).map(CudaSolver::new);
        } catch (CudaException e) {
            LOGGER.log(
                    Level.INFO, () -> "grid-cuda is not offered, though there is an NVIDIA driver: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static ServiceRegistration<ReactionDiffusionSolver> register(BundleContext bundle, CudaSolver solver) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, RANKING);
        return bundle.registerService(ReactionDiffusionSolver.class, solver, properties);
    }

    /** Withdraws the solver; a call under way ends as it would. */
    @Deactivate
    void withdraw() {
        offer.ifPresent(o -> {
            o.registration().unregister();
            o.solver().close();
        });
    }
}
