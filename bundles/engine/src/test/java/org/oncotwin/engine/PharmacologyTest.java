package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.CovariateEffect;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModel;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.toxicity.ToxicityModel;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.units.UcumUnitConverter;
import org.osgi.framework.Version;

/** Where drugs go and what harm they do is computed by plugins that a run leases. */
@Tag("SR-1602")
class PharmacologyTest {

    private static final RunOptions OPTIONS = new RunOptions(1, Cancellation.NEVER);

    private final PluginRegistry registry = new PluginRegistry();
    private final Engine engine = new Engine(
            registry, new UcumUnitConverter(), new PluginIdentity(PluginKind.SOLVER, "engine", "1.0.0", "test", "00"));

    /** Grades by the peak concentration in plasma. */
    private static final class PeakToxicity implements ToxicityModel {
        @Override
        public ToxicityModelDescription description() {
            return new ToxicityModelDescription(
                    new PluginDescription("peak", "Peak", "Tests.", List.of(), List.of(), List.of()),
                    "harm",
                    List.of(ParameterDescription.required("threshold", "mg/L", 0, 1e6, "threshold", "test")),
                    List.of("Nausea"),
                    "",
                    Set.of());
        }

        @Override
        public Toxicity assess(
                Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context) {
            List<AdverseEvent> events = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (ToxicExposure exposure : exposures) {
                double day =
                        exposure.exposure().administrations().get(0).start().days();
                double peak = exposure.exposure()
                        .disposition()
                        .concentration("plasma")
                        .at(day);
                if (exposure.parameters().isEmpty()) {
                    remarks.add("no numbers for " + exposure.exposure().drug().id());
                } else if (peak > exposure.parameters().get().value("threshold")) {
                    events.add(new AdverseEvent("Nausea", 3, false, day, day + 1, peak, "mg/L", "peak", "test"));
                }
            }
            return new Toxicity(
                    List.of(new Curve("n", "N", "1", List.of(0.0, 10.0), List.of(1.0, 1.0))), events, remarks);
        }
    }

    private static <T> Offers.Offer<T> offer(PluginKind kind, String id, int ranking, T plugin) {
        Supplier<PluginIdentity> identity = () -> new PluginIdentity(kind, id, "1.0.0", "test." + id, "ab");
        return new Offers.Offer<>(id, id, Version.parseVersion("1.0.0"), "test." + id, ranking, identity, plugin);
    }

    private void install(String id, double factor, int ranking) {
        PharmacokineticModel model = new DecayPharmacokinetics(id, factor);
        registry.pharmacokineticOffers().add(offer(PluginKind.PHARMACOKINETICS, id, ranking, model));
    }

    @BeforeEach
    void install() {
        registry.growthOffers().add(offer(PluginKind.GROWTH, ExponentialModel.ID, 0, new ExponentialModel()));
        registry.treatmentOffers().add(offer(PluginKind.TREATMENT, DrugModality.ID, 0, new DrugModality()));
        install("decay", 1, 5);
        install("organs", 2, 0);
        registry.toxicityOffers().add(offer(PluginKind.TOXICITY, "peak", 0, new PeakToxicity()));
    }

    private static DrugParameter number(double value, String unit, CovariateEffect... effects) {
        return new DrugParameter(new MeasuredValue(value, unit), List.of(effects), 0, "test");
    }

    private static Drug drug(String... sections) {
        SortedMap<String, DrugSection> all = new TreeMap<>();
        for (String section : sections) {
            all.put(
                    section,
                    new DrugSection(
                            "test",
                            new TreeMap<>(
                                    section.equals("harm")
                                            ? Map.of("threshold", number(5000, "ug/L"))
                                            : Map.of(
                                                    "elimination",
                                                    number(0.5 / 24, "/h"),
                                                    "volume",
                                                    number(
                                                            10,
                                                            "L",
                                                            new CovariateEffect.Power(Covariate.WEIGHT, 70, 1)))),
                            List.of("Made up.")));
        }
        DoseRule rule = new DoseRule(
                "stop",
                "",
                List.of(new DoseRule.Condition("grade.nausea", 3, Double.POSITIVE_INFINITY, "1")),
                DoseAdvice.STOP,
                "Stop at grade 3.",
                "test");
        return new Drug("drug", "Drug", List.of(), all, List.of(rule));
    }

    private static SimulationRequest request(Drug drug, Optional<ModelChoice> model, boolean harm, double weight) {
        SimulationTime start = SimulationTime.ofDays(0);
        Observation volume = new Observation.Scalar(Quantity.TUMOUR_VOLUME, start, 2, NoiseModel.EXACT);
        List<CourseChoice> courses = List.of(CourseChoice.of(
                DrugModality.ID, SimulationTime.ofDays(2), Inputs.of(Map.of(), Map.of("drug", "drug")), Map.of()));
        List<ModelChoice> toxicities =
                harm ? List.of(new ModelChoice(PluginChoice.of("peak"), new TreeMap<>())) : List.of();
        return new SimulationRequest(
                "test",
                1,
                new Setting(Optional.empty(), new TreeMap<>(Map.of("weight", weight)), new TreeMap<>()),
                new GrowthChoice(
                        PluginChoice.of(ExponentialModel.ID),
                        new TreeMap<>(Map.of("proliferation", 0.1)),
                        List.of(volume),
                        Optional.empty(),
                        OptionalDouble.empty()),
                courses,
                StudyCalendar.MONDAY,
                start,
                SimulationTime.ofDays(10),
                List.of(start, SimulationTime.ofDays(5), SimulationTime.ofDays(10)),
                new Pharmacology(new TreeMap<>(Map.of("drug", drug)), model, toxicities),
                OptionalDouble.empty(),
                new TreeMap<>());
    }

    private static Optional<ModelChoice> choice(String id) {
        return Optional.of(new ModelChoice(PluginChoice.of(id), new TreeMap<>()));
    }

    private RunResult run(SimulationRequest request) throws IOException {
        try (Simulation simulation = engine.prepare(request)) {
            return simulation.run(OPTIONS, RunListener.NONE);
        }
    }

    private static double last(RunResult result) {
        List<Double> values = result.trajectory().series().stream()
                .filter(s -> s.quantity().equals(Quantity.TUMOUR_VOLUME))
                .findFirst()
                .orElseThrow()
                .values();
        return values.get(values.size() - 1);
    }

    /** Volume at day 10: 2 exp(0.1 x 10 - area under the concentration of 100 mg from day 2 on). */
    private static double expected(double factor, double litres) {
        double area = factor * 100 / litres / 0.5 * (1 - Math.exp(-0.5 * 8));
        return 2 * Math.exp(1 - area);
    }

    @Test
    void modelThatIsNamedComputesWithThePatientsOwnNumbersInItsUnits() throws IOException {
        RunResult result = run(request(drug("decay", "organs"), choice("organs"), false, 140));
        assertThat(last(result)).isCloseTo(expected(2, 20), within(1e-12));
        assertThat(result.provenance().plugins())
                .extracting(PluginIdentity::id)
                .contains("organs")
                .doesNotContain("decay");
        assertThat(result.provenance().parameters())
                .extracting(UsedParameter::participant)
                .contains("organs");
        assertThat(result.limitations()).contains("Drug: Made up.");
        assertThat(result.courses().get(0).curves()).hasSize(1);
        assertThat(result.courses().get(0).curves().get(0).at(2)).isCloseTo(10, within(1e-12));
    }

    /** The same request with courses of the drug on some days. */
    private static SimulationRequest onDays(double... days) {
        SimulationRequest one = request(drug("decay"), choice("decay"), false, 70);
        return new SimulationRequest(
                one.name(),
                one.seed(),
                one.setting(),
                one.growth(),
                Arrays.stream(days)
                        .mapToObj(day -> CourseChoice.of(
                                DrugModality.ID,
                                SimulationTime.ofDays(day),
                                Inputs.of(Map.of(), Map.of("drug", "drug")),
                                Map.of()))
                        .toList(),
                one.calendar(),
                one.start(),
                SimulationTime.ofDays(40),
                List.of(one.start(), SimulationTime.ofDays(40)),
                one.pharmacology(),
                one.relativeTolerance(),
                one.inputHashes());
    }

    @Test
    void coursesOfOneDrugHaveCurvesOfTheirOwnNames() throws IOException {
        RunResult result = run(onDays(2, 5, 9));
        List<Curve> curves = result.courses().stream()
                .flatMap(course -> course.curves().stream())
                .toList();
        assertThat(curves).extracting(Curve::name).containsExactly("drug.plasma", "drug.plasma.2", "drug.plasma.3");
        assertThat(curves)
                .extracting(Curve::title)
                .containsExactly("drug (drug-course)", "drug (drug-course#2)", "drug (drug-course#3)");
        assertThat(curves.get(0).at(2)).isCloseTo(10, within(1e-12));
        assertThat(curves.get(1).at(4)).isZero();
        assertThat(curves.get(1).at(5)).isCloseTo(10, within(1e-12));
        assertThat(run(onDays(2)).courses().get(0).curves().get(0).title()).isEqualTo("drug");
    }

    @Test
    void linearCoursesOfOneDrugAddUpAndThatTheyAreComputedApartIsSaidWhileSomeIsLeft() throws IOException {
        String apart = "two treatments give it";
        RunResult near = run(onDays(2, 5));
        assertThat(near.limitations()).filteredOn(l -> l.contains(apart)).hasSize(1);
        // Half a percent of the first dose is exp(-0.5 x 10.6 d); after 20 days a 20000th is left.
        assertThat(run(onDays(2, 22)).limitations()).noneMatch(l -> l.contains(apart));
        assertThat(run(onDays(2)).limitations()).noneMatch(l -> l.contains(apart));
        double first = 10 / 0.5 * (1 - Math.exp(-0.5 * 38));
        double second = 10 / 0.5 * (1 - Math.exp(-0.5 * 35));
        assertThat(last(near)).isCloseTo(2 * Math.exp(4 - first - second), within(1e-12));
    }

    @Test
    void aNameThatACurveHasItselfIsGivenToNoOther() {
        Curve plasma = new Curve("d.plasma", "D", "mg/L", List.of(0.0), List.of(1.0));
        Curve second = new Curve("d.plasma.2", "E", "mg/L", List.of(0.0), List.of(1.0));
        assertThat(CourseCurves.named(List.of("a", "b"), List.of(List.of(plasma, second), List.of(plasma))).stream()
                        .flatMap(List::stream)
                        .map(Curve::name))
                .containsExactly("d.plasma", "d.plasma.2", "d.plasma.3");
    }

    @Test
    void withoutAChoiceTheHighestRankingModelThatKnowsEveryDrugIsTaken() throws IOException {
        assertThat(last(run(request(drug("decay", "organs"), Optional.empty(), false, 70))))
                .isCloseTo(expected(1, 10), within(1e-12));
        assertThat(last(run(request(drug("organs"), Optional.empty(), false, 70))))
                .isCloseTo(expected(2, 10), within(1e-12));
        assertThatThrownBy(() -> engine.prepare(request(drug("harm"), Optional.empty(), false, 70)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("pharmacokinetics: no pharmacokinetic model has numbers for all drugs of the case; "
                        + "decay has none for [drug]; organs has none for [drug]");
        assertThatThrownBy(() -> engine.prepare(request(drug("decay"), choice("organs"), false, 70)))
                .hasMessage("treatments[0].drug: drug has no numbers for 'organs'; it has some for decay");
    }

    @Test
    void runGoesOnWithAnotherModelAndSaysSo() throws IOException {
        Checkpoint[] half = new Checkpoint[1];
        RunListener keep = new RunListener() {
            @Override
            public void output(Output output) {}

            @Override
            public void safePoint(Supplier<Checkpoint> checkpoint) {
                if (checkpoint.get().state().time().days() == 5) {
                    half[0] = checkpoint.get();
                }
            }
        };
        try (Simulation simulation = engine.prepare(request(drug("decay", "organs"), choice("decay"), false, 70))) {
            simulation.run(OPTIONS, keep);
        }
        RunResult swapped;
        try (Simulation simulation = engine.prepare(request(drug("decay", "organs"), choice("organs"), false, 70))) {
            swapped = simulation.resume(half[0], OPTIONS, RunListener.NONE);
        }
        double before = 100 / 10 / 0.5 * (1 - Math.exp(-0.5 * 3));
        double after = 2 * 100 / 10 / 0.5 * (Math.exp(-0.5 * 3) - Math.exp(-0.5 * 8));
        assertThat(last(swapped)).isCloseTo(2 * Math.exp(1 - before - after), within(1e-12));
        assertThat(swapped.provenance().plugins())
                .extracting(PluginIdentity::id)
                .contains("decay", "organs");
        assertThat(swapped.limitations())
                .contains("until day 5.0 computed with decay 1.0.0, from then on with organs 1.0.0");
    }

    /** What a study of a combination does: it sees the plugins of its combination alone, and the case names no model. */
    @Test
    void combinationsWithOneModelEachComputeACaseThatNamesNoneWithTheirOwn() throws IOException {
        SimulationRequest any = request(drug("decay", "organs"), Optional.empty(), false, 70);
        Map<String, Double> volumes = new TreeMap<>();
        Checkpoint[] half = new Checkpoint[1];
        for (String model : List.of("decay", "organs")) {
            try (Simulation simulation = engine.prepare(any, seeing(model))) {
                RunResult result = simulation.run(OPTIONS, new RunListener() {
                    @Override
                    public void safePoint(Supplier<Checkpoint> checkpoint) {
                        if (model.equals("decay")
                                && checkpoint.get().state().time().days() == 5) {
                            half[0] = checkpoint.get();
                        }
                    }
                });
                volumes.put(model, last(result));
            }
        }
        assertThat(volumes.get("decay")).isCloseTo(expected(1, 10), within(1e-12));
        assertThat(volumes.get("organs")).isCloseTo(expected(2, 10), within(1e-12));
        try (Simulation simulation = engine.prepare(any, seeing("organs"))) {
            assertThat(simulation.resume(half[0], OPTIONS, RunListener.NONE).limitations())
                    .contains("until day 5.0 computed with decay 1.0.0, from then on with organs 1.0.0");
        }
    }

    private static Predicate<PluginIdentity> seeing(String model) {
        return plugin ->
                plugin.kind() != PluginKind.PHARMACOKINETICS || plugin.id().equals(model);
    }

    @Test
    void modelThatIsTakenAwayStopsTheRun() {
        RunListener away = new RunListener() {
            @Override
            public void output(Output output) {
                if (output.time().days() == 5) {
                    registry.pharmacokineticOffers().remove("decay");
                }
            }
        };
        assertThatThrownBy(() -> {
                    try (Simulation simulation =
                            engine.prepare(request(drug("decay", "organs"), Optional.empty(), false, 70))) {
                        simulation.run(OPTIONS, away);
                    }
                })
                .isInstanceOf(PluginWithdrawnException.class)
                .hasMessageContaining("decay");
    }

    @Test
    void harmIsGradedAndTheLabelsRuleFires() throws IOException {
        RunResult light = run(request(drug("decay", "harm"), Optional.empty(), true, 300));
        assertThat(light.toxicities()).hasSize(1);
        assertThat(light.toxicities().get(0).toxicity().events()).isEmpty();
        assertThat(light.firedRules()).isEmpty();
        RunResult heavy = run(request(drug("decay", "harm"), Optional.empty(), true, 70));
        assertThat(heavy.toxicities().get(0).toxicity().events()).hasSize(1);
        assertThat(heavy.firedRules()).hasSize(1);
        assertThat(heavy.firedRules().get(0).advice()).isEqualTo(DoseAdvice.STOP);
        RunResult unknown = run(request(drug("decay"), Optional.empty(), true, 70));
        assertThat(unknown.limitations()).contains("Peak: no numbers for drug");
    }

    @Test
    void whatWouldDoNothingIsRefused() {
        SimulationRequest with = request(drug("decay"), choice("decay"), true, 70);
        SimulationRequest without = new SimulationRequest(
                with.name(),
                with.seed(),
                with.setting(),
                with.growth(),
                List.of(),
                with.calendar(),
                with.start(),
                with.end(),
                with.outputs(),
                new Pharmacology(new TreeMap<>(), choice("decay"), List.of()),
                with.relativeTolerance(),
                with.inputHashes());
        assertThatThrownBy(() -> engine.prepare(without))
                .hasMessage("pharmacokinetics: would do nothing: no treatment of the case gives a drug");
    }

    @Test
    void missingCovariateAndWrongUnitAreNamed() {
        assertThatThrownBy(() -> engine.prepare(request(drug("decay"), Optional.empty(), false, Double.NaN)))
                .isInstanceOf(InvalidInputException.class);
        Drug wrong = new Drug(
                "drug",
                "Drug",
                List.of(),
                new TreeMap<>(Map.of(
                        "decay",
                        new DrugSection(
                                "test",
                                new TreeMap<>(Map.of("elimination", number(1, "L"), "volume", number(1, "L"))),
                                List.of()))),
                List.of());
        assertThatThrownBy(() -> engine.prepare(request(wrong, Optional.empty(), false, 70)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("drugs.drug.decay.elimination");
    }
}
