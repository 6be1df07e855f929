package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Disposition;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.MassBalance;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.TimeFunction;

/** Rules of the Temodar label, section 2: concomitant, hold at neutrophils 0.5 to 1.5, platelets 10 to 100 (10*9/L) or non-haematological grade 2; stop at neutrophils below 0.5, platelets below 10 or non-haematological grade 3 or 4. */
class DoseGuidanceTest {

    private static final double NONE = Double.NEGATIVE_INFINITY;
    private static final double MOST = Double.POSITIVE_INFINITY;
    private static final String COUNT = "10*9/L";

    private static final DoseRule HOLD = new DoseRule(
            "concomitant-hold",
            "concomitant",
            List.of(
                    new DoseRule.Condition("neutrophils", 0.5, 1.5, COUNT),
                    new DoseRule.Condition("platelets", 10, 100, COUNT),
                    new DoseRule.Condition("grade.non-haematological", 2, 3, "1")),
            DoseAdvice.HOLD,
            "hold",
            "Temodar label, section 2");

    private static final DoseRule STOP = new DoseRule(
            "concomitant-stop",
            "concomitant",
            List.of(
                    new DoseRule.Condition("neutrophils", NONE, 0.5, COUNT),
                    new DoseRule.Condition("grade.non-haematological", 3, MOST, "1")),
            DoseAdvice.STOP,
            "stop",
            "Temodar label, section 2");

    private static final Disposition NOWHERE = new Disposition() {
        @Override
        public SortedSet<String> sites() {
            return new TreeSet<>(List.of(PLASMA));
        }

        @Override
        public TimeFunction concentration(String site) {
            return TimeFunction.constant(0);
        }

        @Override
        public MassBalance massBalance(double day) {
            return new MassBalance(0, 0, 0);
        }
    };

    private static DrugExposure exposure(String phase, List<DoseRule> rules, double amount, double... days) {
        List<Administration> doses = Arrays.stream(days)
                .mapToObj(day -> new Administration(SimulationTime.ofDays(day), 0, amount, Route.ORAL))
                .toList();
        return new DrugExposure(
                new Drug("temozolomide", "Temozolomide", List.of(), new TreeMap<>(), rules), phase, doses, NOWHERE);
    }

    private static Curve curve(String name, Double... values) {
        Double[] days = new Double[values.length];
        for (int n = 0; n < days.length; n++) {
            days[n] = 10.0 * n;
        }
        return new Curve(name, name, COUNT, List.of(days), List.of(values));
    }

    private static Toxicity counts(Curve... curves) {
        return new Toxicity(List.of(curves), List.of(), List.of());
    }

    private static AdverseEvent event(String term, int grade, boolean haematological, double from, double to) {
        return new AdverseEvent(term, grade, haematological, from, to, 0, "1", "", "");
    }

    @Test
    void dosesAreJudgedByWhatIsFoundBefore() {
        List<FiredRule> fired = DoseGuidance.evaluate(
                List.of(exposure("concomitant", List.of(HOLD, STOP), 100, 0, 10, 20, 30)),
                List.of(counts(curve("neutrophils", 4.0, 1.0, 0.2, 4.0))));
        assertThat(fired)
                .extracting(rule -> rule.time().days(), FiredRule::rule, FiredRule::advice, FiredRule::unit)
                .containsExactly(
                        tuple(10.0, "concomitant-hold", DoseAdvice.HOLD, COUNT),
                        tuple(20.0, "concomitant-stop", DoseAdvice.STOP, COUNT));
        assertThat(fired.get(0).value()).isCloseTo(1, within(1e-9));
        assertThat(fired.get(0).source()).isEqualTo("Temodar label, section 2");
    }

    @Test
    void theValueBeforeAJumpCounts() {
        Curve jump = new Curve("neutrophils", "n", COUNT, List.of(0.0, 10.0, 10.0, 20.0), List.of(4.0, 4.0, 0.1, 4.0));
        assertThat(DoseGuidance.evaluate(
                        List.of(exposure("concomitant", List.of(HOLD), 100, 10, 20)), List.of(counts(jump))))
                .isEmpty();
    }

    @Test
    void strongestAdviceComesFirst() {
        Toxicity toxicity = new Toxicity(
                List.of(curve("neutrophils", 4.0, 1.0, 4.0)), List.of(event("Vomiting", 3, false, 5, 15)), List.of());
        assertThat(DoseGuidance.evaluate(
                        List.of(exposure("concomitant", List.of(HOLD, STOP), 100, 0, 10)), List.of(toxicity)))
                .extracting(FiredRule::advice)
                .containsExactly(DoseAdvice.STOP, DoseAdvice.HOLD);
    }

    @Test
    void rulesOfAnotherPhaseAreSilent() {
        List<Toxicity> low = List.of(counts(curve("neutrophils", 0.1, 0.1, 0.1)));
        assertThat(DoseGuidance.evaluate(List.of(exposure("maintenance", List.of(STOP), 100, 10)), low))
                .isEmpty();
        DoseRule always = new DoseRule("x", "", STOP.conditions(), DoseAdvice.STOP, "t", "s");
        assertThat(DoseGuidance.evaluate(List.of(exposure("maintenance", List.of(always), 100, 10)), low))
                .hasSize(1);
    }

    @Test
    void aSingleOverdoseIsJudgedAtItsNadir() {
        List<FiredRule> fired = DoseGuidance.evaluate(
                List.of(exposure("concomitant", List.of(HOLD, STOP), 1e4, 0)),
                List.of(counts(curve("neutrophils", 4.0, 0.01, 2.0))));
        assertThat(fired)
                .extracting(rule -> rule.time().days(), FiredRule::rule, FiredRule::value)
                .containsExactly(tuple(10.0, "concomitant-stop", 0.01));
    }

    @Test
    void whatADoseSeesIsNotReportedAgainBetweenDoses() {
        List<FiredRule> fired = DoseGuidance.evaluate(
                List.of(exposure("concomitant", List.of(STOP), 100, 0, 10)),
                List.of(counts(curve("neutrophils", 4.0, 0.4, 0.1, 4.0))));
        assertThat(fired).extracting(rule -> rule.time().days()).containsExactly(10.0);
    }

    @Test
    void gradesByTermAndByKind() {
        DoseRule neutropenia = new DoseRule(
                "n",
                "",
                List.of(new DoseRule.Condition("grade.neutrophil-count-decreased", 3, MOST, "1")),
                DoseAdvice.REDUCE,
                "t",
                "s");
        DoseRule blood = new DoseRule(
                "b",
                "",
                List.of(new DoseRule.Condition("grade.haematological", 4, MOST, "1")),
                DoseAdvice.STOP,
                "t",
                "s");
        Toxicity toxicity =
                new Toxicity(List.of(), List.of(event("Neutrophil count decreased", 3, true, 5, 15)), List.of());
        assertThat(DoseGuidance.evaluate(
                        List.of(exposure("", List.of(neutropenia, blood, STOP), 1, 0, 10, 20)), List.of(toxicity)))
                .extracting(rule -> rule.time().days(), FiredRule::rule, FiredRule::value)
                .containsExactly(tuple(10.0, "n", 3.0));
    }

    @Test
    void noDoseNoAdvice() {
        List<Toxicity> low = List.of(counts(curve("neutrophils", 0.1, 0.1, 0.1)));
        assertThat(DoseGuidance.evaluate(List.of(exposure("concomitant", List.of(STOP), 0, 10)), low))
                .isEmpty();
        assertThat(DoseGuidance.evaluate(List.of(), low)).isEmpty();
        assertThat(DoseGuidance.evaluate(List.of(exposure("concomitant", List.of(STOP), 5, 10)), List.of()))
                .isEmpty();
    }

    @Test
    void unitsMustAgree() {
        DoseRule perMicrolitre = new DoseRule(
                "u", "", List.of(new DoseRule.Condition("neutrophils", NONE, 500, "/uL")), DoseAdvice.STOP, "t", "s");
        assertThatThrownBy(() -> DoseGuidance.evaluate(
                        List.of(exposure("", List.of(perMicrolitre), 1, 10)),
                        List.of(counts(curve("neutrophils", 4.0, 4.0)))))
                .hasMessageContaining("/uL")
                .hasMessageContaining(COUNT);
    }
}
