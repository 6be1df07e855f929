package org.oncotwin.model.checkpoint.inhibitor.spatial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.Effects;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.State;

/** The courses that the README shows: a tumour of 1.4 cm3 of each phenotype with the default parameters. */
class CourseTest {

    private static final int WEEK = 7;
    private static final int DAYS = 364;
    private static final double TOP = 4;

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
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 820 360\" font-family=\"sans-serif\" "
                + "font-size=\"12\">\n<rect width=\"820\" height=\"360\" fill=\"white\"/>\n");
        for (int volume = 0; volume <= TOP; volume++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
                    x(0),
                    y(volume),
                    x(DAYS),
                    y(volume)));
            svg.append(text(x(0) - 8, y(volume) + 4, "end", "#333", Integer.toString(volume)));
        }
        for (int day = 0; day <= DAYS; day += 60) {
            svg.append(text(x(day), y(0) + 18, "middle", "#333", Integer.toString(day)));
        }
        svg.append(text(x(DAYS / 2.0), y(0) + 38, "middle", "#333", "day"));
        svg.append(text(x(0), y(TOP) - 12, "middle", "#333", "cm3"));
        List<String> phenotypes = List.of("inflamed", "excluded", "desert");
        List<String> colours = List.of("#c04000", "#0060a0", "#308030");
        for (int n = 0; n < phenotypes.size(); n++) {
            Grown tumour = Grown.of(Map.of(), Map.of("immune-phenotype", phenotypes.get(n)));
            curve(svg, tumour, Effects.none(), colours.get(n), "5 4");
            List<State> treated = curve(svg, tumour, Grown.PD1, colours.get(n), "");
            svg.append(text(70, 60 + 20 * n, "start", colours.get(n), phenotypes.get(n)));
            slice(svg, treated.get(26), 620, 40 + 100 * n);
            svg.append(text(720, 85 + 100 * n, "start", colours.get(n), phenotypes.get(n)));
        }
        svg.append(text(70, 120, "start", "#333", "PD-1 blockade; dashed: untreated"));
        svg.append(text(620, 30, "start", "#333", "cellularity on day 182, treated"));
        return svg.append("</svg>\n").toString();
    }

    /** Viable tumour every week. */
    private static List<State> curve(StringBuilder svg, Grown tumour, Effects effects, String colour, String dashes) {
        List<State> course = tumour.course(Grown.ball(7), WEEK, DAYS, effects);
        svg.append("<polyline fill=\"none\" stroke=\"").append(colour).append("\" stroke-width=\"2\"");
        if (!dashes.isEmpty()) {
            svg.append(" stroke-dasharray=\"").append(dashes).append('"');
        }
        svg.append(" points=\"");
        for (State state : course) {
            double burden = tumour.burden(state);
            if (burden <= TOP) {
                svg.append(
                        String.format(Locale.ROOT, "%.1f,%.1f ", x(state.time().days()), y(burden)));
            }
        }
        svg.append("\"/>\n");
        return course;
    }

    /** The slice through the middle, dark where cellularity is 1. */
    private static void slice(StringBuilder svg, State state, int left, int top) {
        Field cellularity = state.field(Grown.OWNER, SpatialState.CELLULARITY);
        for (int j = 0; j < Grown.GRID.ny(); j++) {
            for (int i = 0; i < Grown.GRID.nx(); i++) {
                int grey = (int) Math.round(255 * (1 - Math.min(1, cellularity.value(i, j, 3))));
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"8\" height=\"8\" fill=\"#%02x%02x%02x\"/>\n",
                        left + 8 * i,
                        top + 8 * j,
                        grey,
                        grey,
                        grey));
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"88\" height=\"88\" fill=\"none\" stroke=\"#999\"/>\n",
                left,
                top));
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
        return 50 + day * 540 / DAYS;
    }

    private static double y(double volume) {
        return 310 - volume * 270 / TOP;
    }
}
