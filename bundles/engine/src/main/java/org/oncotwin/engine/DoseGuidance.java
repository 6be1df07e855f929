package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.DoseRule.Condition;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.SimulationTime;

/**
 * Dose rules of drugs against the harm that a run foresees. Each dose is judged by what is found just before it. A rule that no dose meets is looked for once more at the lowest and highest values between doses and after the last one,
 * so that a single overdose is judged too.
 */
final class DoseGuidance {

    private static final String GRADE = "grade.";
    private static final String HAEMATOLOGICAL = GRADE + "haematological";
    private static final String NON_HAEMATOLOGICAL = GRADE + "non-haematological";
    private static final String GRADE_UNIT = "1";

    private final List<Curve> curves = new ArrayList<>();
    private final List<AdverseEvent> events = new ArrayList<>();

    private DoseGuidance(List<Toxicity> toxicities) {
        for (Toxicity toxicity : toxicities) {
            curves.addAll(toxicity.curves());
            events.addAll(toxicity.events());
        }
    }

    /**
     * Rules that fire, in the order of time; of several at a time the strongest advice comes first. A rule about a curve that no toxicity model computes does not fire.
     *
     * @param exposures drugs that are given
     * @param toxicities harm that they do
     * @throws IllegalArgumentException if a rule and the curve that it is about differ in unit
     */
    static List<FiredRule> evaluate(List<DrugExposure> exposures, List<Toxicity> toxicities) {
        DoseGuidance guidance = new DoseGuidance(toxicities);
        SortedMap<String, List<Dose>> doses = new TreeMap<>();
        for (DrugExposure exposure : exposures) {
            for (Administration administration : exposure.administrations()) {
                if (administration.amount() > 0) {
                    doses.computeIfAbsent(exposure.drug().id(), id -> new ArrayList<>())
                            .add(new Dose(administration.start(), exposure.phase(), exposure.drug()));
                }
            }
        }
        List<FiredRule> fired = new ArrayList<>();
        for (List<Dose> ofDrug : doses.values()) {
            ofDrug.sort(Comparator.comparing(Dose::time));
            guidance.judge(ofDrug, fired);
        }
        fired.sort(Comparator.comparing(FiredRule::time)
                .thenComparing(FiredRule::advice, Comparator.reverseOrder())
                .thenComparing(FiredRule::drug)
                .thenComparing(FiredRule::rule));
        return List.copyOf(fired);
    }

    private record Dose(SimulationTime time, String phase, Drug drug) {

        boolean meets(DoseRule rule) {
            return rule.phase().isEmpty() || rule.phase().equals(phase);
        }
    }

    private record Finding(double day, double value) {}

    private void judge(List<Dose> doses, List<FiredRule> fired) {
        for (DoseRule rule : doses.get(0).drug().doseRules()) {
            boolean seen = false;
            SimulationTime last = null;
            for (Dose dose : doses) {
                // Two courses of a drug may give it at the same instant; the rule fires once.
                if (dose.meets(rule) && !dose.time().equals(last)) {
                    Optional<FiredRule> result = atDose(rule, dose);
                    result.ifPresent(fired::add);
                    seen |= result.isPresent();
                    last = dose.time();
                }
            }
            if (!seen) {
                betweenDoses(rule, doses).ifPresent(fired::add);
            }
        }
    }

    private Optional<FiredRule> atDose(DoseRule rule, Dose dose) {
        double before = Math.nextDown(dose.time().days());
        for (Condition condition : rule.conditions()) {
            Optional<Finding> finding = finding(condition, before);
            if (finding.isPresent() && met(condition, finding.get().value())) {
                return Optional.of(fired(
                        rule, condition, dose.drug(), dose.time(), finding.get().value()));
            }
        }
        return Optional.empty();
    }

    private Optional<FiredRule> betweenDoses(DoseRule rule, List<Dose> doses) {
        for (int n = 0; n < doses.size(); n++) {
            Dose dose = doses.get(n);
            double to = n + 1 < doses.size() ? doses.get(n + 1).time().days() : Double.POSITIVE_INFINITY;
            if (dose.meets(rule)) {
                for (Condition condition : rule.conditions()) {
                    for (Finding finding : extremes(condition, dose.time().days(), to)) {
                        if (met(condition, finding.value())) {
                            SimulationTime time = SimulationTime.ofDays(finding.day());
                            return Optional.of(fired(rule, condition, dose.drug(), time, finding.value()));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean met(Condition condition, double value) {
        return condition.least() <= value && value < condition.below();
    }

    private static FiredRule fired(DoseRule rule, Condition condition, Drug drug, SimulationTime time, double value) {
        return new FiredRule(
                time,
                drug.id(),
                rule.advice(),
                rule.id(),
                rule.text(),
                condition.quantity(),
                value,
                condition.unit(),
                rule.source());
    }

    private Optional<Finding> finding(Condition condition, double day) {
        if (condition.quantity().startsWith(GRADE)) {
            requireUnit(condition, GRADE_UNIT);
            return Optional.of(new Finding(day, grade(condition.quantity(), day)));
        }
        return curve(condition).map(curve -> new Finding(day, curve.at(day)));
    }

    private int grade(String quantity, double day) {
        Predicate<AdverseEvent> concerned = concerned(quantity);
        return events.stream()
                .filter(concerned.and(event -> event.fromDay() <= day && day < event.toDay()))
                .mapToInt(AdverseEvent::grade)
                .max()
                .orElse(0);
    }

    private static Predicate<AdverseEvent> concerned(String quantity) {
        return switch (quantity) {
            case HAEMATOLOGICAL -> AdverseEvent::haematological;
            case NON_HAEMATOLOGICAL -> event -> !event.haematological();
            default ->
                event -> quantity.equals(
                        GRADE + event.term().toLowerCase(Locale.ROOT).replace(' ', '-'));
        };
    }

    private Optional<Curve> curve(Condition condition) {
        Optional<Curve> found = curves.stream()
                .filter(curve -> curve.name().equals(condition.quantity()))
                .findFirst();
        found.ifPresent(curve -> requireUnit(condition, curve.unit()));
        return found;
    }

    private static void requireUnit(Condition condition, String unit) {
        if (!condition.unit().equals(unit)) {
            throw new IllegalArgumentException("a dose rule has " + condition.quantity() + " in '" + condition.unit()
                    + "', but it is computed in '" + unit + "'");
        }
    }

    /** Lowest and highest value from a day to before another, each where it is first reached. */
    private List<Finding> extremes(Condition condition, double from, double to) {
        if (condition.quantity().startsWith(GRADE)) {
            requireUnit(condition, GRADE_UNIT);
            Predicate<AdverseEvent> concerned = concerned(condition.quantity());
            return events.stream()
                    .filter(concerned.and(event -> event.fromDay() < to && event.toDay() > from))
                    .max(Comparator.comparingInt(AdverseEvent::grade)
                            .thenComparing(Comparator.comparingDouble(AdverseEvent::fromDay)
                                    .reversed()))
                    .map(event -> List.of(new Finding(Math.max(from, event.fromDay()), event.grade())))
                    .orElse(List.of());
        }
        return curve(condition).map(curve -> extremes(curve, from, to)).orElse(List.of());
    }

    private static List<Finding> extremes(Curve curve, double from, double to) {
        Finding lowest = null;
        Finding highest = null;
        for (int point = 0; point < curve.days().size(); point++) {
            double day = curve.days().get(point);
            if (day >= from && day < to) {
                double value = curve.values().get(point);
                lowest = lowest == null || value < lowest.value() ? new Finding(day, value) : lowest;
                highest = highest == null || value > highest.value() ? new Finding(day, value) : highest;
            }
        }
        return lowest == null ? List.of() : List.of(lowest, highest);
    }
}
