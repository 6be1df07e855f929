package org.oncotwin.tests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.junit.Test;
import org.junit.jupiter.api.Tag;
import org.junit.runner.RunWith;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The grid solver's bundle is replaced in a running framework while a study runs on it. */
@Tag("SR-206")
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SolverUpgradeIT extends RunningFramework {

    private static final String MODEL = "oncotwin.test.reaction.diffusion";
    private static final String SOLVER = "oncotwin.test.solver";
    private static final String NEWER_SOLVER = "oncotwin.test.solver.newer";
    private static final String NEWER = "1.1.0";

    /** The framework under test. */
    @Configuration
    public Option[] configuration() throws Exception {
        Path target = Path.of("target").toAbsolutePath();
        File solver = plugin(target, "org.oncotwin.solver.grid");
        return options(
                engineBundles(target),
                systemProperty(MODEL)
                        .value(plugin(target, "org.oncotwin.model.reaction.diffusion")
                                .toURI()
                                .toString()),
                systemProperty(SOLVER).value(solver.toURI().toString()),
                systemProperty(NEWER_SOLVER).value(newer(solver, target).toURI().toString()));
    }

    private static File plugin(Path target, String symbolicName) {
        return Arrays.stream(jars(target.resolve("plugins")))
                .filter(jar -> jar.getName().startsWith(symbolicName + "-"))
                .findFirst()
                .orElseThrow();
    }

    /** The same code under a higher version. */
    private static File newer(File solver, Path target) throws Exception {
        File file = target.resolve("solver-" + NEWER + ".jar").toFile();
        try (Jar jar = new Jar(solver)) {
            Manifest manifest = jar.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", NEWER);
            jar.setManifest(manifest);
            jar.write(file);
        }
        return file;
    }

    private static void remove(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SimulationRequest study() {
        Grid grid = new Grid(14, 12, 9, Affine.scaling(1, 1.25, 2));
        double[] cellularity = new double[grid.size()];
        for (int index = 0; index < cellularity.length; index++) {
            cellularity[index] = 0.8 * StrictMath.exp(-1e-5 * (index - 756.0) * (index - 756.0));
        }
        List<SimulationTime> outputs = new ArrayList<>();
        for (int day = 0; day <= 10; day++) {
            outputs.add(SimulationTime.ofDays(day));
        }
        return new SimulationRequest(
                "study",
                1,
                Setting.of(new Anatomy(Mask.all(grid), Optional.empty())),
                GrowthChoice.of(
                        "reaction-diffusion",
                        Map.of("diffusion", 0.3, "proliferation", 0.1),
                        List.of(new Observation.Image(
                                Quantity.TUMOUR_CELLULARITY,
                                SimulationTime.ZERO,
                                Field.of(grid, cellularity),
                                NoiseModel.EXACT))),
                List.of(),
                StudyCalendar.MONDAY,
                SimulationTime.ZERO,
                SimulationTime.ofDays(10),
                outputs,
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private RunResult run(RunListener listener) throws IOException {
        return run(study(), listener);
    }

    private static String solverVersion(RunResult result) {
        return result.provenance().plugins().stream()
                .filter(p -> p.id().equals("grid"))
                .map(PluginIdentity::version)
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void theRunEndsOnTheSolverThatItLeasedAndTheNextUsesTheNewOne() throws Exception {
        install(MODEL);
        Bundle older = install(SOLVER);
        RunResult undisturbed = run(RunListener.NONE);
        RunResult across = run(onDay(5, () -> install(NEWER_SOLVER)));
        assertEquals("bit for bit", undisturbed.trajectory(), across.trajectory());
        assertEquals(undisturbed.provenance(), across.provenance());
        remove(older);
        RunResult next = run(RunListener.NONE);
        assertFalse(NEWER.equals(solverVersion(across)));
        assertEquals(NEWER, solverVersion(next));
        assertEquals("the same code", undisturbed.trajectory(), next.trajectory());
    }

    @Test
    public void takingTheSolverAwayPausesTheRunWhichEndsOnTheNewOneAndSaysSo() throws Exception {
        install(MODEL);
        Bundle older = install(SOLVER);
        RunResult undisturbed = run(RunListener.NONE);
        PluginWithdrawnException paused = assertThrows(
                PluginWithdrawnException.class,
                () -> run(onDay(5, () -> {
                    install(NEWER_SOLVER);
                    remove(older);
                })));
        assertTrue(paused.getMessage(), paused.getMessage().contains("day 5.0"));
        try (Simulation again = engine().prepare(study())) {
            RunResult resumed =
                    again.resume(paused.checkpoint().orElseThrow(), RunOptions.defaults(), RunListener.NONE);
            assertEquals(undisturbed.trajectory(), resumed.trajectory());
            assertEquals(NEWER, solverVersion(resumed));
        }
    }
}
