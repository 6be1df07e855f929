package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.oncotwin.report.html.CurvesSection.Line;
import org.oncotwin.report.html.CurvesSection.Mark;

/**
 * A line chart drawn on the server, for print and for readers without scripts. Linear axes.
 *
 * @param width width of the drawing
 * @param height height of the drawing
 * @param label what is drawn, with its unit
 * @param left left edge of the plot
 * @param right right edge of the plot
 * @param top upper edge of the plot
 * @param bottom lower edge of the plot
 * @param plotHeight height of the plot
 * @param eventEnd lower end of the marks of events, which hang from the upper edge where they hide no small values
 * @param unitsAt where the title of the time axis stands
 * @param vertical ticks of the vertical axis
 * @param horizontal ticks of the time axis
 * @param paths one per line
 * @param bands one per course
 * @param description what a reader who cannot see it must know
 */
record LineChart(
        int width,
        int height,
        String label,
        String left,
        String right,
        String top,
        String bottom,
        String plotHeight,
        String eventEnd,
        String unitsAt,
        List<Tick> vertical,
        List<Tick> horizontal,
        List<Path> paths,
        List<Band> bands,
        String description) {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 320;
    private static final double LEFT = 64;
    private static final double RIGHT = WIDTH - 130;
    private static final double TOP = 16;
    private static final double BOTTOM = HEIGHT - 44;
    private static final double LABEL_HEIGHT = 16;
    private static final double EVENT = 8;

    /**
     * A tick.
     *
     * @param at where along its axis
     * @param text what stands at it
     */
    record Tick(String at, String text) {}

    /**
     * A line.
     *
     * @param style how it is drawn
     * @param arm name beside its end
     * @param data SVG path
     * @param endX where the name stands
     * @param endY where the name stands
     */
    record Path(ArmStyle style, String arm, String data, String endX, String endY) {}

    /**
     * A course behind the lines.
     *
     * @param style how it is drawn
     * @param start first event
     * @param length from the first event to the last
     * @param events where events are
     */
    record Band(ArmStyle style, String start, String length, List<String> events) {}

    static LineChart of(String label, List<Double> days, List<Line> lines, List<Mark> marks) {
        double first = days.get(0);
        double last = days.get(days.size() - 1);
        double span = last > first ? last - first : 1;
        double largest = 0;
        double smallest = 0;
        for (Line line : lines) {
            for (Double value : line.values()) {
                if (value != null && Double.isFinite(value)) {
                    largest = Math.max(largest, value);
                    smallest = Math.min(smallest, value);
                }
            }
        }
        double high = largest > 0 ? AxisTicks.roundUp(largest, 5) : smallest < 0 ? 0 : 1;
        double low = smallest < 0 ? -AxisTicks.roundUp(-smallest, 5) : 0;

        AxisTicks up = AxisTicks.between(low, high, 5);
        AxisTicks along = AxisTicks.between(first, first + span, 10);
        List<Tick> vertical = new ArrayList<>();
        for (int n = 0; n < up.values().size(); n++) {
            vertical.add(new Tick(
                    Coordinates.of(y(up.values().get(n), low, high)),
                    up.labels().get(n)));
        }
        List<Tick> horizontal = new ArrayList<>();
        for (int n = 0; n < along.values().size(); n++) {
            horizontal.add(new Tick(
                    Coordinates.of(x(along.values().get(n), first, span)),
                    along.labels().get(n)));
        }
        List<Path> paths = new ArrayList<>();
        for (Line line : lines) {
            paths.add(path(line, days, first, span, low, high));
        }
        List<Band> bands = new ArrayList<>();
        for (Mark mark : marks) {
            double start = x(mark.days().get(0), first, span);
            double end = x(mark.days().get(mark.days().size() - 1), first, span);
            bands.add(new Band(
                    mark.style(),
                    Coordinates.of(start),
                    Coordinates.of(Math.max(end - start, 1)),
                    mark.days().stream()
                            .map(day -> Coordinates.of(x(day, first, span)))
                            .toList()));
        }
        return new LineChart(
                WIDTH,
                HEIGHT,
                label,
                Coordinates.of(LEFT),
                Coordinates.of(RIGHT),
                Coordinates.of(TOP),
                Coordinates.of(BOTTOM),
                Coordinates.of(BOTTOM - TOP),
                Coordinates.of(TOP + EVENT),
                Coordinates.of(HEIGHT - 6),
                vertical,
                horizontal,
                apart(paths),
                bands,
                describe(label, days, lines));
    }

    private static Path path(Line line, List<Double> days, double first, double span, double low, double high) {
        StringBuilder data = new StringBuilder();
        double endX = LEFT;
        double endY = BOTTOM;
        for (int n = 0; n < days.size(); n++) {
            Double value = line.values().get(n);
            if (value != null && Double.isFinite(value)) {
                endX = x(days.get(n), first, span);
                endY = y(value, low, high);
                data.append(data.isEmpty() ? 'M' : 'L')
                        .append(Coordinates.of(endX))
                        .append(' ')
                        .append(Coordinates.of(endY));
            }
        }
        return new Path(line.style(), line.arm(), data.toString(), Coordinates.of(endX + 8), Coordinates.of(endY + 4));
    }

    /** Moves names at line ends up so far that they do not lie on each other. */
    private static List<Path> apart(List<Path> paths) {
        List<Path> fromBelow = new ArrayList<>(paths);
        fromBelow.sort(Comparator.comparingDouble((Path p) -> Double.parseDouble(p.endY()))
                .reversed());
        double ceiling = Double.POSITIVE_INFINITY;
        List<Path> moved = new ArrayList<>();
        for (Path path : fromBelow) {
            double y = Math.min(Double.parseDouble(path.endY()), ceiling - LABEL_HEIGHT);
            ceiling = y;
            moved.add(new Path(path.style(), path.arm(), path.data(), path.endX(), Coordinates.of(y)));
        }
        return moved;
    }

    private static String describe(String label, List<Double> days, List<Line> lines) {
        StringBuilder text = new StringBuilder(label)
                .append(" from day ")
                .append(Text.day(days.get(0)))
                .append(" to day ")
                .append(Text.day(days.get(days.size() - 1)))
                .append('.');
        for (Line line : lines) {
            List<Double> present = line.values().stream().filter(v -> v != null).toList();
            if (!present.isEmpty()) {
                text.append(' ')
                        .append(line.arm())
                        .append(": ")
                        .append(Text.number(present.get(0)))
                        .append(" at first, ")
                        .append(Text.number(present.get(present.size() - 1)))
                        .append(" at last.");
            }
        }
        return text.toString();
    }

    private static double x(double day, double first, double span) {
        return LEFT + (RIGHT - LEFT) * (day - first) / span;
    }

    private static double y(double value, double low, double high) {
        return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
    }
}
