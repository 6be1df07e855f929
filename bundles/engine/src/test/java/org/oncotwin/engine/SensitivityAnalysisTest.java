package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.effect.KillRate;
import org.oncotwin.api.growth.GrowthGradient;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.StateDerivative;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
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
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

/** Every way of differentiating, on a model whose derivatives are known: V(10) = 2 e^(10 r) s e^(-k a) with the exposure a. */
@Tag("SR-602")
class SensitivityAnalysisTest {

    private static final double RATE = 0.05;

    /** The pulse kills at the rate of the amount at the start of an interval, from day 4 to day 10. */
    private static final double EXPOSURE = 6;

    private static SimulationTime day(double days) {
        return SimulationTime.ofDays(days);
    }

    private static CourseChoice pulse() {
        return CourseChoice.of(
                PulseModality.ID, day(4), Inputs.of(Map.of("surviving", 0.7), Map.of()), Map.of("kill", 0.3));
    }

    private static SimulationRequest request(CourseChoice... courses) {
        Observation start = new Observation.Scalar(Quantity.TUMOUR_VOLUME, day(0), 2, NoiseModel.EXACT);
        return new SimulationRequest(
                "test",
                1,
                Setting.empty(),
                new GrowthChoice(
                        PluginChoice.of(ExponentialModel.ID),
                        new TreeMap<>(Map.of("proliferation", RATE)),
                        List.of(start),
                        Optional.empty(),
                        OptionalDouble.empty()),
                List.of(courses),
                StudyCalendar.MONDAY,
                day(0),
                day(10),
                List.of(day(2), day(10)),
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private static final SensitivityRequest VOLUME =
            SensitivityRequest.of(Objective.of(Quantity.TUMOUR_VOLUME, day(10)));

    private static SensitivityResult sensitivity(
            GrowthModel model,
            TreatmentModality modality,
            SimulationRequest request,
            SensitivityRequest wanted,
            Cancellation cancellation) {
        PluginRegistry registry = new PluginRegistry();
        registry.growthOffers().add(offer(PluginKind.GROWTH, ExponentialModel.ID, model));
        registry.treatmentOffers().add(offer(PluginKind.TREATMENT, PulseModality.ID, modality));
        Engine engine = new Engine(
                registry,
                new UcumUnitConverter(),
                new PluginIdentity(PluginKind.SOLVER, "engine", "1.0.0", "test", "00"));
        try (Simulation simulation = engine.prepare(request)) {
            return simulation.sensitivity(wanted, new RunOptions(1, cancellation), SensitivityListener.NONE);
        }
    }

    private static <T> Offers.Offer<T> offer(PluginKind kind, String id, T plugin) {
        return new Offers.Offer<>(
                new Object(),
                id,
                Version.parseVersion("1.0.0"),
                "test." + id,
                0,
                () -> new PluginIdentity(kind, id, "1.0.0", "test." + id, "00"),
                plugin);
    }

    private static SensitivityResult sensitivity(GrowthModel model, TreatmentModality modality) {
        return sensitivity(model, modality, request(pulse()), VOLUME, Cancellation.NEVER);
    }

    private static ParameterSensitivity row(SensitivityResult result, String name) {
        return result.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertDerivatives(SensitivityResult result, double relative) {
        double value = 2 * Math.exp(10 * RATE) * 0.7 * Math.exp(-0.3 * EXPOSURE);
        assertThat(result.value()).isCloseTo(value, within(1e-12 * value));
        assertThat(result.unit()).isEqualTo("cm3");
        assertThat(row(result, "proliferation").derivative()).isCloseTo(10 * value, within(relative * 10 * value));
        assertThat(row(result, "initial.tumour.volume").derivative()).isCloseTo(value / 2, within(relative * value));
        assertThat(row(result, "kill").derivative()).isCloseTo(-EXPOSURE * value, within(relative * EXPOSURE * value));
        assertThat(row(result, "kill").elasticity().orElseThrow()).isCloseTo(-0.3 * EXPOSURE, within(relative * 10));
    }

    @Test
    void aModelWithoutDerivativesIsDifferencedByRuns() {
        SensitivityResult result = sensitivity(new ExponentialModel(), new PulseModality());
        assertThat(result.obstacle().orElseThrow()).contains("exponential does not differentiate itself");
        assertThat(result.parameters())
                .allMatch(p -> p.method() == Method.RUN_DIFFERENCES && p.step().isPresent());
        assertThat(result.repeatedRuns()).isCloseTo(12, within(1e-9));
        assertDerivatives(result, 1e-9);
    }

    @Test
    void aModelWithDerivativesIsSweptBack() {
        SensitivityResult result = sensitivity(new DifferentiableExponentialModel(), new PulseModality());
        assertThat(result.obstacle()).isEmpty();
        assertThat(row(result, "proliferation").method()).isEqualTo(Method.ADJOINT);
        assertThat(row(result, "initial.tumour.volume").method()).isEqualTo(Method.ADJOINT);
        assertThat(row(result, "kill").method()).isEqualTo(Method.EFFECT_DIFFERENCES);
        assertThat(result.repeatedRuns()).isZero();
        assertDerivatives(result, 1e-10);
    }

    @Test
    void aParameterOfZeroIsDifferencedFromOneSide() {
        CourseChoice idle = CourseChoice.of(
                PulseModality.ID, day(4), Inputs.of(Map.of("surviving", 1.0), Map.of()), Map.of("kill", 0.0));
        SensitivityResult result = sensitivity(
                new DifferentiableExponentialModel(),
                new PulseModality(),
                request(idle),
                VOLUME.checked(),
                Cancellation.NEVER);
        double value = 2 * Math.exp(10 * RATE);
        ParameterSensitivity kill = row(result, "kill");
        assertThat(kill.derivative()).isCloseTo(-EXPOSURE * value, within(1e-6));
        assertThat(kill.disagreement().orElseThrow()).isLessThan(1e-6);
    }

    @Test
    void aCourseThatSaysItDependsOnTheTumourIsDifferencedByRuns() {
        PulseModality feedback = new PulseModality(Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE), 1);
        SensitivityResult result = sensitivity(new DifferentiableExponentialModel(), feedback);
        assertThat(result.obstacle().orElseThrow()).contains("pulse").contains("depend");
        assertThat(result.parameters()).allMatch(p -> p.method() == Method.RUN_DIFFERENCES);
    }

    /** A course that does something according to how it sees the tumour. */
    private static TreatmentModality seeing(BiFunction<State, Effects, Effects> effects) {
        return new PulseModality() {
            @Override
            public Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context) {
                Course pulse = super.plan(setting, request, parameters, context);
                return new Course() {
                    @Override
                    public List<TreatmentEvent> events() {
                        return pulse.events();
                    }

                    @Override
                    public List<CourseFact> facts() {
                        return pulse.facts();
                    }

                    @Override
                    public List<SimulationTime> breakpoints(Interval interval) {
                        return pulse.breakpoints(interval);
                    }

                    @Override
                    public List<StateComponent> initial(SimulationTime time) {
                        return pulse.initial(time);
                    }

                    @Override
                    public List<StateComponent> act(State state) {
                        return pulse.act(state);
                    }

                    @Override
                    public List<StateComponent> advance(State state, Interval interval) {
                        return pulse.advance(state, interval);
                    }

                    @Override
                    public Effects effects(State state, Interval interval) {
                        return effects.apply(state, pulse.effects(state, interval));
                    }
                };
            }
        };
    }

    private static Effects kill(double volume) {
        return Effects.of(EffectPort.KILL_RATE, KillRate.uniform(TimeFunction.constant(0.01 * volume)));
    }

    @Test
    void aCourseThatReadsTheTumourIsFound() {
        SensitivityResult result = sensitivity(
                new DifferentiableExponentialModel(),
                seeing((state, effects) -> kill(state.scalar(ExponentialModel.ID, Quantity.TUMOUR_VOLUME))));
        assertThat(result.obstacle().orElseThrow())
                .contains("without the tumour")
                .contains("pulse");
        assertThat(result.parameters()).allMatch(p -> p.method() == Method.RUN_DIFFERENCES);
        assertThat(result.parameters()).hasSize(3);
    }

    @Test
    void aCourseThatReadsTheTumourIfThereIsOneIsFound() {
        SensitivityResult result = sensitivity(
                new DifferentiableExponentialModel(),
                seeing((state, effects) -> state.ownedBy(ExponentialModel.ID).isEmpty()
                        ? effects
                        : kill(state.scalar(ExponentialModel.ID, Quantity.TUMOUR_VOLUME))));
        assertThat(result.obstacle().orElseThrow()).contains("pulse").contains("depends on the state of the tumour");
        assertThat(result.parameters()).hasSize(3).allMatch(p -> p.method() == Method.RUN_DIFFERENCES);
    }

    @Test
    void mapsWithoutAnAdjointAreRefused() {
        assertThatThrownBy(() -> sensitivity(
                        new ExponentialModel(), new PulseModality(), request(), VOLUME.withMaps(), Cancellation.NEVER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not differentiate itself");
    }

    private static void assertCaught(UnaryOperator<GrowthGradient> spoil, String... words) {
        DifferentiableExponentialModel rogue = new DifferentiableExponentialModel();
        rogue.spoil = spoil;
        assertThatThrownBy(() -> sensitivity(rogue, new PulseModality()))
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void derivativesThatAreNoNumbersAreCaught() {
        assertCaught(g -> g.times(Double.NaN), "NaN", "exponential", "day 4");
    }

    @Test
    void derivativesOfSomethingElseAreCaught() {
        assertCaught(
                g -> new GrowthGradient(
                        g.state(), new TreeMap<>(Map.of("motility", 1.0)), g.directions(), g.maps(), g.memory()),
                "motility",
                "proliferation");
        assertCaught(
                g -> new GrowthGradient(
                        StateDerivative.of(Quantity.TUMOUR_BURDEN, 1),
                        g.parameters(),
                        g.directions(),
                        g.maps(),
                        g.memory()),
                "tumour.burden",
                "tumour.volume");
    }

    @Test
    void missingDirectionsAreCaught() {
        assertCaught(
                g -> new GrowthGradient(g.state(), g.parameters(), new ArrayList<>(), g.maps(), g.memory()),
                "0 directions",
                "asked for 1");
    }

    @Test
    void objectivesOutsideTheRunAreRefused() {
        for (Objective bad : List.of(
                Objective.of(Quantity.TUMOUR_VOLUME, day(11)),
                Objective.of(Quantity.TUMOUR_VOLUME, day(0)),
                new Objective(List.of(new Objective.Observable("tumour.weight", day(5)))))) {
            assertThatThrownBy(() -> sensitivity(
                            new ExponentialModel(),
                            new PulseModality(),
                            request(),
                            SensitivityRequest.of(bad),
                            Cancellation.NEVER))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("objective");
        }
    }

    @Test
    void stopsWhenAskedTo() {
        assertThatThrownBy(() -> sensitivity(
                        new DifferentiableExponentialModel(), new PulseModality(), request(), VOLUME, () -> true))
                .isInstanceOf(CancellationException.class);
    }
}
