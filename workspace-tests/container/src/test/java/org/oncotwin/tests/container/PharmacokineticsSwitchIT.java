package org.oncotwin.tests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.jupiter.api.Tag;
import org.junit.runner.RunWith;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.casefile.CaseReader;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * The model of where drugs go is exchanged under a running study, compartments for the whole body and back, by what the case names and by what is installed; nothing else of the case, and no code, changes. The case is the
 * shipped one of temozolomide in the whole body.
 */
@Tag("SR-1603")
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PharmacokineticsSwitchIT extends RunningFramework {

    private static final String CASES = "oncotwin.test.cases";
    private static final String PLUGINS = "oncotwin.test.plugins";
    private static final Pattern WHOLE_BODY =
            Pattern.compile("\"pharmacokinetics\"\\s*:\\s*\\{\\s*\"model\"\\s*:\\s*\"pbpk\"\\s*\\}");

    @Inject
    private CaseReader cases;

    private final List<Bundle> plugins = new ArrayList<>();

    /** The framework under test. */
    @Configuration
    public Option[] configuration() {
        Path target = Path.of("target").toAbsolutePath();
        return options(
                engineBundles(target),
                systemProperty(CASES).value(System.getProperty(CASES)),
                systemProperty(PLUGINS).value(target.resolve("plugins").toString()));
    }

    /** Plugins require each other's capabilities: all are there before the first is started. */
    @Before
    public void installPlugins() throws BundleException {
        for (File jar : jars(Path.of(context().getProperty(PLUGINS)))) {
            plugins.add(context().installBundle(jar.toURI().toString()));
        }
        for (Bundle plugin : plugins) {
            plugin.start();
        }
    }

    /** Leaves none behind. */
    @After
    public void uninstallPlugins() throws BundleException {
        for (Bundle plugin : plugins) {
            if (plugin.getState() != Bundle.UNINSTALLED) {
                plugin.uninstall();
            }
        }
    }

    private SimulationRequest study(String pharmacokinetics) throws IOException {
        String text =
                Files.readString(Path.of(context().getProperty(CASES), "22-gompertz-temozolomide-whole-body.json"));
        assertTrue(text, WHOLE_BODY.matcher(text).find());
        Path file = Files.createTempFile("case", ".json");
        try {
            return cases.read(Files.writeString(file, WHOLE_BODY.matcher(text).replaceFirst(pharmacokinetics)))
                    .request();
        } finally {
            Files.delete(file);
        }
    }

    private SimulationRequest naming(String model) throws IOException {
        return study("\"pharmacokinetics\": { \"model\": \"" + model + "\" }");
    }

    private static SimulationTime output(SimulationRequest study, double part) {
        return study.outputs().get((int) (part * (study.outputs().size() - 1)));
    }

    /** Ends a run at a safe point. */
    private static final class StopException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Checkpoint checkpoint;

        StopException(Checkpoint checkpoint) {
            super("stopped", null, false, false);
            this.checkpoint = checkpoint;
        }
    }

    private static RunListener stopOn(SimulationTime day) {
        return new RunListener() {
            private SimulationTime now;

            @Override
            public void reached(SimulationTime time) {
                now = time;
            }

            @Override
            public void safePoint(Supplier<Checkpoint> checkpoint) {
                if (day.equals(now)) {
                    throw new StopException(checkpoint.get());
                }
            }
        };
    }

    private Checkpoint until(SimulationRequest study, SimulationTime day, Checkpoint... from) throws IOException {
        try (Simulation simulation = engine().prepare(study)) {
            if (from.length == 0) {
                simulation.run(RunOptions.defaults(), stopOn(day));
            } else {
                simulation.resume(from[0], RunOptions.defaults(), stopOn(day));
            }
        } catch (StopException stopped) {
            return stopped.checkpoint;
        }
        throw new AssertionError(study.name() + " did not reach " + day);
    }

    private RunResult goOn(SimulationRequest study, Checkpoint from) throws IOException {
        try (Simulation simulation = engine().prepare(study)) {
            return simulation.resume(from, RunOptions.defaults(), RunListener.NONE);
        }
    }

    private static List<String> models(RunResult result) {
        return result.provenance().plugins().stream()
                .filter(plugin -> plugin.kind() == PluginKind.PHARMACOKINETICS)
                .map(PluginIdentity::id)
                .sorted()
                .collect(Collectors.toList());
    }

    private static List<String> history(RunResult result) {
        return result.limitations().stream()
                .filter(sentence -> sentence.contains("computed with"))
                .map(sentence -> sentence.replaceAll(" [0-9]+\\.[0-9]+\\.[0-9]+[^ ,]*", ""))
                .collect(Collectors.toList());
    }

    /** The values of all series from some outputs on. */
    private static List<List<Double>> values(RunResult result, int from, int to) {
        return result.trajectory().series().stream()
                .map(series -> List.copyOf(series.values().subList(from, to)))
                .collect(Collectors.toList());
    }

    @Test
    public void theCaseNamesAnotherModelAndTheStudyGoesOnWithIt() throws IOException {
        SimulationRequest few = naming("compartments");
        SimulationRequest whole = naming("pbpk");
        RunResult alone = run(few, RunListener.NONE);
        SimulationTime first = output(few, 0.3);
        SimulationTime second = output(few, 0.6);
        int outputs = (int) (0.3 * (few.outputs().size() - 1)) + 1;

        RunResult once = goOn(whole, until(few, first));
        assertEquals(List.of("compartments", "pbpk"), models(once));
        assertEquals(List.of("until " + first + " computed with compartments, from then on with pbpk"), history(once));
        assertEquals("what came before stays", values(alone, 0, outputs), values(once, 0, outputs));
        int all = few.outputs().size();
        assertNotEquals("the other model acts", values(alone, outputs, all), values(once, outputs, all));

        RunResult twice = goOn(few, until(whole, second, until(few, first)));
        assertEquals(
                List.of(
                        "until " + first + " computed with compartments, from then on with pbpk",
                        "until " + second + " computed with pbpk, from then on with compartments"),
                history(twice));

        RunResult same = goOn(few, until(few, first));
        assertEquals("a pause without an exchange changes no bit", alone.trajectory(), same.trajectory());
        assertEquals(List.of("compartments"), models(same));
    }

    @Test
    public void theModelInUseIsTakenAwayAndTheStudyGoesOnWithTheOther() throws Exception {
        SimulationRequest any = study("\"seed\": 1");
        String inUse = models(run(any, RunListener.NONE)).get(0);
        String other = inUse.equals("pbpk") ? "compartments" : "pbpk";
        SimulationTime day = output(any, 0.5);
        Bundle bundle = plugins.stream()
                .filter(plugin -> plugin.getSymbolicName().equals("org.oncotwin.treatment." + inUse))
                .findFirst()
                .orElseThrow();
        Checkpoint paused;
        try {
            run(any, onDay(day.days(), () -> {
                try {
                    bundle.stop();
                } catch (BundleException e) {
                    throw new IllegalStateException(e);
                }
            }));
            throw new AssertionError(inUse + " was stopped and the study did not pause");
        } catch (PluginWithdrawnException withdrawn) {
            paused = withdrawn.checkpoint().orElseThrow();
        }
        RunResult resumed = goOn(any, paused);
        assertEquals(List.of("compartments", "pbpk"), models(resumed));
        assertEquals(1, history(resumed).size());
        assertTrue(
                history(resumed).get(0),
                history(resumed).get(0).endsWith("computed with " + inUse + ", from then on with " + other));
    }
}
