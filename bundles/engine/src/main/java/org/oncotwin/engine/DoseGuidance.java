package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.DoseRule;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.toxicity.AdverseEvent;
import org.oncotwin.api.toxicity.FiredRule;
import org.oncotwin.api.toxicity.Toxicity;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.units.MeasuredValue;
import org.oncotwin.api.units.UnitConverter;
import org.oncotwin.api.units.UnitException;

/**
 * Holds the rules of drug labels against what toxicity models found. A condition that is met for a while fires once: at the first dose that falls into that while, which is the one to change; where none does,
 * at the worst value.
 *
 * @param fired rules that fired, sorted by time, at one time the strongest advice first
 * @param remarks rules that could not be judged, a sentence each
 */
record DoseGuidance(List<FiredRule> fired, List<String> remarks) {

    private static final String GRADE = "grade.";
    private static final String HAEMATOLOGICAL = "haematological";
    private static final String ALL_OTHERS = GRADE + "non-haematological";

    /** A quantity over time, with the times at which to look. */
    private record Course(TreeSet<Double> days, DoubleUnaryOperator value) {}

    /**
     * Judges.
     *
     * @param exposures drugs that are given
     * @param toxicities harm that was found
     * @param terms terms that the models which looked for harm can grade
     * @param units converts the bounds of conditions to the units of curves
     * @throws InvalidInputException if a bound does not convert
     */
    static DoseGuidance of(
            List<DrugExposure> exposures, List<Toxicity> toxicities, Set<String> terms, UnitConverter units) {
        List<FiredRule> fired = new ArrayList<>();
        Set<String> remarks = new LinkedHashSet<>();
        for (DrugExposure exposure : exposures) {
            for (DoseRule rule : exposure.drug().doseRules()) {
                if (rule.phase().isEmpty() || rule.phase().equals(exposure.phase())) {
                    for (DoseRule.Condition condition : rule.conditions()) {
                        String judged =
                                "Rule " + rule.id() + " of " + exposure.drug().title() + " was ";
                        Optional<Course> course = course(exposure, rule, condition, toxicities, terms, units);
                        if (course.isEmpty()) {
                            remarks.add(judged + "not judged by " + condition.quantity()
                                    + ": no toxicity model of the run computes it");
                        } else {
                            if (condition.quantity().equals(ALL_OTHERS)) {
                                remarks.add(judged + "judged by those toxicities alone that models of the run grade: "
                                        + String.join(", ", new TreeSet<>(terms)));
                            }
                            judge(exposure, until(exposure, exposures), rule, condition, course.get(), fired);
                        }
                    }
                }
            }
        }
        fired.sort(Comparator.comparing(FiredRule::time)
                .thenComparing(Comparator.comparing(FiredRule::advice).reversed())
                .thenComparing(FiredRule::drug)
                .thenComparing(FiredRule::rule));
        return new DoseGuidance(
                fired.stream().distinct().toList(), toxicities.isEmpty() ? List.of() : List.copyOf(remarks));
    }

    /** Another part of the treatment with the same drug has rules of its own: those of this one end where it begins. */
    private static double until(DrugExposure exposure, List<DrugExposure> exposures) {
        double first = exposure.administrations().get(0).start().days();
        return exposures.stream()
                .filter(other -> other.drug().id().equals(exposure.drug().id())
                        && !other.phase().equals(exposure.phase()))
                .mapToDouble(other -> other.administrations().get(0).start().days())
                .filter(day -> day > first)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Optional<Course> course(
            DrugExposure exposure,
            DoseRule rule,
            DoseRule.Condition condition,
            List<Toxicity> toxicities,
            Set<String> terms,
            UnitConverter units) {
        if (condition.quantity().startsWith(GRADE)) {
            String term = condition.quantity().substring(GRADE.length());
            boolean known = term.equals(HAEMATOLOGICAL)
                    || condition.quantity().equals(ALL_OTHERS)
                    || terms.stream().anyMatch(t -> slug(t).equals(term));
            return known && !toxicities.isEmpty()
                    ? Optional.of(grades(condition.quantity(), toxicities))
                    : Optional.empty();
        }
        for (Toxicity toxicity : toxicities) {
            for (Curve curve : toxicity.curves()) {
                if (curve.name().equals(condition.quantity())) {
                    double scale = scale(exposure, rule, condition, curve, units);
                    return Optional.of(new Course(new TreeSet<>(curve.days()), day -> scale * curve.at(day)));
                }
            }
        }
        return Optional.empty();
    }

    /** Factor from the unit of a curve to that of a condition. */
    private static double scale(
            DrugExposure exposure, DoseRule rule, DoseRule.Condition condition, Curve curve, UnitConverter units) {
        try {
            return units.convert(new MeasuredValue(1, curve.unit()), condition.unit());
        } catch (UnitException e) {
            throw new InvalidInputException(
                    "drugs." + exposure.drug().id() + ".dose_rules." + rule.id(),
                    curve.name() + " is computed in " + curve.unit() + "; " + e.getMessage());
        }
    }

    private static String slug(String term) {
        return term.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** The highest grade of a term, or of the terms that do or do not concern blood cells; 0 if nothing is found. */
    private static Course grades(String quantity, List<Toxicity> toxicities) {
        String term = quantity.substring(GRADE.length());
        List<AdverseEvent> events = toxicities.stream()
                .flatMap(toxicity -> toxicity.events().stream())
                .filter(event -> switch (term) {
                    case HAEMATOLOGICAL -> event.haematological();
                    case "non-haematological" -> !event.haematological();
                    default -> slug(event.term()).equals(term);
                })
                .toList();
        TreeSet<Double> days = new TreeSet<>();
        events.forEach(event -> {
            days.add(event.fromDay());
            days.add(event.toDay());
        });
        return new Course(days, day -> events.stream()
                .filter(event -> day >= event.fromDay() && day < event.toDay())
                .mapToInt(AdverseEvent::grade)
                .max()
                .orElse(0));
    }

    private static void judge(
            DrugExposure exposure,
            double until,
            DoseRule rule,
            DoseRule.Condition condition,
            Course course,
            List<FiredRule> fired) {
        TreeSet<Double> doses = new TreeSet<>();
        for (Administration administration : exposure.administrations()) {
            if (administration.amount() > 0) {
                doses.add(administration.start().days());
            }
        }
        if (doses.isEmpty()) {
            return;
        }
        TreeSet<Double> days = new TreeSet<>(course.days());
        days.addAll(doses);
        double worst = Double.NaN;
        double worstDay = Double.NaN;
        boolean concernsDose = false;
        for (double day : days.subSet(doses.first(), until)) {
            double value = course.value().applyAsDouble(day);
            boolean met = value >= condition.least() && value < condition.below();
            if (!met) {
                if (!Double.isNaN(worst) && !concernsDose) {
                    fired.add(fired(exposure, rule, condition, worstDay, worst));
                }
                worst = Double.NaN;
                concernsDose = false;
            } else {
                if (Double.isNaN(worst) || isWorse(condition, value, worst)) {
                    worst = value;
                    worstDay = day;
                }
                if (!concernsDose && doses.contains(day)) {
                    concernsDose = true;
                    fired.add(fired(exposure, rule, condition, day, value));
                }
            }
        }
        if (!Double.isNaN(worst) && !concernsDose) {
            fired.add(fired(exposure, rule, condition, worstDay, worst));
        }
    }

    /** Below is worse where only a largest value is given, above where only a smallest is; between two, what comes first counts. */
    private static boolean isWorse(DoseRule.Condition condition, double value, double worst) {
        if (Double.isInfinite(condition.least())) {
            return value < worst;
        }
        return Double.isInfinite(condition.below()) && value > worst;
    }

    private static FiredRule fired(
            DrugExposure exposure, DoseRule rule, DoseRule.Condition condition, double day, double value) {
        return new FiredRule(
                SimulationTime.ofDays(day),
                exposure.drug().id(),
                rule.advice(),
                rule.id(),
                rule.text(),
                condition.quantity(),
                value,
                condition.unit(),
                rule.source());
    }
}
