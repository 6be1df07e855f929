package org.oncotwin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.units.UcumUnitConverter;

/** Rules of a label fire at the dose that they concern, or at the worst value if no dose follows. */
@Tag("SR-1606")
class DoseGuidanceTest {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private static DoseRule rule(String id, String phase, DoseAdvice advice, DoseRule.Condition... conditions) {
        return new DoseRule(id, phase, List.of(conditions), advice, "text of " + id, "label");
    }

    private static DoseRule.Condition neutrophils(double least, double below) {
        return new DoseRule.Condition("neutrophils", least, below, "10*9/L");
    }

    private static DrugExposure exposure(String phase, List<DoseRule> rules, double... days) {
        List<Administration> doses = new ArrayList<>();
        for (double day : days) {
            doses.add(new Administration(SimulationTime.ofDays(day), 0, 100, Route.ORAL));
        }
        return new DrugExposure(new Drug("drug", "Drug", List.of(), new TreeMap<>(), rules), phase, doses, null);
    }

    /** Falls from 4 on day 0 to 0.2 on day 10 and is back on day 20. */
    private static Toxicity blood(AdverseEvent... events) {
        return new Toxicity(
                List.of(new Curve(
                        "neutrophils", "Neutrophils", "10*9/L", List.of(0.0, 10.0, 20.0), List.of(4.0, 0.2, 4.0))),
                List.of(events),
                List.of());
    }

    private static DoseGuidance judged(List<DrugExposure> exposures, List<Toxicity> toxicities) {
        return DoseGuidance.of(
                exposures, toxicities, Set.of("Neutrophil count decreased", "Vomiting"), new UcumUnitConverter());
    }

    private static final DoseRule HOLD = rule("hold", "", DoseAdvice.HOLD, neutrophils(0.5, 1.5));
    private static final DoseRule STOP = rule("stop", "", DoseAdvice.STOP, neutrophils(Double.NEGATIVE_INFINITY, 0.5));

    @Test
    void ruleFiresAtTheFirstDoseThatFallsIntoItsTime() {
        // 4 - 0.38 d: 1.34 on day 7, 0.96 on day 8, 0.58 on day 9, 0.2 on day 10.
        DoseGuidance found = judged(List.of(exposure("", List.of(STOP, HOLD), 0, 5, 7, 8, 9, 10)), List.of(blood()));
        assertThat(found.remarks()).isEmpty();
        assertThat(found.fired()).extracting(FiredRule::rule).containsExactly("hold", "stop");
        assertThat(found.fired())
                .extracting(FiredRule::time)
                .containsExactly(SimulationTime.ofDays(7), SimulationTime.ofDays(10));
        assertThat(found.fired().get(1).value()).isEqualTo(0.2);
        assertThat(found.fired().get(1).advice()).isEqualTo(DoseAdvice.STOP);
        assertThat(found.fired().get(1).text()).isEqualTo("text of stop");
    }

    @Test
    void overdoseAfterWhichNoDoseComesIsJudgedAtItsWorst() {
        DoseGuidance found = judged(List.of(exposure("", List.of(STOP), 0)), List.of(blood()));
        assertThat(found.fired()).hasSize(1);
        assertThat(found.fired().get(0).time()).isEqualTo(SimulationTime.ofDays(10));
        assertThat(found.fired().get(0).value()).isEqualTo(0.2);
    }

    @Test
    void whatWasBeforeTheFirstDoseDoesNotCount() {
        assertThat(judged(List.of(exposure("", List.of(STOP), 15)), List.of(blood()))
                        .fired())
                .isEmpty();
    }

    @Test
    void rulesOfAnotherPhaseDoNotFire() {
        DoseRule later = rule("later", "maintenance", DoseAdvice.STOP, neutrophils(Double.NEGATIVE_INFINITY, 0.5));
        assertThat(judged(List.of(exposure("concomitant", List.of(later), 0)), List.of(blood()))
                        .fired())
                .isEmpty();
        assertThat(judged(List.of(exposure("maintenance", List.of(later), 0)), List.of(blood()))
                        .fired())
                .hasSize(1);
    }

    @Test
    void gradesAreThoseOfTheirTermAndOfBloodOrNot() {
        AdverseEvent neutropenia =
                new AdverseEvent("Neutrophil count decreased", 4, true, 9, 11, 0.2, "10*9/L", "r", "s");
        AdverseEvent vomiting = new AdverseEvent("Vomiting", 3, false, 2, 4, 7, "1", "r", "s");
        List<DoseRule> rules = List.of(
                rule("any", "", DoseAdvice.STOP, new DoseRule.Condition("grade.non-haematological", 3, NONE, "1")),
                rule("blood", "", DoseAdvice.HOLD, new DoseRule.Condition("grade.haematological", 4, NONE, "1")),
                rule(
                        "term",
                        "",
                        DoseAdvice.REDUCE,
                        new DoseRule.Condition("grade.neutrophil-count-decreased", 3, NONE, "1")),
                rule("none", "", DoseAdvice.STOP, new DoseRule.Condition("grade.nausea", 1, NONE, "1")));
        DoseGuidance found = judged(List.of(exposure("", rules, 0, 3)), List.of(blood(neutropenia, vomiting)));
        assertThat(found.fired()).extracting(FiredRule::rule).containsExactly("any", "blood", "term");
        assertThat(found.fired().get(0).time()).isEqualTo(SimulationTime.ofDays(3));
        assertThat(found.fired().get(1).time()).isEqualTo(SimulationTime.ofDays(9));
    }

    @Test
    void ruleThatNothingCanJudgeIsSaidAndAWrongUnitIsAnError() {
        DoseRule platelets = rule(
                "platelets",
                "",
                DoseAdvice.HOLD,
                new DoseRule.Condition("platelets", Double.NEGATIVE_INFINITY, 100, "10*9/L"));
        assertThat(judged(List.of(exposure("", List.of(platelets), 0)), List.of(blood()))
                        .remarks())
                .containsExactly(
                        "Rule platelets of Drug was not judged by platelets: no toxicity model of the run computes it");
        DoseRule misspelt =
                rule("misspelt", "", DoseAdvice.STOP, new DoseRule.Condition("grade.vomitting", 3, NONE, "1"));
        assertThat(judged(List.of(exposure("", List.of(misspelt), 0)), List.of(blood()))
                        .remarks())
                .containsExactly(
                        "Rule misspelt of Drug was not judged by grade.vomitting: no toxicity model of the run computes it");
        DoseRule wrong = rule(
                "wrong",
                "",
                DoseAdvice.HOLD,
                new DoseRule.Condition("neutrophils", Double.NEGATIVE_INFINITY, 500, "mg"));
        assertThatThrownBy(() -> judged(List.of(exposure("", List.of(wrong), 0)), List.of(blood())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("drugs.drug.dose_rules.wrong: neutrophils is computed in 10*9/L; ");
    }

    @Test
    void boundsAreInTheirOwnUnits() {
        DoseRule microlitres = rule(
                "microlitres",
                "",
                DoseAdvice.STOP,
                new DoseRule.Condition("neutrophils", Double.NEGATIVE_INFINITY, 500, "/uL"));
        DoseGuidance found = judged(List.of(exposure("", List.of(microlitres), 0)), List.of(blood()));
        assertThat(found.fired()).hasSize(1);
        assertThat(found.fired().get(0).value()).isCloseTo(200, within(1e-9));
        assertThat(found.fired().get(0).unit()).isEqualTo("/uL");
    }

    @Test
    void rulesOfAPartEndWhereTheNextPartBegins() {
        DoseRule early = rule("early", "concomitant", DoseAdvice.STOP, neutrophils(Double.NEGATIVE_INFINITY, 0.5));
        DrugExposure concomitant = exposure("concomitant", List.of(early), 0, 1);
        assertThat(judged(List.of(concomitant), List.of(blood())).fired()).hasSize(1);
        DrugExposure maintenance = exposure("maintenance", List.of(early), 5);
        assertThat(judged(List.of(concomitant, maintenance), List.of(blood())).fired())
                .isEmpty();
    }
}
