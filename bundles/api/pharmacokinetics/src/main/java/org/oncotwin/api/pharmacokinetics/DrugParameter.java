package org.oncotwin.api.pharmacokinetics;

import java.util.List;
import org.oncotwin.api.units.MeasuredValue;

/**
 * A number of a drug and how it differs between patients.
 *
 * @param typical value of the patient whose covariates are the reference, in the unit of the source
 * @param effects how covariates change it; their factors multiply
 * @param variability standard deviation of its natural logarithm between patients of equal covariates, 0 if the source gives none
 * @param source paper and table
 */
public record DrugParameter(MeasuredValue typical, List<CovariateEffect> effects, double variability, String source) {

    /** Checks the variability and makes the list immutable. */
    public DrugParameter {
        effects = List.copyOf(effects);
        if (!(variability >= 0 && variability <= 5)) {
            throw new IllegalArgumentException("variability " + variability + " is not allowed; allowed is 0 to 5");
        }
    }
}
