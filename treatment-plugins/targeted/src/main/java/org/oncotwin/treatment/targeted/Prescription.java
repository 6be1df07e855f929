package org.oncotwin.treatment.targeted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.pharmacokinetics.Administration;
import org.oncotwin.api.pharmacokinetics.Route;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.twin.SimulationTime;

/**
 * The doses that a case asks for.
 *
 * @param administrations the doses, none if there is nothing to give
 */
record Prescription(List<Administration> administrations) {

    private static final double HOURS_PER_DAY = 24;

    static Prescription of(CourseRequest request) {
        Inputs inputs = request.inputs();
        for (InputDescription input : TargetedModality.NUMBERS) {
            checkRange(input, inputs);
        }
        Route route = route(inputs);
        double hours = inputs.number(TargetedModality.INFUSION_TIME.name());
        if (route == Route.ORAL && hours > 0) {
            throw new InvalidInputException(
                    TargetedModality.INFUSION_TIME.name(), hours + " h is not allowed for a drug taken by mouth");
        }
        int pulseInterval = inputs.count(TargetedModality.PULSE_INTERVAL.name());
        int pulseDays = inputs.count(TargetedModality.PULSE_DAYS.name());
        if (pulseDays > pulseInterval) {
            throw new InvalidInputException(
                    TargetedModality.PULSE_DAYS.name(),
                    pulseDays + " is not allowed; allowed is at most the pulse_interval of " + pulseInterval);
        }
        double dose = inputs.number(TargetedModality.DOSE.name());
        double pulse = inputs.number(TargetedModality.PULSE_DOSE.name());
        double interval = inputs.number(TargetedModality.DOSE_INTERVAL.name());
        int days = inputs.count(TargetedModality.DAYS.name());
        List<Administration> administrations = new ArrayList<>();
        for (int number = 0; number * interval < days; number++) {
            double day = number * interval;
            boolean pulsed = pulse > 0 && (long) day % pulseInterval < pulseDays;
            double amount = pulsed ? pulse : dose;
            if (amount > 0) {
                SimulationTime time =
                        request.start().plusMilliseconds(Math.round(day * SimulationTime.MILLISECONDS_PER_DAY));
                administrations.add(new Administration(time, hours / HOURS_PER_DAY, amount, route));
            }
        }
        return new Prescription(List.copyOf(administrations));
    }

    double totalDose() {
        return administrations.stream().mapToDouble(Administration::amount).sum();
    }

    private static Route route(Inputs inputs) {
        String word = inputs.choice(TargetedModality.ROUTE.name());
        return Arrays.stream(Route.values())
                .filter(route -> route.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        TargetedModality.ROUTE.name(),
                        "'" + word + "' is not allowed; allowed is one of " + TargetedModality.ROUTE.choices()));
    }

    private static void checkRange(InputDescription input, Inputs inputs) {
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
