package org.oncotwin.treatment.immunotherapy;

import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.PatientCovariates;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;

/**
 * The doses that a case asks for.
 *
 * @param amount of each dose in mg
 * @param interval from the start of a dose to that of the next in days
 * @param administrations the doses, none if there is nothing to give
 */
record Prescription(double amount, double interval, List<Administration> administrations) {

    private static final double HOURS_PER_DAY = 24;

    static Prescription of(Setting setting, CourseRequest request) {
        Inputs inputs = request.inputs();
        for (InputDescription input : ImmunotherapyModality.NUMBERS) {
            checkRange(input, inputs);
        }
        double amount = amount(setting, inputs);
        double interval = inputs.number(ImmunotherapyModality.INTERVAL.name());
        double days = inputs.number(ImmunotherapyModality.INFUSION_TIME.name()) / HOURS_PER_DAY;
        int doses = amount == 0 ? 0 : inputs.count(ImmunotherapyModality.DOSES.name());
        List<Administration> administrations = new ArrayList<>(doses);
        for (int dose = 0; dose < doses; dose++) {
            long later = Math.round(dose * interval * SimulationTime.MILLISECONDS_PER_DAY);
            administrations.add(
                    new Administration(request.start().plusMilliseconds(later), days, amount, Route.INTRAVENOUS));
        }
        return new Prescription(amount, interval, List.copyOf(administrations));
    }

    private static double amount(Setting setting, Inputs inputs) {
        Double perWeight = inputs.numbers().get(ImmunotherapyModality.DOSE_PER_WEIGHT.name());
        Double flat = inputs.numbers().get(ImmunotherapyModality.FLAT_DOSE.name());
        if (perWeight != null && flat != null) {
            throw new InvalidInputException(
                    ImmunotherapyModality.DOSE_PER_WEIGHT.name(),
                    "given together with " + ImmunotherapyModality.FLAT_DOSE.name() + "; exactly one is needed");
        }
        if (perWeight == null && flat == null) {
            throw new InvalidInputException(
                    ImmunotherapyModality.FLAT_DOSE.name(),
                    "missing; needed is either it or " + ImmunotherapyModality.DOSE_PER_WEIGHT.name());
        }
        return flat != null ? flat : perWeight * PatientCovariates.require(setting, Covariate.WEIGHT);
    }

    private static void checkRange(InputDescription input, Inputs inputs) {
        boolean optional = !input.required() && input.defaultText().isEmpty();
        if (optional && !inputs.numbers().containsKey(input.name())) {
            return;
        }
        double value = inputs.number(input.name());
        boolean count = input.kind() == InputDescription.Kind.COUNT;
        if (!(value >= input.minimum() && value <= input.maximum()) || count && value != Math.rint(value)) {
            String unit = input.unit().equals("1") ? "" : " " + input.unit();
            throw new InvalidInputException(
                    input.name(),
                    value + " is not allowed; allowed is " + (count ? "a whole number from " : "") + input.minimum()
                            + " to " + input.maximum() + unit);
        }
    }
}
