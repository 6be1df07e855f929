package org.oncotwin.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.pharmacokinetics.DoseAdvice;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.report.Arm;
import org.oncotwin.report.ReportContent;

/**
 * Where drugs went, what they did to the tumour and to healthy tissue.
 *
 * @param figures curves of courses and toxicities, one figure per quantity
 * @param assessed true if the run asked for toxicities
 * @param events graded adverse events, the worst first
 * @param rules dose rules that fired, in the order of time
 */
record DrugsSection(List<Figure> figures, boolean assessed, List<Event> events, List<Rule> rules) {

    /**
     * A quantity over time.
     *
     * @param title what
     * @param unit unit for people
     * @param drawing picture
     */
    record Figure(String title, String unit, LineChart drawing) {}

    /**
     * An adverse event.
     *
     * @param style how its arm is drawn
     * @param arm name of the arm
     * @param term term of the criteria
     * @param grade grade
     * @param days from when to when
     * @param worst worst value
     * @param rule the rule that fired
     * @param source where it stands
     */
    record Event(
            ArmStyle style,
            String arm,
            String term,
            int grade,
            String days,
            String worst,
            String rule,
            String source) {}

    /**
     * A dose rule that fired.
     *
     * @param style how its arm is drawn
     * @param arm name of the arm
     * @param day when
     * @param drug which drug
     * @param advice what to do
     * @param found what was found
     * @param text the rule
     * @param source where it stands
     */
    record Rule(
            ArmStyle style,
            String arm,
            String day,
            String drug,
            String advice,
            String found,
            String text,
            String source) {}

    private record Point(double day, int line, double value) {}

    /** The section, if there is anything to tell. */
    static Optional<DrugsSection> of(ReportContent content) {
        Map<String, List<Map.Entry<Integer, Curve>>> byName = new LinkedHashMap<>();
        List<Event> events = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        boolean assessed = false;
        for (int place = 0; place < content.arms().size(); place++) {
            Arm arm = content.arms().get(place);
            ArmStyle style = ArmStyle.of(place);
            for (CourseSummary course : arm.result().courses()) {
                add(course.curves(), place, byName);
            }
            for (ToxicitySummary toxicity : arm.result().toxicities()) {
                assessed = true;
                add(toxicity.toxicity().curves(), place, byName);
                toxicity.toxicity().events().forEach(event -> events.add(event(style, arm, event)));
            }
            arm.result().firedRules().forEach(rule -> rules.add(rule(style, arm, rule)));
        }
        if (byName.isEmpty() && !assessed && rules.isEmpty()) {
            return Optional.empty();
        }
        events.sort(Comparator.comparing(Event::grade).reversed());
        List<Figure> figures = byName.values().stream()
                .map(curves -> figure(curves, content.arms()))
                .toList();
        return Optional.of(new DrugsSection(figures, assessed, events, rules));
    }

    private static void add(List<Curve> curves, int place, Map<String, List<Map.Entry<Integer, Curve>>> byName) {
        for (Curve curve : curves) {
            byName.computeIfAbsent(curve.name() + " " + curve.unit(), name -> new ArrayList<>())
                    .add(Map.entry(place, curve));
        }
    }

    /** Each line has its own days; at those of the others it has no value, and is drawn through. */
    private static Figure figure(List<Map.Entry<Integer, Curve>> curves, List<Arm> arms) {
        List<Point> points = new ArrayList<>();
        for (int line = 0; line < curves.size(); line++) {
            Curve curve = curves.get(line).getValue();
            for (int n = 0; n < curve.days().size(); n++) {
                points.add(new Point(curve.days().get(n), line, curve.values().get(n)));
            }
        }
        points.sort(Comparator.comparingDouble(Point::day));
        List<Double> days = points.stream().map(Point::day).toList();
        List<CurvesSection.Line> lines = new ArrayList<>();
        for (int line = 0; line < curves.size(); line++) {
            Double[] values = new Double[points.size()];
            for (int n = 0; n < values.length; n++) {
                values[n] = points.get(n).line() == line ? points.get(n).value() : null;
            }
            int arm = curves.get(line).getKey();
            lines.add(new CurvesSection.Line(arms.get(arm).name(), ArmStyle.of(arm), Arrays.asList(values)));
        }
        Curve first = curves.get(0).getValue();
        String unit = Text.unit(first.unit());
        String label = first.title() + (unit.isEmpty() ? "" : " (" + unit + ")");
        return new Figure(first.title(), unit, LineChart.of(label, days, lines, List.of()));
    }

    private static Event event(ArmStyle style, Arm arm, AdverseEvent event) {
        return new Event(
                style,
                arm.name(),
                event.term(),
                event.grade(),
                Text.day(event.fromDay()) + " to " + Text.day(event.toDay()),
                Text.quantity(event.value(), event.unit()),
                event.rule(),
                event.source());
    }

    private static Rule rule(ArmStyle style, Arm arm, FiredRule rule) {
        String advice = rule.advice() == DoseAdvice.CONTINUE
                ? "continue"
                : rule.advice().word().toUpperCase(java.util.Locale.ROOT);
        return new Rule(
                style,
                arm.name(),
                Text.day(rule.time().days()),
                rule.drug(),
                advice,
                rule.quantity() + " " + Text.quantity(rule.value(), rule.unit()),
                rule.text(),
                rule.source());
    }
}
