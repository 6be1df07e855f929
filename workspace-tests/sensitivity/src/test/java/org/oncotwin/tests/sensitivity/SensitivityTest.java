package org.oncotwin.tests.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.Objective;
import org.oncotwin.api.simulation.ParameterSensitivity;
import org.oncotwin.api.simulation.ParameterSensitivity.Method;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.SensitivityListener;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.simulation.SensitivityResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.ReactionDiffusionSolver;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.engine.InstalledPlugins;
import org.oncotwin.model.reaction.diffusion.ReactionDiffusionModel;
import org.oncotwin.treatment.radiation.lq.RadiationModality;

/** Gradients of whole runs with radiation and drugs equal differences of runs. */
abstract class SensitivityTest {

    private static final RunOptions OPTIONS = new RunOptions(1, Cancellation.NEVER);
    private static final double AGREEMENT = 1e-6;

    private static final Map<String, Double> GROWTH = Map.of(
            "proliferation.white", 0.08,
            "proliferation.grey", 0.05,
            "diffusion.white", 0.2,
            "diffusion.grey", 0.05,
            "carrying_capacity", 0.9);

    /** Solves and differentiates. */
    abstract ReactionDiffusionSolver solver();

    private SimulationEngine engine() {
        Field reach = Brain.field((i, j, k) -> 0.2 + 0.05 * i);
        return new InstalledPlugins()
                .with(new ReactionDiffusionModel())
                .with(new RadiationModality())
                .with(new TestDrug("drug", false, Optional.empty()))
                .with(new TestDrug("drug-with-state", true, Optional.of(reach)))
                .with(solver())
                .engine();
    }

    private static SimulationTime day(double day) {
        return SimulationTime.ofDays(day);
    }

    private static CourseChoice radiation() {
        return CourseChoice.of(
                "radiation-lq",
                day(4),
                Inputs.of(Map.of("fractions", 6.0, "dose_per_fraction", 2.0), Map.of("days", "weekdays")),
                Map.of("alpha", 0.1));
    }

    private static CourseChoice drug(String id, double arrest) {
        return CourseChoice.of(
                id,
                day(5.25),
                Inputs.of(Map.of("doses", 5.0), Map.of()),
                Map.of("sensitivity", 0.8, "half_life", 1.8, "arrest", arrest));
    }

    private static SimulationRequest request(Field initial, CourseChoice... courses) {
        return request(List.of(day(0), day(10), day(20)), initial, courses);
    }

    private static SimulationRequest request(List<SimulationTime> outputs, Field initial, CourseChoice... courses) {
        Observation seen = new Observation.Image(Quantity.TUMOUR_CELLULARITY, day(0), initial, NoiseModel.EXACT);
        return new SimulationRequest(
                "test",
                1,
                Setting.of(Brain.anatomy()),
                new GrowthChoice(
                        PluginChoice.of("reaction-diffusion"),
                        new TreeMap<>(GROWTH),
                        List.of(seen),
                        Optional.empty(),
                        OptionalDouble.empty()),
                List.of(courses),
                StudyCalendar.MONDAY,
                day(0),
                day(20),
                outputs,
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private SensitivityResult sensitivity(SimulationRequest request, SensitivityRequest wanted) {
        try (Simulation simulation = engine().prepare(request)) {
            return simulation.sensitivity(wanted, OPTIONS, SensitivityListener.NONE);
        }
    }

    private static SensitivityRequest burden() {
        return SensitivityRequest.of(Objective.of(Quantity.TUMOUR_BURDEN, day(20)));
    }

    private static Map<String, ParameterSensitivity> byName(SensitivityResult result) {
        Map<String, ParameterSensitivity> map = new HashMap<>();
        result.parameters().forEach(p -> map.put(p.participant() + " " + p.name(), p));
        return map;
    }

    @Tag("SR-601")
    @Test
    void everyParameterAgreesWithRunDifferences() {
        SensitivityResult result = sensitivity(
                request(Brain.tumour(), radiation(), drug("drug", 0.3), drug("drug-with-state", 0.6)),
                burden().checked());
        assertThat(result.obstacle()).isEmpty();
        Map<String, ParameterSensitivity> found = byName(result);
        assertThat(found)
                .containsOnlyKeys(
                        "reaction-diffusion proliferation.white",
                        "reaction-diffusion proliferation.grey",
                        "reaction-diffusion diffusion.white",
                        "reaction-diffusion diffusion.grey",
                        "reaction-diffusion carrying_capacity",
                        "reaction-diffusion volume_threshold",
                        "radiation-lq alpha",
                        "radiation-lq alpha_beta",
                        "drug sensitivity",
                        "drug half_life",
                        "drug arrest",
                        "drug delay",
                        "drug-with-state sensitivity",
                        "drug-with-state half_life",
                        "drug-with-state arrest",
                        "drug-with-state delay");
        found.forEach((name, p) -> {
            Method expected = name.endsWith("delay")
                    ? Method.RUN_DIFFERENCES
                    : name.startsWith("drug") ? Method.EFFECT_DIFFERENCES : Method.ADJOINT;
            assertThat(p.method()).as(name).isEqualTo(expected);
            assertThat(p.step().isPresent()).as(name).isEqualTo(expected != Method.ADJOINT);
            if (expected != Method.RUN_DIFFERENCES) {
                assertThat(p.disagreement().orElseThrow()).as("%s: %s", name, p).isLessThan(AGREEMENT);
            }
            if (!name.endsWith("volume_threshold") && !name.endsWith("delay")) {
                assertThat(p.derivative()).as(name).isNotZero();
            }
        });
        assertThat(found.get("radiation-lq alpha").derivative()).isNegative();
        assertThat(found.get("reaction-diffusion proliferation.white").derivative())
                .isPositive();
        assertThat(result.unit()).isEqualTo("cm3");
    }

    @Tag("SR-601")
    @Test
    void initialFieldAndMapsAgreeWithDifferences() {
        SimulationRequest request = request(Brain.tumour(), radiation(), drug("drug", 0.3));
        SensitivityResult result = sensitivity(request, burden().withMaps());
        assertThat(result.maps()).containsOnlyKeys("initial", "relative_diffusion", "relative_proliferation");
        for (int[] voxel : new int[][] {{8, 4, 3}, {3, 4, 3}, {12, 7, 1}}) {
            int index = Brain.GRID.index(voxel[0], voxel[1], voxel[2]);
            double u = Brain.tumour().value(index);
            double h = 1e-4 * u;
            double up = burdenOf(changed(index, u + h));
            double down = burdenOf(changed(index, u - h));
            assertThat(result.maps().get("initial").value(index))
                    .as("voxel %d", index)
                    .isCloseTo((up - down) / (2 * h), within(1e-7));
        }
        // A map is 1 everywhere, so its derivatives in all voxels of a class add up to the elasticity of the class.
        Map<String, ParameterSensitivity> found = byName(result);
        for (String kind : List.of("diffusion", "proliferation")) {
            double white = 0;
            double csf = 0;
            for (int index = 0; index < Brain.GRID.size(); index++) {
                int i = index % Brain.GRID.nx();
                double value = result.maps().get("relative_" + kind).value(index);
                white += i >= 7 ? value : 0;
                csf += i < 2 ? Math.abs(value) : 0;
            }
            ParameterSensitivity p = found.get("reaction-diffusion " + kind + ".white");
            assertThat(white).as(kind).isCloseTo(p.derivative() * p.value(), within(1e-10));
            assertThat(csf).as(kind).isZero();
        }
    }

    private static Field changed(int index, double value) {
        double[] values = Brain.tumour().toArray();
        values[index] = value;
        return Field.owning(Brain.GRID, values);
    }

    private double burdenOf(Field initial) {
        return sensitivity(request(initial, radiation(), drug("drug", 0.3)), burden())
                .value();
    }

    /** Amounts of memory of which a quarter holds some, but not all states, and the rest what the solver needs. */
    abstract List<Long> tightMemories();

    @Tag("SR-603")
    @Test
    void memoryChangesNoBit() {
        List<SimulationTime> outputs =
                IntStream.rangeClosed(0, 80).mapToObj(n -> day(n / 4.0)).toList();
        SimulationRequest request = request(outputs, Brain.tumour(), radiation());
        SensitivityResult ample = sensitivity(request, burden().withMaps());
        assertThat(ample.runs()).isEqualTo(1, within(1e-12));
        for (long memory : tightMemories()) {
            SensitivityResult tight = sensitivity(request, burden().withMaps().within(memory));
            assertThat(tight.value()).isEqualTo(ample.value());
            assertThat(tight.parameters()).isEqualTo(ample.parameters());
            assertThat(tight.maps()).isEqualTo(ample.maps());
            assertThat(tight.memoryUsed()).isLessThanOrEqualTo(memory).isLessThan(ample.memoryUsed());
            assertThat(tight.runs()).as("runs with %d bytes", memory).isGreaterThan(1);
        }
    }

    @Tag("SR-603")
    @Test
    void tooLittleMemoryIsRefused() {
        assertThatThrownBy(() -> sensitivity(request(Brain.tumour()), burden().within(2_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("memory")
                .hasMessageContaining("needs");
    }

    @Test
    void misfitsToNumbersAndImagesAgreeWithRunDifferences() {
        Field image = Brain.field((i, j, k) -> i == 5 ? Double.NaN : i < 2 ? 0 : 0.02 * i);
        Objective misfit = Objective.misfit(List.of(
                new Observation.Scalar(
                        Quantity.TUMOUR_BURDEN, day(7), 0.1, new NoiseModel(NoiseModel.Kind.LOG_NORMAL, 0.1)),
                new Observation.Scalar(
                        Quantity.TUMOUR_BURDEN, day(10), 0.1, new NoiseModel(NoiseModel.Kind.NORMAL, 0.02)),
                new Observation.Image(
                        Quantity.TUMOUR_CELLULARITY, day(20), image, new NoiseModel(NoiseModel.Kind.NORMAL, 0.05))));
        SensitivityResult result = sensitivity(
                request(Brain.tumour(), radiation(), drug("drug", 0.3)),
                SensitivityRequest.of(misfit).checked());
        assertThat(result.unit()).isEqualTo("1");
        result.parameters().stream()
                .filter(p -> p.method() != Method.RUN_DIFFERENCES)
                .forEach(p ->
                        assertThat(p.disagreement().orElseThrow()).as("%s", p).isLessThan(AGREEMENT));
    }

    @Tag("SR-602")
    @Test
    void volumeIsRefusedWithTheReason() {
        SensitivityRequest volume = SensitivityRequest.of(Objective.of(Quantity.TUMOUR_VOLUME, day(20)));
        assertThatThrownBy(() -> sensitivity(request(Brain.tumour()), volume))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("counts the voxels");
    }
}
