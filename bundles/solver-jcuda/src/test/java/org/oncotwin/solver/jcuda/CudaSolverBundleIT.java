package org.oncotwin.solver.jcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The bundle as it is delivered, in a framework: first on a machine without a driver, then with one. */
class CudaSolverBundleIT {

    private static final List<String> COMPONENT_RUNTIME = List.of(
            "org.osgi.util.function.Function",
            "org.osgi.util.promise.Promise",
            "org.osgi.service.component.ComponentContext",
            "org.apache.felix.scr.info.ScrInfo");

    @TempDir
    private Path folder;

    @Test
    void offersTheSolverWhereADriverAnswersAndOnlyThere() throws Exception {
        assumeTrue(
                Files.notExists(Path.of("/dev/nvidiactl")),
                "this machine has an NVIDIA driver, so none can be missing or simulated in this process");
        Framework without = start("without");
        assertThat(solver(without).getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(offers(without)).isNull();
        stop(without);

        SimulatedDriver.load();
        Framework with = start("with");
        ServiceReference<?>[] offers = offers(with);
        assertThat(offers).hasSize(1);
        assertThat(offers[0].getProperty(Constants.SERVICE_RANKING)).isEqualTo(200);
        ReactionDiffusionSolver solver =
                (ReactionDiffusionSolver) with.getBundleContext().getService(offers[0]);
        assertThat(solver.solve(
                                Problems.problem(Problems.medium(), 0.5, Problems.drugs(), 1e-4),
                                Execution.sequential())
                        .statistics()
                        .solver())
                .isEqualTo("grid-cuda");
        solver(with).stop();
        assertThat(offers(with)).isNull();
        solver(with).start();
        assertThat(offers(with)).hasSize(1);
        stop(with);
    }

    private Framework start(String name) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve(name).toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.oncotwin.api.solver;version=1.99,org.oncotwin.api.twin;version=1.99"));
        framework.start();
        BundleContext context = framework.getBundleContext();
        for (String type : COMPONENT_RUNTIME) {
            context.installBundle(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString());
        }
        context.installBundle(Path.of(System.getProperty("bundle")).toUri().toString());
        for (Bundle bundle : context.getBundles()) {
            bundle.start();
        }
        return framework;
    }

    private static void stop(Framework framework) throws Exception {
        framework.stop();
        framework.waitForStop(0);
    }

    private static Bundle solver(Framework framework) {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if ("org.oncotwin.solver.jcuda".equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError("the bundle is not installed");
    }

    private static ServiceReference<?>[] offers(Framework framework) throws Exception {
        return framework.getBundleContext().getAllServiceReferences(ReactionDiffusionSolver.class.getName(), null);
    }
}
