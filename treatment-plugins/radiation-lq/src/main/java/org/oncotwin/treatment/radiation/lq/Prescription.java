package org.oncotwin.treatment.radiation.lq;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.Field;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;

/**
 * What a case prescribes, checked.
 *
 * @param fractions number of fractions
 * @param dosePerFraction prescribed dose of a fraction in Gy
 * @param times when fractions are given; empty if there is no dose
 * @param doseMap planned dose of the whole course in Gy on the grid of the anatomy, if given
 */
record Prescription(int fractions, double dosePerFraction, List<SimulationTime> times, Optional<Field> doseMap) {
    private static final double LARGEST_RATIO = 1.5;

    static Prescription of(Setting setting, CourseRequest request) {
        Inputs inputs = request.inputs();
        double fractions = checked(inputs, RadiationModality.FRACTIONS);
        if (fractions != Math.rint(fractions)) {
            throw outOfRange(RadiationModality.FRACTIONS, fractions);
        }
        double dose = checked(inputs, RadiationModality.DOSE_PER_FRACTION);
        String daysField = RadiationModality.DAYS.name();
        FractionDays days = FractionDays.of(daysField, inputs.choice(daysField));
        Optional<Field> map =
                inputs.image(RadiationModality.DOSE_MAP.name()).map(field -> onGrid(field, setting.anatomy()));
        boolean anyDose = fractions > 0 && dose > 0;
        map.ifPresent(field -> requireAgreement(anyDose, fractions * dose, field));
        List<SimulationTime> times =
                anyDose ? days.times(request.start(), (int) fractions, request.calendar()) : List.of();
        return new Prescription((int) fractions, dose, times, map);
    }

    /**
     * Two inputs that give the dose must not contradict one another. The hottest voxel of a plan has about the prescribed dose; beyond {@link #LARGEST_RATIO} one of the two is in another
     * unit or of another plan.
     */
    private static void requireAgreement(boolean anyDose, double prescribed, Field map) {
        double largest = largest(map);
        if (anyDose != largest > 0) {
            throw new InvalidInputException(
                    RadiationModality.DOSE_MAP.name(),
                    "has a largest dose of " + largest + " Gy, but " + RadiationModality.FRACTIONS.name() + " and "
                            + RadiationModality.DOSE_PER_FRACTION.name() + " prescribe " + (anyDose ? "some" : "none")
                            + "; both must give a dose, or neither");
        }
        if (anyDose && (largest > LARGEST_RATIO * prescribed || largest < prescribed / LARGEST_RATIO)) {
            throw new InvalidInputException(
                    RadiationModality.DOSE_MAP.name(),
                    "has a largest dose of " + largest + " Gy, but " + prescribed
                            + " Gy are prescribed; they may differ by a factor of " + LARGEST_RATIO + " at most");
        }
    }

    private static Field onGrid(Field map, Optional<Anatomy> anatomy) {
        String name = RadiationModality.DOSE_MAP.name();
        if (anatomy.isEmpty()) {
            throw new InvalidInputException(name, "needs a case with anatomy, whose grid it must share");
        }
        if (!map.grid().coincidesWith(anatomy.get().grid())) {
            throw new InvalidInputException(
                    name,
                    "lies on " + map.grid().describe() + "; it must lie on the grid of the anatomy, "
                            + anatomy.get().grid().describe());
        }
        double[] doses = map.toArray();
        for (int index = 0; index < doses.length; index++) {
            if (!inRange(RadiationModality.DOSE_MAP, doses[index])) {
                throw new InvalidInputException(
                        name,
                        doses[index] + " Gy at voxel number " + index + " is not allowed; allowed is "
                                + range(RadiationModality.DOSE_MAP));
            }
        }
        // Headers round: the map takes the anatomy's own grid, so that its product with other fields is defined.
        return Field.owning(anatomy.get().grid(), doses);
    }

    static double largest(Field map) {
        double largest = 0;
        for (int index = 0; index < map.grid().size(); index++) {
            largest = Math.max(largest, map.value(index));
        }
        return largest;
    }

    private static double checked(Inputs inputs, InputDescription input) {
        double value = inputs.number(input.name());
        if (!inRange(input, value)) {
            throw outOfRange(input, value);
        }
        return value;
    }

    private static boolean inRange(InputDescription input, double value) {
        return value >= input.minimum() && value <= input.maximum();
    }

    private static InvalidInputException outOfRange(InputDescription input, double value) {
        String kind = input.kind() == InputDescription.Kind.COUNT ? "a whole number from " : "";
        return new InvalidInputException(input.name(), value + " is not allowed; allowed is " + kind + range(input));
    }

    private static String range(InputDescription input) {
        String unit = input.unit().equals("1") ? "" : " " + input.unit();
        return (long) input.minimum() + " to " + (long) input.maximum() + unit;
    }
}
