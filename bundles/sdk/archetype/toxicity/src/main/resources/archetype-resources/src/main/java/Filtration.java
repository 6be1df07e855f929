package ${package};

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.TimeFunction;

/**
 * Filtration of the kidneys over time.
 *
 * @param baseline before treatment, in mL/min/1.73 m2
 * @param harms what lowers it
 */
record Filtration(double baseline, List<Harm> harms) {

    static final String TERM = "Chronic kidney disease";
    static final String SOURCE =
            "Common Terminology Criteria for Adverse Events (CTCAE) v5.0. National Cancer Institute, 27 November 2017";

    /** Filtration below which there is a grade other than 1. */
    static final double LARGEST_GRADED = 60;

    private static final String UNIT = "mL/min/{1.73_m2}";

    /** Longest time between two points of the curve, in days. */
    private static final double LONGEST_STEP = 0.25;

    /** Each grade but 1, and the filtration below which it is. */
    private static final List<Grade> GRADES = List.of(new Grade(2, LARGEST_GRADED), new Grade(3, 30), new Grade(4, 15));

    private record Grade(int grade, double below) {}

    /**
     * What a drug does.
     *
     * @param loss in L/mg/d
     * @param concentration in mg/L
     */
    record Harm(double loss, TimeFunction concentration) {}

    /** Over a run, exact at its points. */
    Curve curve(Interval run) {
        SortedSet<Double> ends = new TreeSet<>(List.of(run.start().days(), run.end().days()));
        for (Harm harm : harms) {
            for (double jump :
                    harm.concentration().jumps(run.start().days(), run.end().days())) {
                ends.add(jump);
            }
        }
        List<Double> days = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        double from = ends.first();
        add(run, from, days, values);
        for (double to : ends.tailSet(Math.nextUp(from))) {
            int parts = (int) Math.ceil((to - from) / LONGEST_STEP);
            for (int part = 1; part < parts; part++) {
                add(run, from + (to - from) * part / parts, days, values);
            }
            add(run, to, days, values);
            from = to;
        }
        return new Curve("filtration", "Glomerular filtration rate", UNIT, days, values);
    }

    private void add(Interval run, double day, List<Double> days, List<Double> values) {
        double loss = 0;
        for (Harm harm : harms) {
            loss += harm.loss() * harm.concentration().integral(run.start().days(), day);
        }
        days.add(day);
        values.add(baseline * StrictMath.exp(-Math.max(0, loss)));
    }

    /** Grades of a curve that falls. */
    static List<AdverseEvent> grades(Curve curve) {
        List<AdverseEvent> events = new ArrayList<>();
        double end = curve.days().get(curve.days().size() - 1);
        for (int i = 0; i < GRADES.size(); i++) {
            Grade grade = GRADES.get(i);
            OptionalDouble from = firstBelow(curve, grade.below());
            if (from.isPresent()) {
                double to = i + 1 < GRADES.size()
                        ? firstBelow(curve, GRADES.get(i + 1).below()).orElse(end)
                        : end;
                events.add(new AdverseEvent(
                        TERM,
                        grade.grade(),
                        false,
                        from.getAsDouble(),
                        to,
                        curve.at(to),
                        UNIT,
                        "filtration below " + grade.below() + " mL/min/1.73 m2",
                        SOURCE));
            }
        }
        return events;
    }

    private static OptionalDouble firstBelow(Curve curve, double limit) {
        for (int point = 1; point < curve.days().size(); point++) {
            double value = curve.values().get(point);
            if (value < limit) {
                double before = curve.values().get(point - 1);
                double start = curve.days().get(point - 1);
                double part = (before - limit) / (before - value);
                return OptionalDouble.of(start + part * (curve.days().get(point) - start));
            }
        }
        return OptionalDouble.empty();
    }
}
