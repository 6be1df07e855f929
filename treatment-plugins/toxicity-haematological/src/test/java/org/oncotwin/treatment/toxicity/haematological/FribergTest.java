package org.oncotwin.treatment.toxicity.haematological;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugSection;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.ToxicExposure;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.sdk.conformance.DirectSolvers;
import org.oncotwin.sdk.conformance.TestContext;
import org.oncotwin.sdk.conformance.ValidationRecord;
import org.oncotwin.solver.ode.DormandPrince853Solver;

/**
 * Leukocytes after 315 mg paclitaxel over 3 h, with the numbers of DDMODEL00000186 (Friberg et al. 2002): baseline 7.21 10*9/L, mean transit time 124 h, slope 28.9 L/umol (molar mass 853.9 g/mol), exponent 0.239; 285 L/h, 290 L,
 * 204 L/h, 995 L. An independent program gave a nadir of 2.9188 on day 9.24, 3.3853 on day 7, 4.7828 on day 14, 9.5069 on day 21 and a maximum of 9.6846 on day 22.5.
 */
class FribergTest {

    private static final ValidationRecord RECORD =
            ValidationRecord.of(FribergTest.class, "leukocytes after 315 mg paclitaxel over 3 h");
    private static final String SOURCE = "Friberg et al. 2002 with DDMODEL00000186, solved by an independent program";
    private static final double SLOPE = 28.9 * 1000 / 853.9;

    static Drug drug(String id) {
        return new Drug(
                id,
                id,
                List.of(),
                new TreeMap<>(Map.of("myelosuppression", new DrugSection("test", new TreeMap<>(), List.of()))),
                List.of());
    }

    static Parameters numbers(Map<String, Double> other) {
        Map<String, Double> values = new TreeMap<>(Map.of(
                "slope", SLOPE,
                "mean_transit_time", 124.0,
                "feedback_exponent", 0.239,
                "circulating_baseline", 7.21));
        values.putAll(other);
        return Parameters.resolve(new HaematologicalModel().description().drugParameters(), values);
    }

    static ToxicExposure paclitaxel(double milligrams, Map<String, Double> other, double... days) {
        return new ToxicExposure(
                TwoCompartments.paclitaxel(drug("paclitaxel"), milligrams, days), Optional.of(numbers(other)));
    }

    static Toxicity assess(Map<String, Double> covariates, double days, ToxicExposure... exposures) {
        RunContext context = TestContext.of(
                "patient",
                DirectSolvers.of(new DormandPrince853Solver(), Execution.sequential()),
                Cancellation.NEVER,
                new Interval(SimulationTime.ZERO, SimulationTime.ofDays(days)),
                OptionalDouble.empty());
        return new HaematologicalModel()
                .assess(
                        new Setting(Optional.empty(), new TreeMap<>(covariates), new TreeMap<>()),
                        List.of(exposures),
                        new Parameters(new TreeMap<>()),
                        context);
    }

    @Test
    void aCountAtItsLowerLimitIsNoHarmWithoutADrug() {
        for (double count : new double[] {2, 2.0000000000000004, 2.1}) {
            Map<String, Double> atLimit = Map.of("neutrophils", count);
            assertThat(assess(atLimit, 60, paclitaxel(0, Map.of(), 7)).events()).isEmpty();
            Toxicity later = assess(atLimit, 60, paclitaxel(100, Map.of(), 20.3));
            assertThat(later.events()).as("100 mg on day 20.3").isNotEmpty();
            assertThat(later.events())
                    .allSatisfy(event -> assertThat(event.fromDay()).isGreaterThanOrEqualTo(20.3));
            assertThat(later.curves().get(0).at(20)).isEqualTo(count);
            assertThat(assess(atLimit, 60, paclitaxel(1e-3, Map.of(), 7)).events())
                    .as("a dose that changes less than the curve can tell")
                    .isEmpty();
        }
    }

    @Test
    void timeCourse() {
        Curve cells =
                assess(Map.of(), 30, paclitaxel(315, Map.of(), 0)).curves().get(0);
        RECORD.check("count on day 7", "10*9/L", 3.3853, cells.at(7), 1e-3, SOURCE);
        RECORD.check("count on day 14", "10*9/L", 4.7828, cells.at(14), 1e-3, SOURCE);
        RECORD.check("count on day 21", "10*9/L", 9.5069, cells.at(21), 1e-3, SOURCE);
        int nadir = extremum(cells, -1);
        RECORD.check("nadir", "10*9/L", 2.9188, cells.values().get(nadir), 1e-3, SOURCE);
        RECORD.check("day of the nadir", "d", 9.24, cells.days().get(nadir), 0.02, SOURCE);
        int peak = extremum(cells, 1);
        RECORD.check("highest count", "10*9/L", 9.6846, cells.values().get(peak), 1e-3, SOURCE);
        RECORD.check("day of the highest count", "d", 22.5, cells.days().get(peak), 0.02, SOURCE);
    }

    private static int extremum(Curve curve, int sign) {
        return IntStream.range(0, curve.days().size())
                .boxed()
                .max(Comparator.comparingDouble(n -> sign * curve.values().get(n)))
                .orElseThrow();
    }

    @Test
    void gradesFollowTheCurve() {
        Toxicity toxicity = assess(Map.of("neutrophils", 3.0), 40, paclitaxel(315, Map.of(), 0));
        Curve cells = toxicity.curves().get(0);
        assertThat(cells.at(0)).isEqualTo(3);
        for (AdverseEvent event : toxicity.events()) {
            double middle = (event.fromDay() + event.toDay()) / 2;
            assertThat(event.term()).isEqualTo("Neutrophil count decreased");
            assertThat(cells.at(middle))
                    .isBetween(
                            new double[] {0, 1.5, 1, 0.5, 0}[event.grade()],
                            new double[] {0, 2, 1.5, 1, 0.5}[event.grade()]);
        }
        assertThat(toxicity.events()).extracting(AdverseEvent::grade).containsExactly(1, 2, 1);
        assertThat(toxicity.remarks()).containsExactly("No numbers for platelets are known of paclitaxel.");
    }

    @Test
    void overdoseIsOfGradeFour() {
        Toxicity toxicity = assess(Map.of(), 365, paclitaxel(40_000, Map.of(), 0));
        assertThat(toxicity.events()).extracting(AdverseEvent::grade).contains(4);
        assertThat(toxicity.curves().get(0).values())
                .allSatisfy(value -> assertThat(value).isFinite().isNotNegative());
    }

    @Test
    void dailyOverdosesStayInBounds() {
        double[] days = IntStream.range(0, 200).mapToDouble(day -> day).toArray();
        for (double dose : new double[] {500, 5000, 50_000}) {
            Toxicity toxicity = assess(Map.of(), 365, paclitaxel(dose, Map.of(), days));
            assertThat(toxicity.events()).extracting(AdverseEvent::grade).contains(4);
            assertThat(toxicity.curves().get(0).values())
                    .as("%s mg a day", dose)
                    .allSatisfy(value -> assertThat(value).isBetween(0.0, 1e4));
        }
    }

    @Test
    void drugsAddAndPlateletsHaveTheirOwnNumbers() {
        Map<String, Double> platelets = Map.of(
                "platelet_slope", SLOPE / 2,
                "platelet_mean_transit_time", 150.0,
                "platelet_feedback_exponent", 0.2,
                "platelet_circulating_baseline", 250.0);
        Toxicity one = assess(Map.of(), 30, paclitaxel(150, platelets, 0));
        Toxicity both = assess(Map.of(), 30, paclitaxel(150, platelets, 0), paclitaxel(150, platelets, 0));
        Toxicity twice = assess(Map.of(), 30, paclitaxel(300, platelets, 0));
        for (int lineage = 0; lineage < 2; lineage++) {
            assertThat(both.curves().get(lineage).at(9))
                    .isLessThan(one.curves().get(lineage).at(9))
                    .isCloseTo(
                            twice.curves().get(lineage).at(9),
                            within(1e-3 * one.curves().get(lineage).at(0)));
        }
        assertThat(both.curves()).extracting(Curve::name).containsExactly("neutrophils", "platelets");
        assertThatThrownBy(() -> assess(Map.of(), 30, paclitaxel(150, Map.of("platelet_slope", 1.0), 0)))
                .hasMessageContaining("drugs.paclitaxel.myelosuppression.platelet_mean_transit_time");
    }
}
