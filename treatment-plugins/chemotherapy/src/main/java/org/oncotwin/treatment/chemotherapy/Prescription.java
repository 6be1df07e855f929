package org.oncotwin.treatment.chemotherapy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;

/**
 * What a case prescribes, checked.
 *
 * @param drug the drug
 * @param dose each dose, in mg
 * @param basis the covariate by which the dose was computed, as a fact
 * @param administrations doses of more than 0 mg, sorted by start
 * @param phase part of the treatment, empty for none
 * @param site where the drug acts
 * @param killModel how it kills
 */
record Prescription(
        Drug drug,
        double dose,
        Optional<CourseFact> basis,
        List<Administration> administrations,
        String phase,
        String site,
        KillModel killModel) {

    private static final int MOST_DOSES = 2000;
    private static final double HOURS = 24;
    private static final String WORD = "[a-z0-9]+(-[a-z0-9]+)*";

    Prescription {
        administrations = List.copyOf(administrations);
    }

    static Prescription of(Setting setting, CourseRequest request) {
        Inputs inputs = request.inputs();
        ChemotherapyModality.INPUTS.forEach(input -> check(input, inputs));
        Drug drug = request.pharmacokinetics().drug(inputs.choice(ChemotherapyModality.DRUG.name()));
        Dose dose = dose(setting, inputs);
        Route route = inputs.choice(ChemotherapyModality.ROUTE.name()).equals(Route.ORAL.word())
                ? Route.ORAL
                : Route.INTRAVENOUS;
        double days = inputs.number(ChemotherapyModality.INFUSION_TIME.name()) / HOURS;
        if (route == Route.ORAL && days > 0) {
            throw new InvalidInputException(
                    ChemotherapyModality.INFUSION_TIME.name(), "a dose by mouth is taken at once; allowed is 0 h");
        }
        List<SimulationTime> times = times(request, inputs);
        List<Administration> administrations = dose.milligrams() > 0
                ? times.stream()
                        .map(time -> new Administration(time, days, dose.milligrams(), route))
                        .toList()
                : List.of();
        String phase = inputs.choice(ChemotherapyModality.PHASE.name());
        return new Prescription(
                drug,
                dose.milligrams(),
                dose.basis(),
                administrations,
                phase.equals(ChemotherapyModality.NO_PHASE) ? "" : phase,
                inputs.choice(ChemotherapyModality.SITE.name()),
                KillModel.of(inputs.choice(ChemotherapyModality.KILL_MODEL.name())));
    }

    /** The case reader has checked them; whoever else plans a course must not get around their bounds. */
    private static void check(InputDescription input, Inputs inputs) {
        String name = input.name();
        switch (input.kind()) {
            case QUANTITY, COUNT -> {
                Double value = inputs.numbers().get(name);
                if (value == null) {
                    if (input.required() || input.defaultText().isPresent()) {
                        throw new InvalidInputException(name, "missing");
                    }
                } else if (!(value >= input.minimum() && value <= input.maximum())
                        || input.kind() == InputDescription.Kind.COUNT && value != Math.rint(value)) {
                    throw new InvalidInputException(
                            name,
                            value + " is not allowed; allowed is "
                                    + (input.kind() == InputDescription.Kind.COUNT ? "a whole number from " : "")
                                    + input.minimum() + " to " + input.maximum()
                                    + (input.unit().equals("1") ? "" : " " + input.unit()));
                }
            }
            case CHOICE -> {
                String word = inputs.choice(name);
                if (!input.choices().contains(word)) {
                    throw new InvalidInputException(
                            name, "'" + word + "' is not allowed; allowed is one of " + input.choices());
                }
            }
            case WORD -> {
                String word = inputs.choice(name);
                if (!word.matches(WORD)) {
                    throw new InvalidInputException(
                            name, "'" + word + "' is not allowed; allowed are lower-case words joined by hyphens");
                }
            }
            default -> inputs.choice(name);
        }
    }

    private record Dose(double milligrams, Optional<CourseFact> basis) {}

    private static Dose dose(Setting setting, Inputs inputs) {
        List<String> given = new ArrayList<>();
        for (InputDescription way : ChemotherapyModality.DOSES) {
            if (inputs.numbers().containsKey(way.name())) {
                given.add(way.name());
            }
        }
        if (given.size() != 1) {
            String ways = ChemotherapyModality.DOSES.stream()
                    .map(way -> way.name() + " (" + way.unit() + ")")
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException(
                    given.isEmpty() ? ChemotherapyModality.DOSE_PER_AREA.name() : given.get(1),
                    (given.isEmpty() ? "missing" : "given beside " + given.get(0)) + "; give exactly one of " + ways);
        }
        String way = given.get(0);
        double amount = inputs.number(way);
        OptionalDouble largest = inputs.numbers().containsKey(ChemotherapyModality.LARGEST_AREA.name())
                ? OptionalDouble.of(inputs.number(ChemotherapyModality.LARGEST_AREA.name()))
                : OptionalDouble.empty();
        if (largest.isPresent() && !way.equals(ChemotherapyModality.DOSE_PER_AREA.name())) {
            throw new InvalidInputException(
                    ChemotherapyModality.LARGEST_AREA.name(),
                    "has a meaning with " + ChemotherapyModality.DOSE_PER_AREA.name() + " alone, not with " + way);
        }
        if (way.equals(ChemotherapyModality.FLAT_DOSE.name())) {
            return new Dose(amount, Optional.empty());
        }
        if (way.equals(ChemotherapyModality.TARGET_AUC.name())) {
            double filtration = PatientCovariates.require(setting, Covariate.GLOMERULAR_FILTRATION_RATE);
            return new Dose(
                    calvert(amount, filtration), Optional.of(basis(Covariate.GLOMERULAR_FILTRATION_RATE, filtration)));
        }
        Covariate covariate = way.equals(ChemotherapyModality.DOSE_PER_WEIGHT.name())
                ? Covariate.WEIGHT
                : Covariate.BODY_SURFACE_AREA;
        double size = Math.min(PatientCovariates.require(setting, covariate), largest.orElse(Double.MAX_VALUE));
        return new Dose(amount * size, Optional.of(basis(covariate, size)));
    }

    private static CourseFact basis(Covariate covariate, double value) {
        String title = covariate.title();
        return new CourseFact(
                covariate.key(),
                Character.toUpperCase(title.charAt(0)) + title.substring(1) + " of the dose",
                value,
                covariate.unit());
    }

    /** Dose in mg for an AUC in mg min/mL at a filtration rate in mL/min (Calvert et al 1989). */
    static double calvert(double target, double filtrationRate) {
        return target * (filtrationRate + 25);
    }

    private static List<SimulationTime> times(CourseRequest request, Inputs inputs) {
        Schedule schedule = Schedule.of(inputs.choice(ChemotherapyModality.SCHEDULE.name()));
        Map<String, Double> numbers = inputs.numbers();
        for (InputDescription own : List.of(ChemotherapyModality.CYCLE_LENGTH, ChemotherapyModality.DOSES_PER_CYCLE)) {
            if (schedule == Schedule.CUSTOM != numbers.containsKey(own.name())) {
                throw new InvalidInputException(
                        own.name(),
                        schedule == Schedule.CUSTOM
                                ? "missing; schedule custom needs it"
                                : "has a meaning with schedule custom alone, not with " + schedule.word());
            }
        }
        double length = numbers.getOrDefault(ChemotherapyModality.CYCLE_LENGTH.name(), 0.0);
        int custom = numbers.getOrDefault(ChemotherapyModality.DOSES_PER_CYCLE.name(), 0.0)
                .intValue();
        if (schedule == Schedule.CUSTOM && custom > 1 && custom - 1 >= length) {
            throw new InvalidInputException(
                    ChemotherapyModality.DOSES_PER_CYCLE.name(),
                    custom + " consecutive days do not fit into a cycle of " + length + " d");
        }
        int cycles = inputs.count(ChemotherapyModality.CYCLES.name());
        if ((long) cycles * schedule.dosesPerCycle(custom) > MOST_DOSES) {
            throw new InvalidInputException(
                    ChemotherapyModality.CYCLES.name(), "more than " + MOST_DOSES + " doses are not allowed");
        }
        return schedule.times(request.start(), cycles, request.calendar(), length, custom);
    }
}
