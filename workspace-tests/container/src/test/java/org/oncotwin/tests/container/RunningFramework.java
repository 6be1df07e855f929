package org.oncotwin.tests.container;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.junit.After;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.SimulationTime;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A running framework in which tests install plugins, and studies to run in it. */
public abstract class RunningFramework {

    @Inject
    private BundleContext context;

    @Inject
    private SimulationEngine engine;

    private final List<Bundle> installed = new ArrayList<>();

    /** The engine and what it needs; tests install plugins themselves. */
    static Option engineBundles(Path target) {
        return composite(
                composite(Arrays.stream(jars(target.resolve("bundles")))
                        .map(jar -> bundle(jar.toURI().toString()))
                        .toArray(Option[]::new)),
                // What CoreOptions.junitBundles() does, with the bundles of this build instead of ones that Pax Exam
                // would fetch itself.
                systemProperty("pax.exam.invoker").value("junit"),
                bundle("link:classpath:META-INF/links/org.ops4j.pax.exam.invoker.junit.link"),
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
                frameworkProperty("felix.log.level").value("1"));
    }

    static File[] jars(Path folder) {
        return folder.toFile().listFiles((f, name) -> name.endsWith(".jar"));
    }

    /** Leaves no plugin behind for the next test. */
    @After
    public void uninstall() throws BundleException {
        for (Bundle bundle : installed) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
    }

    BundleContext context() {
        return context;
    }

    SimulationEngine engine() {
        return engine;
    }

    /** Installs and starts the bundle whose address a property holds. */
    Bundle install(String property) {
        try {
            Bundle bundle = context.installBundle(context.getProperty(property));
            installed.add(bundle);
            bundle.start();
            return bundle;
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something when a run reaches a day. */
    static RunListener onDay(double day, Runnable action) {
        return new RunListener() {
            @Override
            public void reached(SimulationTime time) {
                if (time.equals(SimulationTime.ofDays(day))) {
                    action.run();
                }
            }
        };
    }

    RunResult run(SimulationRequest study, RunListener listener) throws IOException {
        try (Simulation simulation = engine.prepare(study)) {
            return simulation.run(RunOptions.defaults(), listener);
        }
    }
}
