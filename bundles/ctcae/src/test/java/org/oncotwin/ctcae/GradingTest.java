package org.oncotwin.ctcae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.twin.Curve;

/**
 * Cut-offs as CTCAE v5.0 has them: neutrophils LLN - 1500/mm3, 1500 - 1000, 1000 - 500, below 500; platelets LLN - 75,000/mm3, 75,000 - 50,000, 50,000 - 25,000, below 25,000; creatinine above ULN - 1.5 x ULN, 1.5 - 3.0 x baseline or ULN,
 * above 3.0 x baseline or 3.0 - 6.0 x ULN, above 6.0 x ULN; ALT above ULN - 3.0 x ULN, 3.0 - 5.0, 5.0 - 20.0, above 20.0 x ULN if baseline was normal, 1.5 - 3.0 x baseline and so on if it was abnormal.
 */
@Tag("SR-1606")
class GradingTest {

    private static final Limits NEUTROPHILS = new Limits(2, Double.POSITIVE_INFINITY, 5);

    private static Curve curve(String unit, double... values) {
        List<Double> days = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int day = 0; day < values.length; day++) {
            days.add((double) day);
            all.add(values[day]);
        }
        return new Curve("neutrophils", "Neutrophils", unit, days, all);
    }

    private static int grade(String term, String unit, Limits limits, double value) {
        return Grading.events(term, curve(unit, value, value), limits).stream()
                .mapToInt(AdverseEvent::grade)
                .max()
                .orElse(0);
    }

    @Test
    void neutrophils() {
        double[] values = {5, 2, 1.99, 1.5, 1.49, 1.0, 0.99, 0.5, 0.49, 0};
        int[] grades = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
        for (int n = 0; n < values.length; n++) {
            assertThat(grade("Neutrophil count decreased", "10*9/L", NEUTROPHILS, values[n]))
                    .as("%s", values[n])
                    .isEqualTo(grades[n]);
        }
    }

    @Test
    void platelets() {
        Limits limits = new Limits(150, 400, 250);
        double[] values = {150, 149, 75, 74, 50, 49, 25, 24};
        int[] grades = {0, 1, 1, 2, 2, 3, 3, 4};
        for (int n = 0; n < values.length; n++) {
            assertThat(grade("Platelet count decreased", "10*9/L", limits, values[n]))
                    .as("%s", values[n])
                    .isEqualTo(grades[n]);
        }
    }

    @Test
    void creatinineCountsBaselineToo() {
        Limits limits = new Limits(0, 1.2, 0.6);
        double[] values = {0.89, 0.91, 1.21, 1.81, 3.59, 3.61, 7.19, 7.21};
        int[] grades = {0, 2, 2, 3, 3, 3, 3, 4};
        for (int n = 0; n < values.length; n++) {
            assertThat(grade("Creatinine increased", "mg/dL", limits, values[n]))
                    .as("%s", values[n])
                    .isEqualTo(grades[n]);
        }
        assertThat(grade("Creatinine increased", "mg/dL", new Limits(0, 1.2, 1.2), 1.3))
                .isEqualTo(1);
    }

    @Test
    void liverEnzymesDependOnTheBaseline() {
        Limits normal = new Limits(0, 40, 30);
        Limits abnormal = new Limits(0, 40, 60);
        String term = "Alanine aminotransferase increased";
        assertThat(grade(term, "U/L", normal, 41)).isEqualTo(1);
        assertThat(grade(term, "U/L", normal, 121)).isEqualTo(2);
        assertThat(grade(term, "U/L", normal, 201)).isEqualTo(3);
        assertThat(grade(term, "U/L", normal, 801)).isEqualTo(4);
        assertThat(grade(term, "U/L", abnormal, 89)).isZero();
        assertThat(grade(term, "U/L", abnormal, 91)).isEqualTo(1);
        assertThat(grade(term, "U/L", abnormal, 181)).isEqualTo(2);
        assertThat(grade(term, "U/L", abnormal, 301)).isEqualTo(3);
        assertThat(grade(term, "U/L", abnormal, 1201)).isEqualTo(4);
        assertThat(grade("Blood bilirubin increased", "mg/dL", new Limits(0, 1, 0.8), 3.1))
                .isEqualTo(3);
    }

    /** From 5 on day 0 to 0 on day 1 and back: the times are those of straight lines. */
    @Test
    void eventsStartAndEndWhereLimitsAreCrossed() {
        List<AdverseEvent> events = Grading.events("Neutrophil count decreased", curve("10*9/L", 5, 0, 5), NEUTROPHILS);
        assertThat(events).extracting(AdverseEvent::grade).containsExactly(1, 2, 3, 4, 3, 2, 1);
        double[] starts = {0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3};
        for (int n = 0; n < starts.length; n++) {
            assertThat(events.get(n).fromDay()).isCloseTo(starts[n], within(1e-12));
        }
        assertThat(events.get(3).value()).isZero();
        assertThat(events.get(3).toDay()).isCloseTo(1.1, within(1e-12));
        assertThat(events.get(2).value()).isCloseTo(0.5, within(1e-12));
        assertThat(events.get(3).rule()).contains("neutrophils below 0.5 10*9/L");
        assertThat(events).allSatisfy(event -> assertThat(event.source()).contains("CTCAE v5.0"));
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Grading.events("Bad mood", curve("1", 1, 1), NEUTROPHILS))
                .hasMessageContaining("Bad mood")
                .hasMessageContaining("Platelet count decreased");
        assertThatThrownBy(() -> Grading.events("Neutrophil count decreased", curve("/uL", 1, 1), NEUTROPHILS))
                .hasMessageContaining("/uL")
                .hasMessageContaining("10*9/L");
    }

    /** Wording of CTCAE v5.0; the table ends where its words do, semicolons in them included. */
    @Test
    void describedGradesHaveTheWordingOfTheCriteria() {
        String term = "Peripheral sensory neuropathy";
        assertThat(DescribedGrade.of(term, 2).wording()).isEqualTo("Moderate symptoms; limiting instrumental ADL");
        assertThat(DescribedGrade.of(term, 3).wording()).isEqualTo("Severe symptoms; limiting self care ADL");
        assertThat(DescribedGrade.all()).allSatisfy(described -> {
            assertThat(described.grade()).isBetween(1, 4);
            assertThat(described.haematological()).isFalse();
            assertThat(Criterion.all()).extracting(Criterion::term).doesNotContain(described.term());
        });
        assertThatThrownBy(() -> DescribedGrade.of(term, 7))
                .hasMessageContaining("of grade 7")
                .hasMessageContaining(term + " 3");
    }

    @Test
    void everyTermHasRisingGrades() {
        for (Criterion criterion : Criterion.all()) {
            assertThat(criterion.grade()).isBetween(1, 4);
            assertThat(criterion.wording()).isNotBlank();
        }
        assertThat(Criterion.all()).extracting(Criterion::term).contains("Anemia", "GGT increased");
    }
}
