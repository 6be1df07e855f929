package org.oncotwin.ctcae;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.twin.Curve;

/** Grades what a laboratory would measure. */
public final class Grading {

    private final List<Criterion> criteria;
    private final Limits limits;
    private final Curve curve;

    private Grading(List<Criterion> criteria, Limits limits, Curve curve) {
        this.criteria = criteria;
        this.limits = limits;
        this.curve = curve;
    }

    /**
     * Adverse events of a curve: one for each time in which the grade is the same and at least 1, from and to where the curve, linear between its points, crosses a limit.
     *
     * @param term term of the criteria
     * @param curve values in the unit of the criteria
     * @param limits what is normal
     * @throws IllegalArgumentException if there are no criteria for the term, or the units differ
     */
    public static List<AdverseEvent> events(String term, Curve curve, Limits limits) {
        List<Criterion> criteria = Criterion.of(term).stream()
                .filter(criterion -> criterion.holds(limits))
                .toList();
        String unit = Criterion.of(term).get(0).unit();
        if (!unit.equals(curve.unit())) {
            throw new IllegalArgumentException(
                    curve.name() + " is in " + curve.unit() + ", but '" + term + "' is graded in " + unit);
        }
        return new Grading(criteria, limits, curve).events();
    }

    private List<AdverseEvent> events() {
        List<AdverseEvent> events = new ArrayList<>();
        Stretch open = null;
        for (Stretch next : stretches()) {
            if (open != null && open.same(next)) {
                open = open.until(next, criteria.get(0).below());
            } else {
                add(events, open);
                open = next;
            }
        }
        add(events, open);
        return events;
    }

    private void add(List<AdverseEvent> events, Stretch stretch) {
        if (stretch == null || stretch.criterion().isEmpty() || !(stretch.to() > stretch.from())) {
            return;
        }
        Criterion criterion = stretch.criterion().get();
        events.add(new AdverseEvent(
                criterion.term(),
                criterion.grade(),
                criterion.haematological(),
                stretch.from(),
                stretch.to(),
                stretch.worst(),
                criterion.unit(),
                curve.name() + (criterion.below() ? " below " : " above ") + criterion.bound(limits) + " "
                        + criterion.unit() + " (" + criterion.wording() + ")",
                Criterion.SOURCE));
    }

    /** A time in which one criterion is the worst that is met, or none is. */
    private record Stretch(double from, double to, Optional<Criterion> criterion, double worst) {

        boolean same(Stretch next) {
            return criterion.map(Criterion::grade).equals(next.criterion.map(Criterion::grade));
        }

        Stretch until(Stretch next, boolean below) {
            double both = below ? Math.min(worst, next.worst) : Math.max(worst, next.worst);
            return new Stretch(from, next.to, criterion, both);
        }
    }

    private List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        List<Double> days = curve.days();
        List<Double> values = curve.values();
        for (int point = 1; point < days.size(); point++) {
            double from = days.get(point - 1);
            double to = days.get(point);
            if (to > from) {
                piece(from, values.get(point - 1), to, values.get(point), stretches);
            }
        }
        return stretches;
    }

    private void piece(double from, double first, double to, double last, List<Stretch> stretches) {
        List<Double> cuts = new ArrayList<>(List.of(0.0, 1.0));
        for (Criterion criterion : criteria) {
            double part = (criterion.bound(limits) - first) / (last - first);
            if (part > 0 && part < 1) {
                cuts.add(part);
            }
        }
        cuts.sort(null);
        for (int cut = 1; cut < cuts.size(); cut++) {
            double start = cuts.get(cut - 1);
            double end = cuts.get(cut);
            double a = first + start * (last - first);
            double b = first + end * (last - first);
            stretches.add(new Stretch(
                    start == 0 ? from : from + start * (to - from),
                    end == 1 ? to : from + end * (to - from),
                    worst(a + (b - a) / 2),
                    criteria.get(0).below() ? Math.min(a, b) : Math.max(a, b)));
        }
    }

    private Optional<Criterion> worst(double value) {
        Criterion worst = null;
        for (Criterion criterion : criteria) {
            double bound = criterion.bound(limits);
            boolean met = criterion.below() ? value < bound : value > bound;
            if (met && (worst == null || criterion.grade() > worst.grade())) {
                worst = criterion;
            }
        }
        return Optional.ofNullable(worst);
    }
}
