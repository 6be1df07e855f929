package org.oncotwin.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.engine.EngineOutsideContainer;
import org.oncotwin.model.reaction.diffusion.ReactionDiffusionModel;
import org.oncotwin.treatment.radiation.lq.RadiationModality;

/** The course as a case for the engine, with the growth model and the radiation that are delivered. */
final class EngineRun {

    /** A Wednesday, so that day 26 is a Monday. */
    private static final LocalDate DAY_ZERO = LocalDate.of(2025, 1, 1);

    private final SimulationEngine engine;
    private final SimulationRequest request;

    EngineRun(BrainProblem problem, ReactionDiffusionSolver solver, double tolerance) {
        engine = EngineOutsideContainer.of(
                new ReactionDiffusionModel(), List.of(new RadiationModality(), new DrugModality()), solver);
        Map<String, Double> parameters = Map.of(
                "diffusion.white",
                BrainProblem.WHITE_DIFFUSION,
                "diffusion.grey",
                BrainProblem.GREY_DIFFUSION,
                "proliferation",
                BrainProblem.PROLIFERATION);
        Observation seen = new Observation.Image(
                Quantity.TUMOUR_CELLULARITY, SimulationTime.ZERO, problem.initial(), NoiseModel.EXACT);
        request = new SimulationRequest(
                "benchmark",
                1,
                Setting.of(problem.anatomy()),
                new GrowthChoice(
                        PluginChoice.of("reaction-diffusion"),
                        new TreeMap<>(parameters),
                        List.of(seen),
                        Optional.empty(),
                        OptionalDouble.empty()),
                List.of(radiation(), drug()),
                new StudyCalendar(Optional.of(DAY_ZERO)),
                SimulationTime.ZERO,
                SimulationTime.ofDays(GliomaCourse.DAYS),
                GliomaCourse.visits().stream().map(SimulationTime::ofDays).toList(),
                OptionalDouble.of(tolerance),
                new TreeMap<>());
    }

    private static CourseChoice radiation() {
        return CourseChoice.of(
                "radiation-lq",
                SimulationTime.ofDays(GliomaCourse.FIRST_FRACTION),
                Inputs.of(
                        Map.of(
                                "fractions",
                                (double) GliomaCourse.FRACTIONS,
                                "dose_per_fraction",
                                GliomaCourse.FRACTION_DOSE),
                        Map.of("days", "weekdays")),
                Map.of("alpha", GliomaCourse.ALPHA, "alpha_beta", GliomaCourse.ALPHA_BETA));
    }

    private static CourseChoice drug() {
        return CourseChoice.of(
                DrugModality.ID,
                SimulationTime.ZERO,
                Inputs.of(Map.of(), Map.of()),
                Map.of(DrugModality.SENSITIVITY, GliomaCourse.SENSITIVITY));
    }

    /** Prepares and runs; the cellularity at the end. */
    Field run(int threads) {
        try (Simulation simulation = engine.prepare(request)) {
            RunResult result = simulation.run(new RunOptions(threads, Cancellation.NEVER), RunListener.NONE);
            return result.finalState().components().values().stream()
                    .filter(c -> c.quantity().name().equals(Quantity.TUMOUR_CELLULARITY.name()))
                    .map(c -> ((FieldComponent) c).field())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
