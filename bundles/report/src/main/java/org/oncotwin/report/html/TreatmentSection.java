package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;

/**
 * What was given when.
 *
 * @param width width of the drawing
 * @param height height of the drawing
 * @param axis where the time axis lies
 * @param ticks ticks of the time axis
 * @param lanes one per course, and one per arm without any
 * @param courses courses in detail
 * @param description what a reader who cannot see the drawing must know
 */
record TreatmentSection(
        int width,
        String height,
        String axis,
        List<LineChart.Tick> ticks,
        List<Lane> lanes,
        List<CourseDetail> courses,
        String description) {

    private static final int WIDTH = 900;
    private static final double LEFT = 12;
    private static final double RIGHT = WIDTH - 24;
    private static final double LANE = 56;
    private static final double LARGEST_BAR = 24;

    /**
     * A line of the timeline.
     *
     * @param style how its arm is drawn
     * @param arm name of the arm
     * @param title title of the course, or that there is none
     * @param base where the bars stand
     * @param textAt where the title stands
     * @param bars events
     */
    record Lane(ArmStyle style, String arm, String title, String base, String textAt, List<Bar> bars) {}

    /**
     * An event, its height in proportion to its amount.
     *
     * @param x where
     * @param top upper end
     * @param height height
     * @param text what it is
     */
    record Bar(String x, String top, String height, String text) {}

    /**
     * A course in words and numbers.
     *
     * @param style how its arm is drawn
     * @param arm name of the arm
     * @param title title of the modality
     * @param label label in the combination
     * @param summary number of events and days
     * @param facts numbers that the modality reports
     * @param events all events
     */
    record CourseDetail(
            ArmStyle style,
            String arm,
            String title,
            String label,
            String summary,
            List<SummarySection.Fact> facts,
            List<Event> events) {}

    /**
     * An event in words.
     *
     * @param day when
     * @param label what
     * @param amount how much
     */
    record Event(String day, String label, String amount) {}

    static TreatmentSection of(ReportContent content) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Arm arm : content.arms()) {
            for (SimulationTime time : arm.result().trajectory().times()) {
                first = Math.min(first, time.days());
                last = Math.max(last, time.days());
            }
            for (CourseSummary course : arm.result().courses()) {
                for (TreatmentEvent event : course.events()) {
                    first = Math.min(first, event.time().days());
                    last = Math.max(last, event.time().days());
                }
            }
        }
        double start = first;
        double span = last > first ? last - first : 1;
        List<Lane> lanes = new ArrayList<>();
        List<CourseDetail> details = new ArrayList<>();
        StringBuilder description = new StringBuilder("Treatments over time.");
        for (int place = 0; place < content.arms().size(); place++) {
            Arm arm = content.arms().get(place);
            ArmStyle style = ArmStyle.of(place);
            if (arm.result().courses().isEmpty()) {
                lanes.add(lane(style, arm.name(), "none", List.of(), lanes.size(), start, span));
                description.append(' ').append(arm.name()).append(": none.");
            }
            for (CourseSummary course : arm.result().courses()) {
                String summary = summary(course);
                lanes.add(lane(style, arm.name(), course.title(), course.events(), lanes.size(), start, span));
                details.add(detail(style, arm.name(), course, summary));
                description
                        .append(' ')
                        .append(arm.name())
                        .append(": ")
                        .append(course.title())
                        .append(", ")
                        .append(summary)
                        .append('.');
            }
        }
        double axis = LANE * lanes.size() + 8;
        AxisTicks along = AxisTicks.between(start, start + span, 10);
        List<LineChart.Tick> ticks = new ArrayList<>();
        for (int n = 0; n < along.values().size(); n++) {
            ticks.add(new LineChart.Tick(
                    Coordinates.of(x(along.values().get(n), start, span)),
                    along.labels().get(n)));
        }
        return new TreatmentSection(
                WIDTH, Coordinates.of(axis + 38), Coordinates.of(axis), ticks, lanes, details, description.toString());
    }

    private static Lane lane(
            ArmStyle style,
            String arm,
            String title,
            List<TreatmentEvent> events,
            int place,
            double start,
            double span) {
        double base = LANE * (place + 1);
        double largest =
                events.stream().mapToDouble(TreatmentEvent::amount).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (TreatmentEvent event : events) {
            // An event without an amount, such as a switch, is as tall as any.
            double height = largest > 0 ? LARGEST_BAR * Math.max(0, event.amount()) / largest : LARGEST_BAR;
            bars.add(new Bar(
                    Coordinates.of(x(event.time().days(), start, span) - 1.5),
                    Coordinates.of(base - height),
                    Coordinates.of(height),
                    "day " + Text.day(event.time().days()) + ": " + event.label() + ", "
                            + Text.quantity(event.amount(), event.unit())));
        }
        return new Lane(style, arm, title, Coordinates.of(base), Coordinates.of(base - LARGEST_BAR - 8), bars);
    }

    private static CourseDetail detail(ArmStyle style, String arm, CourseSummary course, String summary) {
        List<SummarySection.Fact> facts = new ArrayList<>();
        for (CourseFact fact : course.facts()) {
            facts.add(new SummarySection.Fact(fact.title(), Text.quantity(Text.number(fact.value(), 6), fact.unit())));
        }
        List<Event> events = new ArrayList<>();
        for (TreatmentEvent event : course.events()) {
            events.add(new Event(
                    Text.day(event.time().days()),
                    event.label(),
                    Text.quantity(Text.number(event.amount(), 6), event.unit())));
        }
        return new CourseDetail(style, arm, course.title(), course.label(), summary, facts, events);
    }

    private static String summary(CourseSummary course) {
        List<TreatmentEvent> events = course.events();
        if (events.isEmpty()) {
            return "no events within the run";
        }
        String from = Text.day(events.get(0).time().days());
        if (events.size() == 1) {
            return "1 event, day " + from;
        }
        return events.size() + " events, day " + from + " to day "
                + Text.day(events.get(events.size() - 1).time().days());
    }

    private static double x(double day, double start, double span) {
        return LEFT + (RIGHT - LEFT) * (day - start) / span;
    }
}
