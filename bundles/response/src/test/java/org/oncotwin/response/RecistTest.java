package org.oncotwin.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RECIST 1.1 on sums of diameters in mm every six weeks, by the rules of Eisenhauer et al 2009. */
class RecistTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 70                | PR",
                "100 71                | SD",
                "100 0                 | CR",
                "100 119               | SD",
                "100 120               | PD",
                // 20 % above the nadir, not above the baseline.
                "100 50 59             | PR PR",
                "100 50 60             | PR PD",
                // 20 % alone is not progression below 5 mm.
                "20 15 19              | SD SD",
                "20 15 20              | SD PD",
                "10 4 8 9              | PR PR PD",
                // The baseline may be the nadir.
                "25 29 30              | SD PD",
                // Gone and back.
                "100 0 4 5             | CR PR PD",
                // Progression is final.
                "100 130 10            | PD PD",
                // A partial response holds while nothing progresses (questions and answers of the RECIST working
                // group).
                "100 70 70 80 80 80    | PR PR PR PR PR"
            })
    void sumsAreCalled(String sums, String calls) {
        assertThat(calls(sums)).isEqualTo(calls);
    }

    @Test
    void lymphNodesBelowTenMillimetresAreACompleteResponse() {
        Visit nodes = new Visit(42, Optional.of(new TargetLesions(9, true)), NonTargetLesions.ABSENT, NewLesions.NONE);
        assertThat(recist(nodes)).isEqualTo(Recist.CR);
    }

    @Test
    void otherLesionsAndNewOnesCount() {
        assertThat(recist(Visit.of(42, 0).with(NonTargetLesions.PRESENT))).isEqualTo(Recist.PR);
        assertThat(recist(Visit.of(42, 0).with(NonTargetLesions.NOT_EVALUATED))).isEqualTo(Recist.PR);
        assertThat(recist(Visit.of(42, 60).with(NonTargetLesions.INCREASED))).isEqualTo(Recist.PD);
        assertThat(recist(Visit.of(42, 60).with(NewLesions.measured(1, 10)))).isEqualTo(Recist.PD);
        assertThat(recist(Visit.notEvaluable(42))).isEqualTo(Recist.NE);
        assertThat(recist(Visit.notEvaluable(42).with(NewLesions.measured(1, 10))))
                .isEqualTo(Recist.PD);
    }

    @Test
    void bestResponseIsTheBest() {
        assertThat(assess("100 90 60 130").bestRecist()).isEqualTo(Recist.PR);
        assertThat(assess("100 130 60").bestRecist()).isEqualTo(Recist.PD);
        assertThat(assess("100").bestRecist()).isEqualTo(Recist.NE);
    }

    @Test
    void impossibleInputIsRefused() {
        assertThatThrownBy(() -> ResponseAssessment.of(Visit.of(0, 0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a sum above 0 mm");
        assertThatThrownBy(() -> ResponseAssessment.of(Visit.notEvaluable(0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no target lesions");
        assertThatThrownBy(() -> ResponseAssessment.of(Visit.of(0, 10), List.of(Visit.of(0, 10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed are rising days");
        assertThatThrownBy(() -> TargetLesions.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 0 mm");
        assertThatThrownBy(() -> TargetLesions.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NewLesions(1, 2, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Visit.of(Double.NaN, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Recist recist(Visit visit) {
        return ResponseAssessment.of(Visit.of(0, 100), List.of(visit))
                .assessments()
                .get(0)
                .recist();
    }

    private static String calls(String sums) {
        return assess(sums).assessments().stream().map(a -> a.recist().name()).collect(Collectors.joining(" "));
    }

    private static ResponseAssessment assess(String sums) {
        double[] values =
                Arrays.stream(sums.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return ResponseAssessment.of(
                Visit.of(0, values[0]),
                IntStream.range(1, values.length)
                        .mapToObj(n -> Visit.of(42.0 * n, values[n]))
                        .toList());
    }
}
