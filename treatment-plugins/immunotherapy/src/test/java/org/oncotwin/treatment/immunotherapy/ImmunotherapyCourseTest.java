package org.oncotwin.treatment.immunotherapy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;

class ImmunotherapyCourseTest {

    private static final Interval YEAR = TestContext.HORIZON;
    private static final Pharmacokinetics DRUGS = TwoCompartments.pharmacokinetics(1);

    @Test
    void blockadeIsTheConcentrationOverTheDissociationConstant() {
        Course course = plan(Map.of("flat_dose", 200.0));
        TimeFunction blockade = effects(course).get(EffectPort.PD1_BLOCKADE);
        List<Administration> doses = course.exposures().get(0).administrations();
        TimeFunction plasma =
                TwoCompartments.of(DrugFiles.read("pembrolizumab"), 1, doses).concentration(Disposition.PLASMA);
        double perConcentration = 0.196 * 1e6 / 149_000 / 0.05;
        for (double day : new double[] {0, 0.01, 1, 20.9, 21.01, 80, 300}) {
            assertThat(blockade.at(day))
                    .as("day %s", day)
                    .isCloseTo(perConcentration * plasma.at(day), within(1e-12 * blockade.at(day) + 1e-300));
        }
        assertThat(blockade.integral(0, 60))
                .isCloseTo(perConcentration * plasma.integral(0, 60), within(1e-9 * blockade.integral(0, 60)));
        assertThat(blockade.at(-1)).isZero();
    }

    @Test
    void antibodyBlocksItsOwnTargetAlone() {
        assertBlocksAlone("pembrolizumab", EffectPort.PD1_BLOCKADE);
        assertBlocksAlone("nivolumab", EffectPort.PD1_BLOCKADE);
        assertBlocksAlone("atezolizumab", EffectPort.PDL1_BLOCKADE);
        assertBlocksAlone("durvalumab", EffectPort.PDL1_BLOCKADE);
        assertBlocksAlone("ipilimumab", EffectPort.CTLA4_BLOCKADE);
    }

    private static void assertBlocksAlone(String drug, EffectPort<TimeFunction> target) {
        Course course = plan(DRUGS, Setting.empty(), drug, Map.of("flat_dose", 240.0));
        assertThat(effects(course).ports()).as(drug).isEqualTo(Set.of(target));
        assertThat(effects(course).get(target).isConstant(0)).as(drug).isFalse();
        Set<EffectPort<?>> others =
                new HashSet<>(Set.of(EffectPort.PD1_BLOCKADE, EffectPort.PDL1_BLOCKADE, EffectPort.CTLA4_BLOCKADE));
        others.remove(target);
        assertThat(course.idlePorts()).as(drug).isEqualTo(others);
    }

    @Test
    void occupancyIsTheBoundShareAtEquilibrium() {
        Course course = plan(Map.of("flat_dose", 2.0));
        TimeFunction blockade = effects(course).get(EffectPort.PD1_BLOCKADE);
        Curve occupancy = course.curves(YEAR).get(1);
        assertThat(occupancy.name()).isEqualTo("pembrolizumab.pd1-occupancy");
        for (double day : new double[] {0.5, 3, 20, 21.5, 60, 200}) {
            double x = blockade.at(day);
            assertThat(occupancy.at(day)).as("day %s", day).isCloseTo(x / (1 + x), within(2e-3));
        }
        Map<String, Double> facts = facts(course);
        double trough = blockade.at(Math.nextDown(84.0));
        assertThat(facts.get("pd1_trough_occupancy")).isCloseTo(trough / (1 + trough), within(1e-12));
        assertThat(facts.get("pd1_average_occupancy"))
                .isBetween(facts.get("pd1_trough_occupancy") / 2, facts.get("pd1_peak_occupancy"));
    }

    @Test
    void averageOccupancyIsItsMean() {
        Course course = plan(Map.of("flat_dose", 2.0));
        TimeFunction blockade = effects(course).get(EffectPort.PD1_BLOCKADE);
        double sum = 0;
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            double x = blockade.at(84.0 * (i + 0.5) / count);
            sum += x / (1 + x);
        }
        assertThat(facts(course).get("pd1_average_occupancy")).isCloseTo(sum / count, within(1e-6));
    }

    @Test
    void courseWithoutDrugDoesNothingAtAll() {
        for (Map<String, Double> none : List.of(
                Map.of("flat_dose", 0.0), Map.of("flat_dose", 200.0, "doses", 0.0), Map.of("dose_per_weight", 0.0))) {
            Course course = plan(DRUGS, weighing(70), "pembrolizumab", none);
            assertThat(effects(course).isEmpty()).isTrue();
            assertThat(course.events()).isEmpty();
            assertThat(course.exposures()).isEmpty();
            assertThat(course.curves(YEAR)).isEmpty();
        }
    }

    @Test
    void moreDrugBlocksMore() {
        assertThat(trough(Map.of("flat_dose", 400.0))).isCloseTo(2 * trough(Map.of("flat_dose", 200.0)), within(1e-9));
        assertThat(trough(Map.of("flat_dose", 200.0, "interval", 14.0)))
                .isGreaterThan(trough(Map.of("flat_dose", 200.0, "interval", 21.0)));
        assertThat(trough(Map.of("flat_dose", 200.0, "doses", 6.0)))
                .isGreaterThan(trough(Map.of("flat_dose", 200.0, "doses", 2.0)));
    }

    @Test
    void fasterClearanceBlocksLess() {
        Course fast = plan(
                TwoCompartments.pharmacokinetics(1.5), Setting.empty(), "pembrolizumab", Map.of("flat_dose", 200.0));
        assertThat(facts(fast).get("pd1_trough_occupancy"))
                .isLessThan(facts(plan(Map.of("flat_dose", 200.0))).get("pd1_trough_occupancy"));
    }

    @Test
    void weightSetsTheDosePerWeight() {
        Course light = plan(DRUGS, weighing(50), "pembrolizumab", Map.of("dose_per_weight", 2.0));
        Course heavy = plan(DRUGS, weighing(100), "pembrolizumab", Map.of("dose_per_weight", 2.0));
        assertThat(facts(light).get("dose")).isEqualTo(100);
        assertThat(facts(heavy).get("dose")).isEqualTo(200);
        assertThat(facts(heavy).get("trough_concentration"))
                .isGreaterThan(facts(light).get("trough_concentration"));
        assertThatThrownBy(() -> plan(Map.of("dose_per_weight", 2.0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("patient.weight: missing");
    }

    @Test
    void weakerBindingBlocksLessAtTheSameConcentration() {
        double pembrolizumab = facts(plan(Map.of("flat_dose", 200.0))).get("pd1_trough_occupancy");
        double nivolumab = facts(plan(DRUGS, Setting.empty(), "nivolumab", Map.of("flat_dose", 200.0)))
                .get("pd1_trough_occupancy");
        assertThat(nivolumab).isLessThan(pembrolizumab);
    }

    @Test
    void exactlyOneDoseIsNeeded() {
        assertThatThrownBy(() ->
                        plan(DRUGS, weighing(70), "pembrolizumab", Map.of("flat_dose", 200.0, "dose_per_weight", 2.0)))
                .hasMessage("dose_per_weight: given together with flat_dose; exactly one is needed");
        assertThatThrownBy(() -> plan(Map.of()))
                .hasMessage("flat_dose: missing; needed is either it or dose_per_weight");
    }

    @Test
    void tumourAsASiteIsTakenAsItIs() {
        Pharmacokinetics drugs = new Pharmacokinetics() {
            @Override
            public Drug drug(String id) {
                return DRUGS.drug(id);
            }

            @Override
            public Disposition disposition(String id, List<Administration> administrations) {
                return new WithTumour(DRUGS.disposition(id, administrations));
            }
        };
        TimeFunction blockade = effects(plan(drugs, Setting.empty(), "pembrolizumab", Map.of("flat_dose", 200.0)))
                .get(EffectPort.PD1_BLOCKADE);
        assertThat(blockade.at(50)).isCloseTo(0.25 * 1e6 / 149_000 / 0.05, within(1e-9));
    }

    @Test
    void numbersOfADrugAreChecked() {
        assertRefused(Map.of("molar_mass", new MeasuredValue(149, "kg/mol")), "is in 'kg/mol'; allowed is g/mol");
        assertRefused(Map.of("pd1_dissociation_constant", new MeasuredValue(-1, "nmol/L")), "-1.0 is not allowed");
        assertRefused(Map.of("tumour_penetration_ratio", new MeasuredValue(2, "1")), "2.0 is not allowed");
        assertRefused(Map.of("pd2_dissociation_constant", new MeasuredValue(1, "nmol/L")), "unknown; known are");
        assertThatThrownBy(() ->
                        CheckpointAntibody.of(drug(Map.of(), List.of("pd1_dissociation_constant")), Setting.empty()))
                .hasMessageContaining("names no target");
        assertThatThrownBy(() -> CheckpointAntibody.of(drug(Map.of(), List.of("molar_mass")), Setting.empty()))
                .hasMessage("drugs.x.immunotherapy.molar_mass: missing");
    }

    private static void assertRefused(Map<String, MeasuredValue> changes, String message) {
        assertThatThrownBy(() -> CheckpointAntibody.of(drug(changes, List.of()), Setting.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(changes.keySet().iterator().next())
                .hasMessageContaining(message);
    }

    private static Drug drug(Map<String, MeasuredValue> changes, List<String> without) {
        Map<String, MeasuredValue> values = new HashMap<>(Map.of(
                "pd1_dissociation_constant", new MeasuredValue(0.05, "nmol/L"),
                "molar_mass", new MeasuredValue(149_000, "g/mol"),
                "tumour_penetration_ratio", new MeasuredValue(0.2, "1")));
        values.putAll(changes);
        without.forEach(values::remove);
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        values.forEach((name, value) -> parameters.put(name, new DrugParameter(value, List.of(), 0, "test")));
        DrugSection section = new DrugSection("test", parameters, List.of());
        return new Drug("x", "X", List.of(), new TreeMap<>(Map.of("immunotherapy", section)), List.of());
    }

    @Test
    void eventsAreNumberedDoses() {
        List<TreatmentEvent> events = plan(Map.of("flat_dose", 200.0)).events();
        assertThat(events).hasSize(4);
        assertThat(events.get(1))
                .isEqualTo(new TreatmentEvent(SimulationTime.ofDays(21), "pembrolizumab, dose 2 of 4", 200, "mg"));
    }

    @Test
    void courseBeyondTheRunHasNoConcentrations() {
        CourseRequest late = new CourseRequest(
                SimulationTime.ofDays(400),
                StudyCalendar.MONDAY,
                inputs("pembrolizumab", Map.of("flat_dose", 200.0)),
                DRUGS);
        Course course = plan(Setting.empty(), late);
        assertThat(facts(course)).doesNotContainKey("peak_concentration").containsEntry("total_dose", 800.0);
        assertThat(effects(course).get(EffectPort.PD1_BLOCKADE).integral(0, 365))
                .isZero();
        assertThat(course.curves(YEAR)).hasSize(2);
    }

    @Test
    void courseInMidstOfAnIntervalAtTheEndOfTheRunHasTheTroughsOfTheRun() {
        Course course = plan(Map.of("flat_dose", 200.0, "doses", 100.0));
        assertThat(facts(course).get("trough_concentration"))
                .isGreaterThan(facts(course).get("first_trough_concentration"));
    }

    private record WithTumour(Disposition body) implements Disposition {
        @Override
        public java.util.SortedSet<String> sites() {
            return new java.util.TreeSet<>(List.of(PLASMA, TUMOUR));
        }

        @Override
        public TimeFunction concentration(String site) {
            return site.equals(TUMOUR) ? TimeFunction.constant(0.25) : body.concentration(site);
        }

        @Override
        public org.oncotwin.api.pharmacokinetics.MassBalance massBalance(double day) {
            return body.massBalance(day);
        }
    }

    private static double trough(Map<String, Double> numbers) {
        return facts(plan(numbers)).get("trough_concentration");
    }

    private static Setting weighing(double kilograms) {
        return new Setting(Optional.empty(), new TreeMap<>(Map.of("weight", kilograms)), new TreeMap<>());
    }

    private static Effects effects(Course course) {
        return course.effects(State.at(SimulationTime.ZERO), YEAR);
    }

    private static Map<String, Double> facts(Course course) {
        return course.facts().stream().collect(Collectors.toMap(CourseFact::name, CourseFact::value));
    }

    private static Inputs inputs(String drug, Map<String, Double> numbers) {
        Map<String, Double> all = new HashMap<>(Map.of("interval", 21.0, "doses", 4.0, "infusion_time", 0.5));
        all.putAll(numbers);
        return Inputs.of(all, Map.of("drug", drug));
    }

    private static Course plan(Map<String, Double> numbers) {
        return plan(DRUGS, Setting.empty(), "pembrolizumab", numbers);
    }

    private static Course plan(Pharmacokinetics drugs, Setting setting, String drug, Map<String, Double> numbers) {
        return plan(
                setting, new CourseRequest(SimulationTime.ZERO, StudyCalendar.MONDAY, inputs(drug, numbers), drugs));
    }

    private static Course plan(Setting setting, CourseRequest request) {
        ImmunotherapyModality modality = new ImmunotherapyModality();
        Parameters parameters =
                Parameters.resolve(modality.description().plugin().parameters(), Map.of());
        return modality.plan(setting, request, parameters, TestContext.of("immunotherapy", DirectSolvers.none()));
    }
}
