package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Quantity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;

/**
 * Every observable over time.
 *
 * @param charts one per quantity, volume and burden first
 * @param headers columns of the table of values, the day first
 * @param rows one per output time
 */
record CurvesSection(List<Chart> charts, List<String> headers, List<Row> rows) {

    /**
     * A quantity over time.
     *
     * @param id identifier in the page
     * @param title what
     * @param unit unit for people
     * @param description what the quantity is
     * @param days all output times of all arms
     * @param lines one per arm that has the quantity
     * @param marks treatments
     * @param drawing picture for print and for readers without scripts
     */
    record Chart(
            String id,
            String title,
            String unit,
            String description,
            List<Double> days,
            List<Line> lines,
            List<Mark> marks,
            LineChart drawing) {}

    /**
     * A quantity of an arm.
     *
     * @param arm name of the arm
     * @param style how it is drawn
     * @param values one per day of the chart, {@code null} at days that the arm has no output at
     */
    record Line(String arm, ArmStyle style, List<Double> values) {}

    /**
     * A course on the time axis.
     *
     * @param arm name of the arm
     * @param style how it is drawn
     * @param course title of the course
     * @param days its events
     */
    record Mark(String arm, ArmStyle style, String course, List<Double> days) {}

    /**
     * A row of the table of values.
     *
     * @param day output time
     * @param cells one per column after the first
     */
    record Row(String day, List<String> cells) {}

    static CurvesSection of(ReportContent content) {
        SortedSet<SimulationTime> union = new TreeSet<>();
        content.arms().forEach(arm -> union.addAll(arm.result().trajectory().times()));
        List<SimulationTime> times = List.copyOf(union);
        List<Mark> marks = marks(content.arms());
        List<Chart> charts = new ArrayList<>();
        for (Quantity quantity : quantities(content.arms())) {
            charts.add(chart(quantity, content.arms(), times, marks));
        }
        return new CurvesSection(charts, headers(charts), rows(charts, times));
    }

    private static Iterable<Quantity> quantities(List<Arm> arms) {
        Map<String, Quantity> named = new TreeMap<>();
        arms.forEach(arm -> arm.result()
                .trajectory()
                .series()
                .forEach(s -> named.put(s.quantity().name(), s.quantity())));
        Map<String, Quantity> ordered = new LinkedHashMap<>();
        Stream.of(Quantity.TUMOUR_VOLUME, Quantity.TUMOUR_BURDEN)
                .filter(q -> named.containsKey(q.name()))
                .forEach(q -> ordered.put(q.name(), named.get(q.name())));
        named.forEach(ordered::putIfAbsent);
        return ordered.values();
    }

    private static Chart chart(Quantity quantity, List<Arm> arms, List<SimulationTime> times, List<Mark> marks) {
        List<Line> lines = new ArrayList<>();
        for (int place = 0; place < arms.size(); place++) {
            Arm arm = arms.get(place);
            ArmStyle style = ArmStyle.of(place);
            Optional<Series> series = arm.result().trajectory().series().stream()
                    .filter(s -> s.quantity().name().equals(quantity.name()))
                    .findFirst();
            series.ifPresent(s -> lines.add(new Line(arm.name(), style, spread(arm, s, times))));
        }
        List<Double> days = times.stream().map(SimulationTime::days).toList();
        String title = Text.title(quantity.name());
        String unit = Text.unit(quantity.unit());
        return new Chart(
                "chart-" + quantity.name().replace('.', '-'),
                title,
                unit,
                quantity.description(),
                days,
                lines,
                marks,
                LineChart.of(title + (unit.isEmpty() ? "" : " (" + unit + ")"), days, lines, marks));
    }

    private static List<Double> spread(Arm arm, Series series, List<SimulationTime> times) {
        List<SimulationTime> own = arm.result().trajectory().times();
        List<Double> values = new ArrayList<>();
        for (SimulationTime time : times) {
            int at = own.indexOf(time);
            values.add(at < 0 ? null : series.values().get(at));
        }
        return values;
    }

    private static List<Mark> marks(List<Arm> arms) {
        List<Mark> marks = new ArrayList<>();
        for (int place = 0; place < arms.size(); place++) {
            for (CourseSummary course : arms.get(place).result().courses()) {
                List<Double> days = course.events().stream()
                        .map(TreatmentEvent::time)
                        .map(SimulationTime::days)
                        .sorted()
                        .toList();
                if (!days.isEmpty()) {
                    marks.add(new Mark(arms.get(place).name(), ArmStyle.of(place), course.title(), days));
                }
            }
        }
        return marks;
    }

    private static List<String> headers(List<Chart> charts) {
        List<String> headers = new ArrayList<>();
        for (Chart chart : charts) {
            for (Line line : chart.lines()) {
                headers.add(
                        chart.title() + (chart.unit().isEmpty() ? "" : " (" + chart.unit() + ")") + ", " + line.arm());
            }
        }
        return headers;
    }

    private static List<Row> rows(List<Chart> charts, List<SimulationTime> times) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < times.size(); n++) {
            List<String> cells = new ArrayList<>();
            for (Chart chart : charts) {
                for (Line line : chart.lines()) {
                    Double value = line.values().get(n);
                    cells.add(value == null ? "" : Text.number(value, 4));
                }
            }
            rows.add(new Row(Text.day(times.get(n).days()), cells));
        }
        return rows;
    }
}
