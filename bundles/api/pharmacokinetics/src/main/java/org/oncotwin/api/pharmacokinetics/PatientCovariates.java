package org.oncotwin.api.pharmacokinetics;

import java.util.OptionalDouble;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;

/** Covariates of a patient as given, or as formulas give them from others. */
public final class PatientCovariates {

    private static final double COCKCROFT_GAULT_DENOMINATOR = 72;

    private PatientCovariates() {}

    /**
     * A covariate, given or derived: body surface area by Du Bois and Du Bois (Arch Intern Med 1916;17:863), {@code 0.007184 W^0.425 H^0.725}; creatinine clearance by Cockcroft and Gault (Nephron 1976;16:31),
     * {@code (140 - age) W / (72 Scr)}, times 0.85 for women; glomerular filtration rate as creatinine clearance, as is customary for Calvert's formula.
     */
    public static OptionalDouble of(Setting setting, Covariate covariate) {
        Double given = setting.covariates().get(covariate.key());
        if (given != null) {
            return OptionalDouble.of(given);
        }
        return switch (covariate) {
            case BODY_SURFACE_AREA -> bodySurfaceArea(setting);
            case CREATININE_CLEARANCE -> creatinineClearance(setting);
            case GLOMERULAR_FILTRATION_RATE -> of(setting, Covariate.CREATININE_CLEARANCE);
            default -> OptionalDouble.empty();
        };
    }

    /**
     * A covariate that is needed.
     *
     * @throws InvalidInputException naming it, and from what it could be derived
     */
    public static double require(Setting setting, Covariate covariate) {
        return of(setting, covariate)
                .orElseThrow(() -> new InvalidInputException(
                        "patient." + covariate.key(), "missing; needed is " + wanted(covariate)));
    }

    private static String wanted(Covariate covariate) {
        String own = covariate.title() + " in " + covariate.unit();
        return switch (covariate) {
            case BODY_SURFACE_AREA -> own + ", or weight and height";
            case CREATININE_CLEARANCE -> own + ", or serum_creatinine, age, weight and sex";
            case GLOMERULAR_FILTRATION_RATE ->
                own + ", or creatinine_clearance, or serum_creatinine, age, weight and sex";
            default -> own;
        };
    }

    private static OptionalDouble bodySurfaceArea(Setting setting) {
        OptionalDouble weight = of(setting, Covariate.WEIGHT);
        OptionalDouble height = of(setting, Covariate.HEIGHT);
        if (weight.isEmpty() || height.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                0.007184 * StrictMath.pow(weight.getAsDouble(), 0.425) * StrictMath.pow(height.getAsDouble(), 0.725));
    }

    private static OptionalDouble creatinineClearance(Setting setting) {
        OptionalDouble creatinine = of(setting, Covariate.SERUM_CREATININE);
        OptionalDouble age = of(setting, Covariate.AGE);
        OptionalDouble weight = of(setting, Covariate.WEIGHT);
        String sex = setting.markers().get("sex");
        if (creatinine.isEmpty() || age.isEmpty() || weight.isEmpty() || sex == null || sex.equals("other")) {
            return OptionalDouble.empty();
        }
        double clearance = (140 - age.getAsDouble())
                * weight.getAsDouble()
                / (COCKCROFT_GAULT_DENOMINATOR * creatinine.getAsDouble());
        return OptionalDouble.of(sex.equals("female") ? 0.85 * clearance : clearance);
    }
}
