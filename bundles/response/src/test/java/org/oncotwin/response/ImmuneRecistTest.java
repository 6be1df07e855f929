package org.oncotwin.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** iRECIST by the tables of Seymour et al 2017 (Lancet Oncol 18:e143-e152) and the questions and answers of the RECIST working group. */
class ImmuneRecistTest {

    private static final NonTargetLesions NONE = NonTargetLesions.ABSENT;
    private static final NonTargetLesions SOME = NonTargetLesions.PRESENT;
    private static final NonTargetLesions MORE = NonTargetLesions.INCREASED;
    private static final NonTargetLesions AS_BEFORE = NonTargetLesions.PROGRESSED;

    /** Sums of diameters in mm, the first at baseline, at visits every six weeks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 100 70 0          | iSD iPR iCR",
                // Progression, confirmed by 5 mm more.
                "100 120 125           | iUPD iCPD",
                "100 120 124           | iUPD iUPD",
                // Increases of 4 and 2 mm add up.
                "100 120 124 126       | iUPD iUPD iCPD",
                // No change, or less that is still progression: it stays.
                "100 120 120 120       | iUPD iUPD iUPD",
                "100 130 121           | iUPD iUPD",
                // Pseudoprogression.
                "100 130 90            | iUPD iSD",
                "100 130 70            | iUPD iPR",
                "100 130 0             | iUPD iCR",
                // The bar is reset: the next progression is from the nadir and has to be confirmed.
                "100 130 60 72         | iUPD iPR iUPD",
                "100 130 60 72 77      | iUPD iPR iUPD iCPD",
                "100 130 60 72 60      | iUPD iPR iUPD iPR",
                "100 125 100 125 130   | iUPD iSD iUPD iCPD",
                // Confirmed progression is final.
                "100 120 125 10        | iUPD iCPD iCPD",
                // A partial response holds while nothing progresses, but not over unconfirmed progression.
                "100 70 70 80 80 80    | iPR iPR iPR iPR iPR",
                "100 70 90 80          | iPR iUPD iSD"
            })
    void sumsAreCalled(String sums, String calls) {
        assertThat(calls(visits(sums, 42))).isEqualTo(calls);
    }

    @Test
    void firstSignOfConfirmedProgressionIsItsDate() {
        assertThat(assess(visits("100 120 124 126", 42)).progression()).contains(42.0);
        assertThat(assess(visits("100 130 60 72 77", 42)).progression()).contains(126.0);
        assertThat(assess(visits("100 130 60", 42)).progression()).isEmpty();
    }

    /** Four weeks, with the two days that the working group allows; growth that came before still counts afterwards. */
    @ParameterizedTest
    @CsvSource({"14, iUPD", "25, iUPD", "26, iCPD", "28, iCPD", "56, iCPD", "70, iCPD"})
    void confirmationTakesFourWeeks(double days, String call) {
        List<Visit> visits = List.of(Visit.of(42, 120), Visit.of(42 + days, 130));
        assertThat(calls(visits)).isEqualTo("iUPD " + call);
        if (days < 26) {
            assertThat(calls(List.of(visits.get(0), visits.get(1), Visit.of(42 + 31, 130))))
                    .isEqualTo("iUPD iUPD iCPD");
        }
    }

    /** The example of the working group: a new lesion, 14 days later another one, and at four and a half weeks one more and the first one grown. */
    @Test
    void unscheduledScanDoesNotConfirmButTheNextDoes() {
        assertThat(calls(List.of(
                        Visit.of(126, 100).with(NewLesions.measured(1, 10)),
                        Visit.of(140, 100).with(NewLesions.measured(2, 20)),
                        Visit.of(157.5, 100).with(NewLesions.measured(3, 36)))))
                .isEqualTo("iUPD iUPD iCPD");
    }

    // ---- Table 2, row by row: without and with earlier unconfirmed progression ----

    @Test
    void tableTwoWithoutEarlierProgression() {
        assertThat(first(0, NONE, NewLesions.NONE)).isEqualTo("iCR");
        assertThat(first(0, SOME, NewLesions.NONE)).isEqualTo("iPR");
        assertThat(first(60, SOME, NewLesions.NONE)).isEqualTo("iPR");
        assertThat(first(90, SOME, NewLesions.NONE)).isEqualTo("iSD");
        for (double sum : new double[] {90, 60, 0}) {
            assertThat(first(sum, MORE, NewLesions.NONE)).isEqualTo("iUPD");
        }
        assertThat(first(120, SOME, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(first(120, NONE, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(first(120, MORE, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(first(120, MORE, NewLesions.measured(1, 8))).isEqualTo("iUPD");
        assertThat(first(60, SOME, NewLesions.measured(1, 8))).isEqualTo("iUPD");
    }

    @Test
    void tableTwoAfterProgressionOfTargets() {
        Visit before = visit(42, 120, SOME, NewLesions.NONE);
        assertThat(second(before, 0, NONE, NewLesions.NONE)).isEqualTo("iCR");
        assertThat(second(before, 0, SOME, NewLesions.NONE)).isEqualTo("iPR");
        assertThat(second(before, 60, SOME, NewLesions.NONE)).isEqualTo("iPR");
        assertThat(second(before, 90, SOME, NewLesions.NONE)).isEqualTo("iSD");
        assertThat(second(before, 122, SOME, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(second(before, 125, SOME, NewLesions.NONE)).isEqualTo("iCPD");
        // Progression of what had not progressed confirms as well.
        assertThat(second(before, 120, MORE, NewLesions.NONE)).isEqualTo("iCPD");
        assertThat(second(before, 120, SOME, NewLesions.measured(1, 8))).isEqualTo("iCPD");
        assertThat(second(before, 90, SOME, NewLesions.measured(1, 8))).isEqualTo("iCPD");
    }

    @Test
    void tableTwoAfterProgressionOfOtherLesions() {
        Visit before = visit(42, 90, MORE, NewLesions.NONE);
        assertThat(second(before, 90, AS_BEFORE, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(second(before, 60, AS_BEFORE, NewLesions.NONE)).isEqualTo("iUPD");
        assertThat(second(before, 90, MORE, NewLesions.NONE)).isEqualTo("iCPD");
        assertThat(second(before, 90, SOME, NewLesions.NONE)).isEqualTo("iSD");
        assertThat(second(before, 60, SOME, NewLesions.NONE)).isEqualTo("iPR");
        assertThat(second(before, 120, AS_BEFORE, NewLesions.NONE)).isEqualTo("iCPD");
    }

    @Test
    void tableTwoAfterNewLesions() {
        Visit before = visit(42, 90, SOME, NewLesions.measured(1, 10));
        assertThat(second(before, 90, SOME, NewLesions.measured(1, 10))).isEqualTo("iUPD");
        assertThat(second(before, 90, SOME, NewLesions.measured(1, 14))).isEqualTo("iUPD");
        assertThat(second(before, 90, SOME, NewLesions.measured(1, 15))).isEqualTo("iCPD");
        assertThat(second(before, 90, SOME, NewLesions.measured(2, 12))).isEqualTo("iCPD");
        assertThat(second(before, 90, SOME, new NewLesions(1, 1, 0, true))).isEqualTo("iCPD");
        assertThat(second(before, 120, SOME, NewLesions.measured(1, 10))).isEqualTo("iCPD");
        // Gone.
        assertThat(second(before, 90, SOME, new NewLesions(1, 0, 0, false))).isEqualTo("iSD");
        assertThat(second(before, 0, NONE, new NewLesions(1, 0, 0, false))).isEqualTo("iCR");
    }

    /** Scenario B of the working group: a new lesion, after which the target lesions shrink. A complete response needs the new lesion to be gone. */
    @Test
    void shrinkageAfterANewLesionIsAPartialResponse() {
        Visit before = visit(42, 90, NONE, NewLesions.measured(1, 10));
        assertThat(second(before, 60, NONE, NewLesions.measured(1, 10))).isEqualTo("iPR");
        assertThat(second(before, 0, NONE, NewLesions.measured(1, 10))).isEqualTo("iPR");
    }

    /** Scenario D: the target lesions grow and then shrink. */
    @Test
    void shrinkageAfterGrowthIsAPartialResponse() {
        assertThat(calls(visits("100 90 95 120 65", 42))).isEqualTo("iSD iSD iUPD iPR");
    }

    /** Scenario F: partial response first, then a new lesion and no change: the call stays. */
    @Test
    void newLesionAfterAPartialResponseStaysUnconfirmed() {
        assertThat(calls(List.of(
                        visit(42, 60, NONE, NewLesions.NONE),
                        visit(84, 60, NONE, NewLesions.measured(1, 10)),
                        visit(126, 60, NONE, NewLesions.measured(1, 10)),
                        visit(168, 60, NONE, NewLesions.measured(1, 16)))))
                .isEqualTo("iPR iUPD iUPD iCPD");
    }

    /** After the bar is reset a known new lesion is no progression; another one, or 20 % and 5 mm, is. */
    @Test
    void knownNewLesionsProgressAnew() {
        List<Visit> reset = List.of(
                visit(42, 90, NONE, NewLesions.measured(1, 20)), visit(84, 60, NONE, NewLesions.measured(1, 20)));
        assertThat(third(reset, NewLesions.measured(1, 23))).isEqualTo("iPR");
        assertThat(third(reset, NewLesions.measured(1, 25))).isEqualTo("iUPD");
        assertThat(third(reset, NewLesions.measured(2, 22))).isEqualTo("iUPD");
    }

    @Test
    void visitsThatCannotBeEvaluatedLeaveProgressionOpen() {
        assertThat(calls(List.of(Visit.notEvaluable(42)))).isEqualTo("NE");
        assertThat(calls(List.of(Visit.of(42, 120), Visit.notEvaluable(84), Visit.of(126, 126))))
                .isEqualTo("iUPD NE iCPD");
        assertThat(calls(List.of(Visit.of(42, 120), Visit.notEvaluable(84), Visit.of(126, 60))))
                .isEqualTo("iUPD NE iPR");
        assertThat(calls(List.of(
                        Visit.notEvaluable(42).with(MORE), Visit.of(84, 100).with(MORE))))
                .isEqualTo("iUPD iCPD");
    }

    /** Table 3: best overall response. Each field may have any of the responses in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iCR  | iCR/iPR/iUPD/NE | iCR/iPR/iUPD/NE | iUPD                 | iCPD                      | iCR",
                "iUPD | iPR/iSD/NE      | iCR             | iCR/iUPD/NE          | iCR/iPR/iSD/iUPD/iCPD/NE  | iCR",
                "iUPD | iPR             | iPR/iSD/iUPD/NE | iPR/iSD/iUPD/NE/iCPD | iPR/iSD/iUPD/NE/iCPD      | iPR",
                "iUPD | iSD/NE          | iPR             | iPR/iSD/iUPD/NE      | iPR/iSD/iUPD/iCPD/NE      | iPR",
                "iUPD | iSD             | iSD/iUPD/NE     | iSD/iUPD/iCPD/NE     | iSD/iUPD/iCPD/NE          | iSD",
                "iUPD | iCPD            | iCR/iPR/iSD/NE  | iCR/iPR/iSD/NE       | iCR/iPR/iSD/NE            | iCPD",
                "iUPD | iUPD            | iCPD            | iCR/iPR/iSD/NE       | iCR/iPR/iSD/NE            | iCPD",
                "iUPD | NE              | NE              | NE                   | NE                        | iUPD"
            })
    void bestOverallResponseIsThatOfTableThree(
            String one, String two, String three, String four, String five, String best) {
        int series = 0;
        for (List<ImmuneResponse> responses : all(List.of(one, two, three, four, five))) {
            assertThat(ResponseAssessment.best(responses).label())
                    .as("%s", responses)
                    .isEqualTo(best);
            series++;
        }
        assertThat(series).isPositive();
    }

    @Test
    void bestResponseOfACourse() {
        assertThat(assess(visits("100 130 60 72 77", 42)).bestImmune()).isEqualTo(ImmuneResponse.IPR);
        assertThat(assess(visits("100 120 125", 42)).bestImmune()).isEqualTo(ImmuneResponse.ICPD);
        assertThat(assess(List.of()).bestImmune()).isEqualTo(ImmuneResponse.NE);
    }

    /** RECIST 1.1 stops at the first progression, iRECIST goes on. */
    @Test
    void bothCallsStandSideBySide() {
        List<Assessment> calls = assess(visits("100 130 60", 42)).assessments();
        assertThat(calls).extracting(Assessment::recist).containsExactly(Recist.PD, Recist.PD);
        assertThat(calls).extracting(Assessment::immune).containsExactly(ImmuneResponse.IUPD, ImmuneResponse.IPR);
    }

    private static List<List<ImmuneResponse>> all(List<String> fields) {
        List<List<ImmuneResponse>> series = new ArrayList<>();
        series.add(List.of());
        for (String field : fields) {
            List<List<ImmuneResponse>> longer = new ArrayList<>();
            for (List<ImmuneResponse> start : series) {
                for (String label : field.split("/")) {
                    List<ImmuneResponse> one = new ArrayList<>(start);
                    one.add(response(label));
                    longer.add(one);
                }
            }
            series = longer;
        }
        return series;
    }

    private static ImmuneResponse response(String label) {
        return Arrays.stream(ImmuneResponse.values())
                .filter(r -> r.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static String first(double sum, NonTargetLesions others, NewLesions appeared) {
        return calls(List.of(visit(42, sum, others, appeared)));
    }

    private static String second(Visit before, double sum, NonTargetLesions others, NewLesions appeared) {
        return calls(List.of(before, visit(84, sum, others, appeared))).split(" ")[1];
    }

    private static String third(List<Visit> before, NewLesions appeared) {
        List<Visit> visits = new ArrayList<>(before);
        visits.add(visit(126, 60, NONE, appeared));
        return calls(visits).split(" ")[2];
    }

    private static Visit visit(double day, double sum, NonTargetLesions others, NewLesions appeared) {
        return Visit.of(day, sum).with(others).with(appeared);
    }

    private static List<Visit> visits(String sums, double every) {
        String[] values = sums.split(" ");
        List<Visit> visits = new ArrayList<>();
        for (int n = 1; n < values.length; n++) {
            visits.add(Visit.of(n * every, Double.parseDouble(values[n])));
        }
        return visits;
    }

    private static ResponseAssessment assess(List<Visit> visits) {
        return ResponseAssessment.of(Visit.of(0, 100).with(SOME), visits);
    }

    private static String calls(List<Visit> visits) {
        return assess(visits).assessments().stream()
                .map(a -> a.immune().label())
                .collect(Collectors.joining(" "));
    }
}
