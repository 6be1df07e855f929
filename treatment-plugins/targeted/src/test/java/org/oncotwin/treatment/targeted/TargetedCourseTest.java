package org.oncotwin.treatment.targeted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugParameter;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.sdk.conformance.TestContext;

class TargetedCourseTest {

    private static final double RATE = 0.02;

    @Test
    void courseWithoutDrugDoesNothingAtAll() {
        for (Map<String, Double> none : List.of(Map.of("dose", 0.0), Map.of("days", 0.0))) {
            Course course = Plans.erlotinib(none, Map.of());
            assertThat(Plans.effects(course).isEmpty()).isTrue();
            assertThat(course.events()).isEmpty();
            assertThat(course.exposures()).isEmpty();
            assertThat(course.curves(TestContext.HORIZON)).isEmpty();
        }
    }

    @Test
    void wildTypeTumourIsNotAffectedAtAllButTheBodyIsExposed() {
        Course course = Plans.plan(Plans.marked("EGFR", "wild-type"), "erlotinib", Map.of("dose", 3000.0), Map.of());
        assertThat(Plans.effects(course).isEmpty()).isTrue();
        assertThat(course.exposures()).hasSize(1);
        assertThat(course.events()).hasSize(365);
    }

    @Test
    void unknownFindingListsWhatIsKnown() {
        assertThatThrownBy(() -> Plans.plan(Plans.marked("EGFR", "G719X"), "erlotinib", Map.of(), Map.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "patient.markers.EGFR: 'G719X' is not known; allowed are L858R, T790M, exon-19-deletion, wild-type");
        assertThatThrownBy(() -> Plans.plan(Setting.empty(), "sotorasib", Map.of(), Map.of()))
                .hasMessage("patient.markers.KRAS: missing; allowed are G12C, wild-type");
        assertThatThrownBy(() -> Plans.plan(Plans.marked("HER2", "low"), "trastuzumab", Map.of(), Map.of()))
                .hasMessage("patient.markers.HER2: 'low' is not known; allowed are amplified, wild-type");
        Drug narrow = drug(Map.of("egfr_l858r_ic50", new MeasuredValue(36.5, "nmol/L")), List.of());
        assertThatThrownBy(() -> TargetedDrug.of(narrow, Setting.empty()).halfInhibition(Plans.marked("EGFR", "T790M")))
                .hasMessage("patient.markers.EGFR: the drug has no number for 'T790M'; it has some for [L858R]");
    }

    @Test
    void effectsOfAnEvenConcentrationAreThoseOfTheFormulas() {
        Pathway pathway = new Pathway(0.5, 2, 0.04, 0.95);
        assertThat(pathway.lostSignal(0)).isZero();
        assertThat(pathway.kill(0)).isZero();
        assertThat(pathway.proliferationFactor(0)).isEqualTo(1);
        double a = 1 / (1 + 3.0);
        double s = a * a * 1.25 / (a * a + 0.25);
        assertThat(pathway.kill(3)).isCloseTo(0.04 * (1 - s), within(1e-15));
        assertThat(pathway.proliferationFactor(3)).isCloseTo(1 - 0.95 * (1 - s), within(1e-15));
        assertThat(pathway.lostSignal(1e12)).isCloseTo(1, within(1e-12));
    }

    @Test
    void withoutResistanceTheEffectIsThatOfTheConcentration() {
        Course course = Plans.erlotinib(Map.of("days", 30.0), Map.of("resistant_fraction", 0.0, "mutation_rate", 0.0));
        List<Administration> doses = course.exposures().get(0).administrations();
        TimeFunction plasma =
                Exponentials.of(DrugFiles.read("erlotinib"), 1, doses).concentration("plasma");
        Pathway pathway = new Pathway(0.5, 2, 0.04, 0.95);
        Effects effects = Plans.effects(course);
        for (double day : new double[] {0.05, 0.3, 1, 7.77, 29.5, 31, 40, 100}) {
            double ratio = plasma.at(day) * 0.07 * 1e6 / 393.44 / 36.5;
            assertThat(effects.get(EffectPort.KILL_RATE).uniformRate().at(day))
                    .as("kill on day %s", day)
                    .isCloseTo(pathway.kill(ratio), within(1e-8));
            assertThat(effects.get(EffectPort.PROLIFERATION_FACTOR).at(day))
                    .as("proliferation on day %s", day)
                    .isCloseTo(pathway.proliferationFactor(ratio), within(1e-7));
        }
        assertThat(effects.get(EffectPort.PROLIFERATION_FACTOR).at(-1)).isEqualTo(1);
        assertThat(effects.get(EffectPort.KILL_RATE).uniformRate().at(-1)).isZero();
        assertThat(Plans.facts(course))
                .containsEntry("resistant_share_at_end", 0.0)
                .doesNotContainKey("half_resistant_day");
    }

    /** The mixture against its clones, each counted on its own by a Runge-Kutta method of order 4 with 1/200 d. */
    @Test
    void mixtureIsTheSumOfItsClones() {
        double u = 1e-4;
        double cost = 0.2;
        double fraction = 1e-3;
        Map<String, Double> parameters =
                Map.of("mutation_rate", u, "resistance_cost", cost, "resistant_fraction", fraction);
        Course course = Plans.erlotinib(Map.of("pulse_dose", 900.0, "days", 150.0), parameters);
        TimeFunction plasma = course.exposures().get(0).disposition().concentration("plasma");
        Pathway pathway = new Pathway(0.5, 2, 0.04, 0.95);
        double rate = RATE / (1 - fraction * cost);
        double[] cells = {1 - fraction, fraction, 0};
        int steps = 200;
        for (int day = 0; day < 200; day++) {
            for (int step = 0; step < steps; step++) {
                double h = 1.0 / steps;
                double t = day + step * h;
                double[] k1 = rates(pathway, plasma.at(t), rate, u, cost, cells);
                double[] k2 = rates(pathway, plasma.at(t + h / 2), rate, u, cost, plus(cells, h / 2, k1));
                double[] k3 = rates(pathway, plasma.at(t + h / 2), rate, u, cost, plus(cells, h / 2, k2));
                double[] k4 = rates(pathway, plasma.at(Math.nextDown(t + h)), rate, u, cost, plus(cells, h, k3));
                for (int i = 0; i < 3; i++) {
                    cells[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
                }
            }
            if (day % 20 == 19) {
                double sum = cells[0] + cells[1] + cells[2];
                assertThat(Plans.logCells(course, RATE, day + 1))
                        .as("logarithm of the cells on day %s", day + 1)
                        .isCloseTo(Math.log(sum), within(1e-6));
            }
        }
        double sum = cells[0] + cells[1] + cells[2];
        Course ending = Plans.plan(
                Plans.marked("EGFR", "L858R"),
                Plans.inputs("erlotinib", "oral", Map.of("pulse_dose", 900.0, "days", 150.0)),
                parameters,
                Exponentials.pharmacokinetics(1),
                200);
        Map<String, Double> facts = Plans.facts(ending);
        assertThat(facts.get("resistant_share_at_end")).isCloseTo((cells[1] + cells[2]) / sum, within(1e-6));
        assertThat(facts.get("acquired_share_at_end")).isCloseTo(cells[2] / sum, within(1e-6));
    }

    private static double[] rates(Pathway pathway, double plasma, double rate, double u, double cost, double[] cells) {
        double unbound = plasma * 0.07 * 1e6 / 393.44;
        double births = rate * pathway.proliferationFactor(unbound / 36.5);
        double resistant =
                rate * (1 - cost) * pathway.proliferationFactor(unbound / 4920) - pathway.kill(unbound / 4920);
        double born = u * births * cells[0];
        return new double[] {
            (births - pathway.kill(unbound / 36.5)) * cells[0] - born, resistant * cells[1], resistant * cells[2] + born
        };
    }

    private static double[] plus(double[] cells, double h, double[] rates) {
        double[] sum = cells.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += h * rates[i];
        }
        return sum;
    }

    @Test
    void resistantClonesMakeTheTumourRelapse() {
        Course sensitive = Plans.erlotinib(Map.of(), Map.of("resistant_fraction", 0.0, "mutation_rate", 0.0));
        assertThat(Plans.logCells(sensitive, RATE, 365)).isLessThan(-8);
        Course mixed = Plans.erlotinib(Map.of(), Map.of("resistant_fraction", 1e-3));
        assertThat(Plans.logCells(mixed, RATE, 60)).isLessThan(-1.5);
        assertThat(Plans.logCells(mixed, RATE, 365)).isGreaterThan(Plans.logCells(mixed, RATE, 200) + 1);
        assertThat(Plans.facts(mixed).get("resistant_share_at_end")).isGreaterThan(0.99);
        double half = Plans.facts(mixed).get("half_resistant_day");
        assertThat(mixed.curves(TestContext.HORIZON).get(3).at(half)).isCloseTo(0.5, within(1e-2));
    }

    @Test
    void resistanceArisesUnderTreatment() {
        Course course = Plans.erlotinib(Map.of(), Map.of("resistant_fraction", 0.0, "mutation_rate", 1e-4));
        Map<String, Double> facts = Plans.facts(course);
        assertThat(facts.get("acquired_share_at_end")).isGreaterThan(0.5);
        assertThat(facts.get("acquired_share_at_end")).isCloseTo(facts.get("resistant_share_at_end"), within(1e-12));
    }

    @Test
    void moreResistanceBringsProgressionSooner() {
        double few = progression(Map.of("resistant_fraction", 1e-4));
        assertThat(progression(Map.of("resistant_fraction", 1e-3))).isLessThan(few);
        assertThat(progression(Map.of("resistant_fraction", 1e-4, "resistance_cost", 0.4)))
                .isGreaterThan(few);
        assertThat(progression(Map.of("resistant_fraction", 1e-4, "mutation_rate", 1e-3)))
                .isLessThan(few);
    }

    private static double progression(Map<String, Double> parameters) {
        return Plans.progression(Plans.erlotinib(Map.of(), parameters), RATE, 365);
    }

    @Test
    void doseScheduleMarkerAndAgentChangeTheResponse() {
        Map<String, Double> month = Map.of("days", 30.0);
        double standard = Plans.logCells(Plans.erlotinib(month, Map.of()), RATE, 30);
        assertThat(Plans.logCells(Plans.erlotinib(Map.of("days", 30.0, "dose", 25.0), Map.of()), RATE, 30))
                .as("a smaller dose")
                .isGreaterThan(standard);
        assertThat(Plans.logCells(Plans.erlotinib(Map.of("days", 30.0, "dose_interval", 3.0), Map.of()), RATE, 30))
                .as("rarer doses")
                .isGreaterThan(standard);
        Course gatekeeper = Plans.plan(Plans.marked("EGFR", "T790M"), "erlotinib", month, Map.of());
        assertThat(Plans.logCells(gatekeeper, RATE, 30)).as("T790M").isGreaterThan(0.8 * RATE * 30);
        Course third =
                Plans.plan(Plans.marked("EGFR", "T790M"), "osimertinib", Map.of("days", 30.0, "dose", 80.0), Map.of());
        assertThat(Plans.logCells(third, RATE, 30)).as("T790M and osimertinib").isLessThan(0);
        Course slow = Plans.plan(
                Plans.marked("EGFR", "L858R"),
                Plans.inputs("erlotinib", "oral", Map.of("days", 30.0, "dose", 25.0)),
                Map.of(),
                Exponentials.pharmacokinetics(0.5),
                365);
        assertThat(Plans.logCells(slow, RATE, 30))
                .as("slower clearance")
                .isLessThan(Plans.logCells(Plans.erlotinib(Map.of("days", 30.0, "dose", 25.0), Map.of()), RATE, 30));
    }

    @Test
    void everyShippedDrugActsOnItsTarget() {
        assertActs("ALK", "fusion", "alectinib", "oral", Map.of("dose", 600.0, "dose_interval", 0.5));
        assertActs("KRAS", "G12C", "sotorasib", "oral", Map.of("dose", 960.0));
        assertActs("HER2", "amplified", "trastuzumab", "intravenous", Map.of("dose", 420.0, "dose_interval", 21.0));
        assertActs("EGFR", "exon-19-deletion", "erlotinib", "oral", Map.of());
        assertActs("EGFR", "exon-19-deletion", "osimertinib", "oral", Map.of("dose", 80.0));
    }

    private static void assertActs(
            String gene, String finding, String drug, String route, Map<String, Double> numbers) {
        Course course = Plans.plan(
                Plans.marked(gene, finding),
                Plans.inputs(drug, route, numbers),
                Map.of(),
                Exponentials.pharmacokinetics(1),
                365);
        assertThat(Plans.logCells(course, RATE, 60)).as(drug).isLessThan(-0.5);
        assertThat(Plans.progression(course, RATE, 365))
                .as("relapse under %s", drug)
                .isBetween(60.0, 365.0);
    }

    @Test
    void twoYearsOfTwoDosesADayAreBoundedWork() {
        Course course = Plans.plan(
                Plans.marked("ALK", "fusion"),
                Plans.inputs("alectinib", "oral", Map.of("dose", 600.0, "dose_interval", 0.5, "days", 730.0)),
                Map.of(),
                Exponentials.pharmacokinetics(1),
                3650);
        assertThat(course.events()).hasSize(1460);
        assertThat(Plans.logCells(course, RATE, 3650)).isFinite();
    }

    @Test
    void courseRebuiltHasTheSameBits() {
        Effects first = Plans.effects(Plans.erlotinib(Map.of("pulse_dose", 900.0), Map.of()));
        Effects second = Plans.effects(Plans.erlotinib(Map.of("pulse_dose", 900.0), Map.of()));
        for (double day = 0; day < 365; day += 0.37) {
            assertThat(second.get(EffectPort.PROLIFERATION_FACTOR).at(day))
                    .isEqualTo(first.get(EffectPort.PROLIFERATION_FACTOR).at(day));
            assertThat(second.get(EffectPort.KILL_RATE).uniformRate().integral(0, day))
                    .isEqualTo(first.get(EffectPort.KILL_RATE).uniformRate().integral(0, day));
        }
    }

    @Test
    void pulsesReplaceDosesOnTheirDays() {
        List<TreatmentEvent> events = Plans.erlotinib(
                        Map.of("dose", 50.0, "pulse_dose", 1200.0, "pulse_days", 2.0, "days", 16.0), Map.of())
                .events();
        assertThat(events.stream().map(TreatmentEvent::amount).toList())
                .containsExactly(
                        1200.0, 1200.0, 50.0, 50.0, 50.0, 50.0, 50.0, 1200.0, 1200.0, 50.0, 50.0, 50.0, 50.0, 50.0,
                        1200.0, 1200.0);
        assertThat(Plans.erlotinib(Map.of("dose", 0.0, "pulse_dose", 1200.0, "days", 16.0), Map.of())
                        .events())
                .hasSize(3)
                .first()
                .isEqualTo(new TreatmentEvent(SimulationTime.ZERO, "erlotinib, dose 1 of 3", 1200, "mg"));
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Plans.erlotinib(Map.of("pulse_days", 8.0), Map.of()))
                .hasMessage("pulse_days: 8 is not allowed; allowed is at most the pulse_interval of 7");
        assertThatThrownBy(() -> Plans.erlotinib(Map.of("infusion_time", 0.5), Map.of()))
                .hasMessageStartingWith("infusion_time: 0.5 h is not allowed for a drug taken by mouth");
    }

    @Test
    void numbersOfADrugAreChecked() {
        assertRefused(Map.of("molar_mass", new MeasuredValue(0.39, "kg/mol")), "is in 'kg/mol'; allowed is g/mol");
        assertRefused(Map.of("egfr_l858r_ic50", new MeasuredValue(0, "nmol/L")), "0.0 is not allowed");
        assertRefused(Map.of("braf_v600e_ic50", new MeasuredValue(1, "nmol/L")), "unknown; known are");
        assertRefused(Map.of("alk_fusion_ic50", new MeasuredValue(1, "nmol/L")), "inhibits [EGFR, ALK]");
        assertThatThrownBy(() -> TargetedDrug.of(drug(Map.of(), List.of("resistant_ic50")), Setting.empty()))
                .hasMessage("drugs.x.targeted.resistant_ic50: missing");
    }

    private static void assertRefused(Map<String, MeasuredValue> changes, String message) {
        assertThatThrownBy(() -> TargetedDrug.of(drug(changes, List.of()), Setting.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private static Drug drug(Map<String, MeasuredValue> changes, List<String> without) {
        Map<String, MeasuredValue> values = new HashMap<>(Map.of(
                "egfr_l858r_ic50", new MeasuredValue(36.5, "nmol/L"),
                "resistant_ic50", new MeasuredValue(4920, "nmol/L"),
                "molar_mass", new MeasuredValue(393.44, "g/mol"),
                "unbound_ratio", new MeasuredValue(0.07, "1")));
        values.putAll(changes);
        without.forEach(values::remove);
        SortedMap<String, DrugParameter> parameters = new TreeMap<>();
        values.forEach((name, value) -> parameters.put(name, new DrugParameter(value, List.of(), 0, "test")));
        DrugSection section = new DrugSection("test", parameters, List.of());
        return new Drug("x", "X", List.of(), new TreeMap<>(Map.of("targeted", section)), List.of());
    }

    @Test
    void curvesShowTheShares() {
        Course course = Plans.erlotinib(Map.of(), Map.of("resistant_fraction", 0.01));
        assertThat(course.curves(new Interval(SimulationTime.ofDays(-5), SimulationTime.ofDays(300))))
                .extracting(curve -> curve.name())
                .containsExactly(
                        "erlotinib.plasma",
                        "erlotinib.proliferation-factor",
                        "erlotinib.kill-rate",
                        "erlotinib.resistant-share",
                        "erlotinib.acquired-share");
        assertThat(course.curves(new Interval(SimulationTime.ofDays(-5), SimulationTime.ofDays(300)))
                        .get(3)
                        .at(-3))
                .isEqualTo(0.01);
    }
}
