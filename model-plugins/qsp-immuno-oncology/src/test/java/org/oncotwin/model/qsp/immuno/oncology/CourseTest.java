package org.oncotwin.model.qsp.immuno.oncology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TimeFunction;

/** The course that the README shows: a tumour of 3 cm with the published parameters. */
class CourseTest {

    private static final Tumour TUMOUR = Tumour.of(Map.of());
    private static final int EVERY = 4;
    private static final int DAYS = 240;

    /** The platform's run: days and diameters in cm. */
    private static final double[][] PLATFORM = {
        {0, 3},
        {28, 3.21015108957897},
        {50, 3.16792426513505},
        {100, 2.63000343690003},
        {150, 1.86259126124241},
        {200, 1.15762303186173}
    };

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
        Effects nivolumab = Effects.of(
                EffectPort.PD1_BLOCKADE, NivolumabCourse.of(TimeFunction.constant(Tumour.THREE_CENTIMETRES), DAYS + 1));
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\" font-family=\"sans-serif\" "
                + "font-size=\"12\">\n<rect width=\"640\" height=\"360\" fill=\"white\"/>\n");
        for (int volume = 0; volume <= 80; volume += 20) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
                    x(0),
                    y(volume),
                    x(DAYS),
                    y(volume)));
            svg.append(text(x(0) - 8, y(volume) + 4, "end", "#333", Integer.toString(volume)));
        }
        for (int day = 0; day <= DAYS; day += 40) {
            svg.append(text(x(day), y(0) + 18, "middle", "#333", Integer.toString(day)));
        }
        svg.append(text(x(120), y(0) + 38, "middle", "#333", "day"));
        curves(svg, Effects.none(), "#777");
        curves(svg, nivolumab, "#0060a0");
        for (double[] seen : PLATFORM) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"none\" stroke=\"#0060a0\"/>\n",
                    x(seen[0]),
                    y(Sphere.volume(seen[1]))));
        }
        svg.append(text(400, 60, "start", "#333", "volume, cm3; circles: the platform"));
        svg.append(text(400, 80, "start", "#333", "dashed: T cells in the tumour, 1e5"));
        svg.append(text(400, 100, "start", "#777", "untreated"));
        svg.append(text(400, 120, "start", "#0060a0", "nivolumab 3 mg/kg every two weeks"));
        return svg.append("</svg>\n").toString();
    }

    private static void curves(StringBuilder svg, Effects effects, String colour) {
        StringBuilder volumes = new StringBuilder();
        StringBuilder cells = new StringBuilder();
        State state = TUMOUR.start(Tumour.THREE_CENTIMETRES);
        for (int day = 0; day <= DAYS; day += EVERY) {
            if (day > 0) {
                state = TUMOUR.advance(state, day, effects);
            }
            volumes.append(point(day, TUMOUR.volume(state)));
            cells.append(point(
                    day,
                    (Tumour.amount(state, Species.TUMOUR_EFFECTOR) + Tumour.amount(state, Species.TUMOUR_REGULATORY))
                            / 1e5));
        }
        line(svg, volumes, colour, "");
        line(svg, cells, colour, " stroke-dasharray=\"5 4\"");
    }

    private static String point(int day, double value) {
        return value > 80 ? "" : String.format(Locale.ROOT, "%.1f,%.1f ", x(day), y(value));
    }

    private static void line(StringBuilder svg, StringBuilder points, String colour, String dashes) {
        svg.append("<polyline fill=\"none\" stroke=\"")
                .append(colour)
                .append("\" stroke-width=\"2\"")
                .append(dashes)
                .append(" points=\"")
                .append(points)
                .append("\"/>\n");
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

    private static double y(double value) {
        return 310 - value * 280 / 80;
    }
}
