package org.oncotwin.model.checkpoint.inhibitor.tme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;
import org.oncotwin.response.Assessment;
import org.oncotwin.response.ImmuneResponse;
import org.oncotwin.response.Recist;
import org.oncotwin.response.ResponseAssessment;
import org.oncotwin.response.Visit;
import org.oncotwin.tumour.immune.Quantities;

/** The course that the README shows: a lesion of 14 cm3 with the default parameters. */
class CourseTest {

    private static final Lesion LESION = Lesion.of(Map.of(), Map.of());
    private static final Effects BOTH = Lesion.PD1.and(EffectPort.CTLA4_BLOCKADE, TimeFunction.constant(20));
    private static final int WEEK = 7;
    private static final int DAYS = 364;

    /** By RECIST 1.1 the patient has progressed at the first visit; by iRECIST it is not confirmed, and a partial response follows. */
    @Test
    void pseudoprogressionIsNotConfirmed() {
        List<State> course = LESION.course(14, 6 * WEEK, DAYS, Lesion.PD1);
        List<Visit> visits = course.stream()
                .map(s -> Visit.of(
                        s.time().days(), 10 * LESION.process().observe(s).get(Quantities.DIAMETER)))
                .toList();
        ResponseAssessment response = ResponseAssessment.of(visits.get(0), visits.subList(1, visits.size()));
        assertThat(response.assessments()).extracting(Assessment::recist).containsOnly(Recist.PD);
        assertThat(response.assessments())
                .extracting(Assessment::immune)
                .containsExactly(
                        ImmuneResponse.IUPD,
                        ImmuneResponse.IUPD,
                        ImmuneResponse.ISD,
                        ImmuneResponse.ISD,
                        ImmuneResponse.ISD,
                        ImmuneResponse.IPR,
                        ImmuneResponse.IPR,
                        ImmuneResponse.IPR);
        assertThat(response.progression()).isEmpty();
        assertThat(response.bestImmune()).isEqualTo(ImmuneResponse.IPR);
    }

    /** Without drugs the same lesion has progressed by both. */
    @Test
    void progressionWithoutDrugsIsConfirmed() {
        List<Visit> visits = LESION.course(14, 6 * WEEK, DAYS, Effects.none()).stream()
                .map(s -> Visit.of(
                        s.time().days(), 10 * LESION.process().observe(s).get(Quantities.DIAMETER)))
                .toList();
        ResponseAssessment response = ResponseAssessment.of(visits.get(0), visits.subList(1, visits.size()));
        assertThat(response.bestRecist()).isEqualTo(Recist.SD);
        assertThat(response.progression()).contains(84.0);
    }

    /** The figure of the README is what the model gives today; if it differs, the new one lies in the folder target and takes its place. */
    @Test
    void figureIsThatOfTheModel() throws IOException {
        String figure = figure();
        Path drawn = Path.of("target", "course.svg");
        Files.createDirectories(drawn.getParent());
        Files.writeString(drawn, figure);
        assertThat(Path.of("course.svg")).hasContent(figure);
    }

    private static String figure() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\" font-family=\"sans-serif\" "
                + "font-size=\"12\">\n<rect width=\"640\" height=\"360\" fill=\"white\"/>\n");
        for (int volume = 0; volume <= 40; volume += 10) {
            line(svg, 0, volume, DAYS, volume, "#ddd");
            svg.append(text(x(0) - 8, y(volume) + 4, "end", "#333", Integer.toString(volume)));
        }
        for (int day = 0; day <= DAYS; day += 60) {
            svg.append(text(x(day), y(0) + 18, "middle", "#333", Integer.toString(day)));
        }
        svg.append(text(x(182), y(0) + 38, "middle", "#333", "day"));
        svg.append(text(x(0), y(40) - 12, "middle", "#333", "cm3"));
        curve(svg, Effects.none(), LESION::volume, "#555", "");
        curve(svg, Lesion.PD1, LESION::volume, "#0060a0", "");
        curve(svg, Lesion.PD1, LESION::burden, "#0060a0", "5 4");
        curve(svg, BOTH, LESION::volume, "#c04000", "");
        curve(svg, BOTH, LESION::burden, "#c04000", "5 4");
        svg.append(text(440, 60, "start", "#555", "untreated, as an image shows it"));
        svg.append(text(440, 80, "start", "#0060a0", "PD-1 blockade"));
        svg.append(text(440, 100, "start", "#c04000", "PD-1 and CTLA-4 blockade"));
        svg.append(text(440, 120, "start", "#333", "dashed: viable tumour"));
        return svg.append("</svg>\n").toString();
    }

    private static void curve(
            StringBuilder svg, Effects effects, ToDoubleFunction<State> value, String colour, String dashes) {
        List<State> course = LESION.course(14, WEEK, DAYS, effects);
        svg.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" stroke-width=\"2\"");
        if (!dashes.isEmpty()) {
            svg.append(" stroke-dasharray=\"").append(dashes).append('"');
        }
        svg.append(" points=\"");
        IntStream.range(0, course.size())
                .filter(n -> value.applyAsDouble(course.get(n)) <= 40)
                .forEach(n -> svg.append(
                        String.format(Locale.ROOT, "%.1f,%.1f ", x(n * WEEK), y(value.applyAsDouble(course.get(n))))));
        svg.append("\"/>\n");
    }

    private static void line(
            StringBuilder svg, double day, double volume, double toDay, double toVolume, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                x(day),
                y(volume),
                x(toDay),
                y(toVolume),
                colour));
    }

    private static String text(double x, double y, String anchor, String colour, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                colour,
                words);
    }

    private static double x(double day) {
        return 50 + day * 560 / DAYS;
    }

    private static double y(double volume) {
        return 310 - volume * 270 / 40;
    }
}
