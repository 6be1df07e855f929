package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.SolverUse;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.OdeProblem;
import org.oncotwin.api.solver.OdeSolution;
import org.oncotwin.api.solver.OdeSolver;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.QuantityKind;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.StateComponent;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

class EngineTest {

    private static final RunOptions OPTIONS = new RunOptions(1, Cancellation.NEVER);

    private final PluginRegistry registry = new PluginRegistry();
    private final ExponentialModel model = new ExponentialModel();
    private final Object modelKey = new Object();
    private Engine engine;

    @BeforeEach
    void install() {
        engine = new Engine(
                registry,
                new UcumUnitConverter(),
                new PluginIdentity(PluginKind.SOLVER, "engine", "1.0.0", "test", "00"));
        installModel("1.0.0", model, modelKey);
        installModality(new PulseModality());
    }

    private void installModel(String version, GrowthModel plugin, Object key) {
        registry.growthOffers()
                .add(new Offers.Offer<>(
                        key,
                        ExponentialModel.ID,
                        Version.parseVersion(version),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(
                                PluginKind.GROWTH, ExponentialModel.ID, version, "test.exponential", "a" + version),
                        plugin));
    }

    private void installModality(TreatmentModality plugin) {
        registry.treatmentOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        PulseModality.ID,
                        Version.parseVersion("1.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.TREATMENT, PulseModality.ID, "1.0.0", "test.pulse", "b"),
                        plugin));
    }

    private static SimulationTime day(double days) {
        return SimulationTime.ofDays(days);
    }

    private static CourseChoice pulse(double day, double surviving, double kill) {
        return CourseChoice.of(
                PulseModality.ID, day(day), Inputs.of(Map.of("surviving", surviving), Map.of()), Map.of("kill", kill));
    }

    private static SimulationRequest request(
            long seed, String versions, double rate, List<CourseChoice> courses, double... outputs) {
        Observation start = new Observation.Scalar(Quantity.TUMOUR_VOLUME, day(0), 2, NoiseModel.EXACT);
        GrowthChoice growth = new GrowthChoice(
                new PluginChoice(ExponentialModel.ID, versions),
                new TreeMap<>(Map.of("proliferation", rate)),
                List.of(start),
                Optional.empty(),
                OptionalDouble.empty());
        List<SimulationTime> times = new ArrayList<>();
        for (double output : outputs) {
            times.add(day(output));
        }
        return new SimulationRequest(
                "test",
                seed,
                Setting.empty(),
                growth,
                courses,
                StudyCalendar.MONDAY,
                day(0),
                day(10),
                times,
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private RunResult run(SimulationRequest request) throws IOException {
        try (Simulation simulation = engine.prepare(request)) {
            return simulation.run(OPTIONS, RunListener.NONE);
        }
    }

    private static List<Double> volumes(RunResult result) {
        return result.trajectory().series().stream()
                .filter(s -> s.quantity().equals(Quantity.TUMOUR_VOLUME))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Tag("SR-106")
    @Test
    void outputAtTheInstantOfAnEffectIsTheValueAfterIt() throws IOException {
        RunResult result = run(request(1, "0", 0.1, List.of(pulse(0, 0.5, 0), pulse(5, 0.25, 0)), 0, 5, 10));
        List<Double> volumes = volumes(result);
        assertThat(volumes.get(0)).isEqualTo(1.0);
        assertThat(volumes.get(1)).isCloseTo(0.25 * Math.exp(0.5), within(1e-15));
        assertThat(volumes.get(2)).isCloseTo(0.25 * Math.exp(1.0), within(1e-15));
        assertThat(result.courses()).extracting(c -> c.label()).containsExactly("pulse", "pulse#2");
    }

    @Tag("SR-202")
    @Test
    void orderOfCoursesOfEqualLabelsInTheCaseDoesNotChangeABit() throws IOException {
        List<Double> one = volumes(run(request(1, "0", 0.1, List.of(pulse(3, 0.3, 0), pulse(3, 0.7, 0)), 10)));
        List<Double> other = volumes(run(request(1, "0", 0.1, List.of(pulse(3, 0.7, 0), pulse(3, 0.3, 0)), 10)));
        assertThat(one).isEqualTo(other);
    }

    @Tag("SR-202")
    @Test
    void threeFactorsAtOneInstantGiveTheSameBitsInAnyOrder() throws IOException {
        List<CourseChoice> courses = List.of(pulse(3, 0.1, 0), pulse(3, 0.7, 0), pulse(3, 0.3, 0.01));
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        List<List<Double>> results = new ArrayList<>();
        for (int[] order : orders) {
            List<CourseChoice> listed = new ArrayList<>();
            for (int i : order) {
                listed.add(courses.get(i));
            }
            results.add(volumes(run(request(1, "0", 0.1, listed, 3, 10))));
        }
        assertThat(results).allSatisfy(r -> assertThat(r).isEqualTo(results.get(0)));
    }

    @Test
    void sameVersionFromTwoBundlesIsRefusedByName() {
        registry.growthOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        ExponentialModel.ID,
                        Version.parseVersion("1.0.0"),
                        "fork.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.GROWTH, ExponentialModel.ID, "1.0.0", "fork.bundle", "c"),
                        new ExponentialModel()));
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 0.1, List.of(), 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("growth.version: two bundles offer growth model 'exponential' 1.0.0")
                .hasMessageContaining("fork.bundle")
                .hasMessageContaining("test.bundle");
    }

    @Test
    void effectThatTheDescriptionDoesNotSayStopsTheRun() {
        registry.treatmentOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        PulseModality.ID,
                        Version.parseVersion("3.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.TREATMENT, PulseModality.ID, "3.0.0", "test.bundle", "d"),
                        new PulseModality(Set.of(EffectPort.KILL_RATE), Double.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 0.1, List.of(pulse(0, 0.5, 0)), 10)))
                .isInstanceOf(SimulationException.class)
                .hasMessage(
                        "pulse drove the port 'surviving-fraction' at day 0.0 (INSTANT), which its description does not say, or which the course says that it leaves idle");
    }

    @Test
    void quantityThatTheModelDoesNotOwnStopsTheRun() {
        ReturnCheck check = new ReturnCheck("model", List.of(Quantity.TUMOUR_VOLUME), Set.of());
        SimulationTime now = day(2);
        var volume = new ScalarComponent(Quantity.TUMOUR_VOLUME, "model", 1, 3);
        assertThat(check.state(now, List.of(volume))).containsExactly(volume);
        assertThatThrownBy(() -> check.state(now, List.of()))
                .hasMessage("model returned [] at day 2.0; it owns [tumour.volume]");
        assertThatThrownBy(() -> check.state(now, List.of(volume, volume))).hasMessageContaining("each once");
        assertThatThrownBy(() -> check.state(now, List.of(volume.ownedBy("other"))))
                .hasMessageContaining("other/tumour.volume");
        Quantity wider = new Quantity("tumour.volume", "cm3", QuantityKind.SCALAR, -10, 10, "");
        assertThatThrownBy(() -> check.state(now, List.of(new ScalarComponent(wider, "model", 1, -3))))
                .hasMessage("tumour.volume is -3.0 cm3 at day 2.0; its range is 0.0 to 10.0");
    }

    @Test
    void unevenOutputTimesChangeNothingBeyondRounding() throws IOException {
        double whole = volumes(run(request(1, "0", 0.1, List.of(pulse(5, 0.5, 0)), 10)))
                .get(0);
        List<Double> many = volumes(run(request(1, "0", 0.1, List.of(pulse(5, 0.5, 0)), 0.1, 3.3, 5, 7.77, 10)));
        assertThat(many.get(4)).isCloseTo(whole, within(1e-14));
    }

    @Test
    void courseThatDependsOnTheStateIsAskedAgainInTime() throws IOException {
        PluginRegistry fine = new PluginRegistry();
        List<Double> lengths = new ArrayList<>();
        ExponentialModel watched = new ExponentialModel();
        watched.beforeStep = interval -> lengths.add(interval.days());
        fine.growthOffers().add(registry.growthOffers().all().get(0));
        fine.growthOffers().remove(modelKey);
        fine.growthOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        ExponentialModel.ID,
                        Version.emptyVersion,
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.GROWTH, ExponentialModel.ID, "0.0.0", "t", ""),
                        watched));
        fine.treatmentOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        PulseModality.ID,
                        Version.emptyVersion,
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.TREATMENT, PulseModality.ID, "0.0.0", "t", ""),
                        new PulseModality(Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE), 0.01)));
        try (Simulation s = new Engine(
                        fine, new UcumUnitConverter(), new PluginIdentity(PluginKind.SOLVER, "e", "1", "t", ""))
                .prepare(request(1, "0", 0, List.of(pulse(0, 1, 2)), 10))) {
            RunResult result = s.run(OPTIONS, RunListener.NONE);
            // V' = -2 exp(-t) V from 2: V(10) = 2 exp(-2 (1 - exp(-10))); exchange every 0.01 d makes an error of first
            // order.
            double exact = 2 * Math.exp(-2 * (1 - Math.exp(-10)));
            assertThat(volumes(result).get(0)).isCloseTo(exact, within(0.02 * exact));
        }
        assertThat(lengths).hasSizeGreaterThanOrEqualTo(1000).allSatisfy(l -> assertThat(l)
                .isLessThanOrEqualTo(0.01 + 1e-12));
    }

    @Tag("SR-210")
    @Test
    void portThatTheModelDoesNotHonourIsRefusedByName() {
        registry.treatmentOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        PulseModality.ID,
                        Version.parseVersion("2.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.TREATMENT, PulseModality.ID, "2.0.0", "test.pulse", "c"),
                        new PulseModality(
                                Set.of(EffectPort.PROLIFERATION_FACTOR, EffectPort.CARRYING_CAPACITY_FACTOR),
                                Double.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 0.1, List.of(pulse(0, 1, 0)), 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("treatments[0].modality")
                .hasMessageContaining("[carrying-capacity-factor, proliferation-factor]")
                .hasMessageContaining("[kill-rate, surviving-fraction]");
    }

    private void installPulse(Set<EffectPort<?>> ports, Set<EffectPort<?>> idle) {
        registry.treatmentOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        PulseModality.ID,
                        Version.parseVersion("2.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.TREATMENT, PulseModality.ID, "2.0.0", "test.pulse", "c"),
                        new PulseModality(ports, idle, Double.POSITIVE_INFINITY)));
    }

    @Tag("SR-210")
    @Test
    void portThatTheCourseLeavesIdleNeedNotBeHonoured() throws IOException {
        List<Double> without = volumes(run(request(1, "0", 0.1, List.of(pulse(2, 0.5, 1)), 5, 10)));
        installPulse(
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE, EffectPort.CTLA4_BLOCKADE),
                Set.of(EffectPort.CTLA4_BLOCKADE));
        assertThat(volumes(run(request(1, "0", 0.1, List.of(pulse(2, 0.5, 1)), 5, 10))))
                .isEqualTo(without);
    }

    @Tag("SR-210")
    @Test
    void portThatTheCourseDoesNotLeaveIdleIsRefusedByName() {
        installPulse(
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.PD1_BLOCKADE, EffectPort.CTLA4_BLOCKADE),
                Set.of(EffectPort.PD1_BLOCKADE));
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 0.1, List.of(pulse(0, 1, 0)), 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("treatments[0].modality")
                .hasMessageContaining("does not honour: [ctla4-blockade]; it honours [kill-rate, surviving-fraction]");
    }

    @Tag("SR-210")
    @Test
    void effectAtAPortThatTheCourseSaysItLeavesIdleStopsTheRun() {
        installPulse(
                Set.of(EffectPort.SURVIVING_FRACTION, EffectPort.KILL_RATE), Set.of(EffectPort.SURVIVING_FRACTION));
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 0.1, List.of(pulse(0, 0.5, 0)), 10)))
                .isInstanceOf(SimulationException.class)
                .hasMessageContaining("pulse drove the port 'surviving-fraction' at day 0.0")
                .hasMessageContaining("leaves idle");
    }

    @Tag("SR-205")
    @Test
    void highestVersionInTheRangeIsTakenAndAnEmptyRangeListsWhatThereIs() throws IOException {
        installModel("1.4.0", new ExponentialModel(), new Object());
        installModel("2.0.0", new ExponentialModel(), new Object());
        assertThat(run(request(1, "[1,2)", 0.1, List.of(), 10))
                        .provenance()
                        .plugins()
                        .get(0)
                        .version())
                .isEqualTo("1.4.0");
        assertThat(run(request(1, "0", 0.1, List.of(), 10))
                        .provenance()
                        .plugins()
                        .get(0)
                        .version())
                .isEqualTo("2.0.0");
        assertThatThrownBy(() -> engine.prepare(request(1, "[3,4)", 0.1, List.of(), 10)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "growth.version: no version of growth model 'exponential' is in [3,4); there is [1.0.0, 1.4.0, 2.0.0]");
        assertThatThrownBy(() -> engine.prepare(request(1, "three", 0.1, List.of(), 10)))
                .hasMessageContaining("[1,2)");
    }

    @Test
    void badParametersAreNamedByTheirPlaceInTheCase() {
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 11, List.of(), 10)))
                .hasMessage("growth.parameters.proliferation: 11.0 /d is not allowed; allowed is -10 to 10 /d");
        assertThatThrownBy(() -> engine.prepare(request(1, "0", 1, List.of(pulse(0, 1, -1)), 10)))
                .hasMessageStartingWith("treatments[0].parameters.kill: -1.0 /d");
        assertThat(registry.growthOffers().all()).hasSize(1);
    }

    @Tag("SR-207")
    @Test
    void resumingFromEverySafePointGivesTheSameBits() throws IOException {
        SimulationRequest request =
                request(7, "0", 0.1, List.of(pulse(0, 0.9, 0.1), pulse(4.5, 0.5, 0.2)), 0, 1.5, 3, 4.5, 6, 9, 10);
        List<Checkpoint> checkpoints = new ArrayList<>();
        RunResult whole;
        try (Simulation simulation = engine.prepare(request)) {
            whole = simulation.run(OPTIONS, new RunListener() {
                @Override
                public void safePoint(Supplier<Checkpoint> checkpoint) {
                    checkpoints.add(checkpoint.get());
                }
            });
        }
        assertThat(checkpoints).hasSize(7);
        for (Checkpoint checkpoint : checkpoints) {
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            new BinaryCheckpointFormat().write(checkpoint, saved);
            Checkpoint read = new BinaryCheckpointFormat().read(new ByteArrayInputStream(saved.toByteArray()));
            assertThat(read).isEqualTo(checkpoint);
            try (Simulation simulation = engine.prepare(request)) {
                RunResult rest = simulation.resume(read, OPTIONS, RunListener.NONE);
                assertThat(rest.trajectory()).isEqualTo(whole.trajectory());
                assertThat(rest.provenance().stateHash())
                        .isEqualTo(whole.provenance().stateHash());
            }
        }
        try (Simulation other = engine.prepare(request(8, "0", 0.1, List.of(), 10))) {
            assertThatThrownBy(() -> other.resume(checkpoints.get(2), OPTIONS, RunListener.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("another case");
        }
    }

    @Tag("SR-207")
    @Test
    void damagedCheckpointsAreRefused() throws IOException {
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Simulation simulation = engine.prepare(request(7, "0", 0.1, List.of(pulse(1, 0.5, 0)), 0, 10))) {
            simulation.run(OPTIONS, new RunListener() {
                @Override
                public void safePoint(Supplier<Checkpoint> checkpoint) {
                    checkpoints.add(checkpoint.get());
                }
            });
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryCheckpointFormat format = new BinaryCheckpointFormat();
        format.write(checkpoints.get(1), out);
        byte[] good = out.toByteArray();
        for (int length = 0; length < good.length; length++) {
            byte[] truncated = java.util.Arrays.copyOf(good, length);
            assertThatThrownBy(() -> format.read(new ByteArrayInputStream(truncated)))
                    .isInstanceOf(IOException.class);
        }
        int refused = 0;
        for (int position = 0; position < good.length; position++) {
            byte[] changed = good.clone();
            changed[position] ^= 0x10;
            try {
                // A bit that pads the compressed stream carries nothing; whatever is read must be what was written.
                assertThat(format.read(new ByteArrayInputStream(changed))).isEqualTo(checkpoints.get(1));
            } catch (IOException damaged) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(good.length - 6);
    }

    @Tag("SR-206")
    @Test
    void stoppedPluginPausesItsRunAndNoOtherAndTheRunCanGoOnWhenItIsBack() throws IOException {
        SimulationRequest request = request(1, "[1,1.1)", 0.1, List.of(), 0, 2, 4, 6, 8, 10);
        RunResult undisturbed = run(request);
        installModel("1.1.0", new ExponentialModel(), new Object());
        try (Simulation paused = engine.prepare(request);
                Simulation other = engine.prepare(request(1, "[1.1,2)", 0.1, List.of(), 10))) {
            RunListener stopsThePlugin = new RunListener() {
                @Override
                public void reached(SimulationTime time) {
                    if (time.equals(day(4))) {
                        registry.growthOffers().remove(modelKey);
                    }
                }
            };
            assertThatThrownBy(() -> paused.run(OPTIONS, stopsThePlugin))
                    .isInstanceOfSatisfying(PluginWithdrawnException.class, e -> {
                        assertThat(e)
                                .hasMessageContaining("exponential 1.0.0 was stopped")
                                .hasMessageContaining("paused at day 4.0");
                        Checkpoint checkpoint = e.checkpoint().orElseThrow();
                        installModel("1.0.0", model, modelKey);
                        try (Simulation again = engine.prepare(request)) {
                            assertThat(again.resume(checkpoint, OPTIONS, RunListener.NONE)
                                            .trajectory())
                                    .isEqualTo(undisturbed.trajectory());
                        } catch (IOException io) {
                            throw new AssertionError(io);
                        }
                    });
            assertThat(volumes(other.run(OPTIONS, RunListener.NONE)).get(0)).isCloseTo(2 * Math.exp(1), within(1e-14));
        }
    }

    @Tag("SR-206")
    @Test
    void runKeepsTheVersionItLeasedWhileANewerOneIsInstalled() throws IOException {
        SimulationRequest request = request(1, "0", 0.1, List.of(), 10);
        try (Simulation first = engine.prepare(request)) {
            installModel("1.1.0", new ExponentialModel(), new Object());
            assertThat(first.run(OPTIONS, RunListener.NONE)
                            .provenance()
                            .plugins()
                            .get(0)
                            .version())
                    .isEqualTo("1.0.0");
            assertThat(run(request).provenance().plugins().get(0).version()).isEqualTo("1.1.0");
        }
    }

    @Tag("SR-208")
    @Test
    void checkpointOfAnotherVersionGoesThroughMigration() throws IOException {
        SimulationRequest request = request(1, "0", 0.1, List.of(), 5, 10);
        List<Checkpoint> checkpoints = new ArrayList<>();
        RunResult old;
        try (Simulation simulation = engine.prepare(request)) {
            old = simulation.run(OPTIONS, new RunListener() {
                @Override
                public void safePoint(Supplier<Checkpoint> checkpoint) {
                    checkpoints.add(checkpoint.get());
                }
            });
        }
        installModel("1.1.0", new ExponentialModel(), new Object());
        try (Simulation newer = engine.prepare(request)) {
            RunResult upgraded = newer.resume(checkpoints.get(1), OPTIONS, RunListener.NONE);
            assertThat(upgraded.trajectory()).isEqualTo(old.trajectory());
            assertThat(upgraded.provenance().plugins())
                    .extracting(PluginIdentity::toString)
                    .containsExactly("exponential 1.1.0", "exponential 1.0.0");
            assertThat(upgraded.limitations())
                    .contains("until day 5.0 computed with exponential 1.0.0, from then on with exponential 1.1.0");
        }
        installModel(
                "1.2.0",
                new ExponentialModel() {
                    @Override
                    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
                        return new Process(0, context.owner()) {
                            @Override
                            public List<StateComponent> migrate(List<StateComponent> saved) {
                                throw new InvalidInputException("", "it kept no phase of the cell cycle");
                            }
                        };
                    }
                },
                new Object());
        try (Simulation newest = engine.prepare(request)) {
            assertThatThrownBy(() -> newest.resume(checkpoints.get(1), OPTIONS, RunListener.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("exponential 1.2.0: it kept no phase of the cell cycle");
        }
    }

    @Tag("SR-209")
    @Test
    void quantityOutOfItsRangeStopsTheRunWithTimeAndValue() throws IOException {
        try (Simulation simulation = engine.prepare(request(1, "0", 10, List.of(), 10))) {
            model.beforeStep = interval -> {
                throw new ArithmeticException("division of nothing by nothing");
            };
            assertThatThrownBy(() -> simulation.run(OPTIONS, RunListener.NONE))
                    .isInstanceOf(SimulationException.class)
                    .hasMessageContaining("exponential failed at day 0.0")
                    .hasMessageContaining("division of nothing");
        }
        model.beforeStep = interval -> {};
        Observation notANumber = new Observation.Scalar(Quantity.TUMOUR_VOLUME, day(0), Double.NaN, NoiseModel.EXACT);
        SimulationRequest good = request(1, "0", 10, List.of(), 10);
        SimulationRequest bad = new SimulationRequest(
                good.name(),
                1,
                good.setting(),
                GrowthChoice.of(ExponentialModel.ID, Map.of("proliferation", 1.0), List.of(notANumber)),
                List.of(),
                good.calendar(),
                good.start(),
                good.end(),
                good.outputs(),
                OptionalDouble.empty(),
                new TreeMap<>());
        assertThatThrownBy(() -> engine.prepare(bad))
                .hasMessage("tumour.volume is NaN cm3 at day 0.0; its range is 0.0 to Infinity");
    }

    @Tag("SR-208")
    @Test
    void goingBackToAnEarlierVersionGoesThroughItsMigrationToo() throws IOException {
        SimulationRequest request = request(1, "0", 0.1, List.of(), 3, 6, 10);
        List<Checkpoint> checkpoints = new ArrayList<>();
        RunListener keeps = new RunListener() {
            @Override
            public void safePoint(Supplier<Checkpoint> checkpoint) {
                checkpoints.add(checkpoint.get());
            }
        };
        try (Simulation simulation = engine.prepare(request)) {
            simulation.run(OPTIONS, keeps);
        }
        Checkpoint ofOld = checkpoints.get(1);
        Object newer = new Object();
        installModel("1.1.0", new ExponentialModel(), newer);
        checkpoints.clear();
        try (Simulation simulation = engine.prepare(request)) {
            simulation.resume(ofOld, OPTIONS, keeps);
        }
        Checkpoint ofNew = checkpoints.get(0);
        assertThat(ofNew.plugins()).extracting(PluginIdentity::version).containsExactly("1.1.0");
        assertThat(ofNew.earlier()).extracting(PluginIdentity::version).containsExactly("1.0.0");
        registry.growthOffers().remove(newer);
        List<Integer> migrated = new ArrayList<>();
        model.beforeMigration = migrated::add;
        try (Simulation simulation = engine.prepare(request)) {
            RunResult result = simulation.resume(ofNew, OPTIONS, RunListener.NONE);
            assertThat(migrated).containsExactly(1);
            assertThat(result.limitations())
                    .contains(
                            "until day 3.0 computed with exponential 1.0.0, from then on with exponential 1.1.0",
                            "until day 6.0 computed with exponential 1.1.0, from then on with exponential 1.0.0");
        }
    }

    @Test
    void settingsThatWouldDoNothingAreRefused() {
        SimulationRequest good = request(1, "0", 0.1, List.of(), 10);
        GrowthChoice growth = good.growth();
        GrowthChoice stepped = new GrowthChoice(
                growth.model(), growth.parameters(), growth.initial(), Optional.empty(), OptionalDouble.of(0.5));
        assertThatThrownBy(() -> engine.prepare(with(good, stepped, good.relativeTolerance())))
                .hasMessageStartingWith("growth.max_step: would do nothing");
        assertThatThrownBy(() -> engine.prepare(with(good, growth, OptionalDouble.of(1e-4))))
                .hasMessageStartingWith("tolerance: would do nothing");
        GrowthChoice solved = new GrowthChoice(
                growth.model(),
                growth.parameters(),
                growth.initial(),
                Optional.of(PluginChoice.of("abacus")),
                OptionalDouble.empty());
        assertThatThrownBy(() -> engine.prepare(with(good, solved, good.relativeTolerance())))
                .hasMessage("growth.solver: no solver 'abacus'; there is []");
    }

    @Test
    void anAbsentToleranceHasAnotherHashThanAnyGivenOne() {
        SimulationRequest absent = request(1, "0", 0.1, List.of(), 10);
        assertThat(List.of(
                        CanonicalHash.of(absent),
                        CanonicalHash.of(with(absent, absent.growth(), OptionalDouble.of(0))),
                        CanonicalHash.of(with(absent, absent.growth(), OptionalDouble.of(1e-10))),
                        CanonicalHash.of(with(absent, absent.growth(), OptionalDouble.of(1e-4)))))
                .doesNotHaveDuplicates();
        assertThat(CanonicalHash.of(with(absent, absent.growth(), OptionalDouble.empty())))
                .isEqualTo(CanonicalHash.of(absent));
    }

    @Test
    void checkpointsKeepWhatSolversDid() throws IOException {
        SimulationRequest request = request(1, "0", 0.1, List.of(), 10);
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (Simulation simulation = engine.prepare(request)) {
            simulation.run(OPTIONS, new RunListener() {
                @Override
                public void safePoint(Supplier<Checkpoint> checkpoint) {
                    checkpoints.add(checkpoint.get());
                }
            });
        }
        Checkpoint made = checkpoints.get(0);
        Checkpoint used = new Checkpoint(
                made.requestHash(),
                made.plugins(),
                made.earlier(),
                List.of(
                        new SolverUse("a", 1, 2, 3, 4, OptionalDouble.of(1e-4), OptionalDouble.of(3e-5), 0.5),
                        new SolverUse("b", 1, 2, 3, 4, OptionalDouble.of(1e-4), OptionalDouble.empty(), 0.5),
                        new SolverUse("c", 1, 2, 3, 4, OptionalDouble.empty(), OptionalDouble.empty(), 0.5)),
                made.history(),
                made.state(),
                made.trajectory());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BinaryCheckpointFormat().write(used, out);
        assertThat(new BinaryCheckpointFormat().read(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(used);
    }

    @Test
    void pluginsSeeTheHorizonAndTheToleranceOfTheRun() {
        SimulationRequest plain = request(1, "0", 0.1, List.of(), 10);
        List<RunContext> contexts = new ArrayList<>();
        installModel(
                "3.0.0",
                new ExponentialModel() {
                    @Override
                    public GrowthModelDescription description() {
                        GrowthModelDescription d = super.description();
                        return new GrowthModelDescription(
                                d.plugin(),
                                d.initialQuantities(),
                                d.ownedQuantities(),
                                d.honouredPorts(),
                                d.spatial(),
                                d.schemaVersion(),
                                d.equation(),
                                Set.of(SolverNeed.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS)));
                    }

                    @Override
                    public GrowthProcess bind(Setting setting, Parameters parameters, RunContext context) {
                        contexts.add(context);
                        return super.bind(setting, parameters, context);
                    }
                },
                new Object());
        registry.odeSolverOffers()
                .add(new Offers.Offer<>(
                        new Object(),
                        "unused",
                        Version.parseVersion("1.0.0"),
                        "test.bundle",
                        0,
                        () -> new PluginIdentity(PluginKind.SOLVER, "unused", "1.0.0", "test.unused", "c"),
                        new UnusedSolver()));
        engine.prepare(plain).close();
        engine.prepare(with(plain, plain.growth(), OptionalDouble.of(1e-4))).close();
        assertThat(contexts).isNotEmpty().allSatisfy(c -> assertThat(c.horizon())
                .isEqualTo(new Interval(day(0), day(10))));
        assertThat(contexts)
                .extracting(RunContext::relativeTolerance)
                .containsOnly(OptionalDouble.empty(), OptionalDouble.of(1e-4));
    }

    private static final class UnusedSolver implements OdeSolver {

        @Override
        public SolverDescription description() {
            return new SolverDescription(
                    "unused",
                    "Unused",
                    1,
                    true,
                    Set.of(SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS),
                    Set.of(),
                    List.of(),
                    List.of());
        }

        @Override
        public OdeSolution solve(OdeProblem problem, Execution execution) {
            throw new UnsupportedOperationException();
        }
    }

    private static SimulationRequest with(SimulationRequest r, GrowthChoice growth, OptionalDouble tolerance) {
        return new SimulationRequest(
                r.name(),
                r.seed(),
                r.setting(),
                growth,
                r.courses(),
                r.calendar(),
                r.start(),
                r.end(),
                r.outputs(),
                tolerance,
                r.inputHashes());
    }

    @Tag("SR-213")
    @Test
    void cancelledRunEndsAtOnce() throws IOException {
        List<Double> reached = new ArrayList<>();
        try (Simulation simulation = engine.prepare(request(1, "0", 0.1, List.of(), 2, 4, 6, 8, 10))) {
            RunOptions options = new RunOptions(1, () -> reached.contains(4.0));
            assertThatThrownBy(() -> simulation.run(options, new RunListener() {
                        @Override
                        public void reached(SimulationTime time) {
                            reached.add(time.days());
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(reached).containsExactly(2.0, 4.0);
    }

    @Tag("SR-211")
    @Test
    void provenanceTellsSeedsParametersAndVersionsApart() throws IOException {
        RunResult base = run(request(1, "0", 0.1, List.of(pulse(1, 0.5, 0)), 10));
        assertThat(run(request(1, "0", 0.1, List.of(pulse(1, 0.5, 0)), 10)).provenance())
                .isEqualTo(base.provenance());
        assertThat(run(request(2, "0", 0.1, List.of(pulse(1, 0.5, 0)), 10))
                        .provenance()
                        .requestHash())
                .isNotEqualTo(base.provenance().requestHash());
        assertThat(run(request(1, "0", 0.1000001, List.of(pulse(1, 0.5, 0)), 10))
                        .provenance()
                        .requestHash())
                .isNotEqualTo(base.provenance().requestHash());
        assertThat(base.provenance().parameters())
                .extracting(p -> p.participant() + " " + p.name() + " " + p.value() + " " + p.unit() + " " + p.origin())
                .containsExactly("exponential proliferation 0.1 /d case", "pulse kill 0.0 /d case");
        installModel("1.0.1", new ExponentialModel(), new Object());
        assertThat(run(request(1, "0", 0.1, List.of(pulse(1, 0.5, 0)), 10)).provenance())
                .isNotEqualTo(base.provenance());
    }
}
