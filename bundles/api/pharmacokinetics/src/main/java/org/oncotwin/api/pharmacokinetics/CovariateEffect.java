package org.oncotwin.api.pharmacokinetics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.Covariate;
import org.oncotwin.api.twin.Setting;

/** How a property of the patient changes a parameter of a drug: by a factor. {@link StrictMath} gives the same bits on every machine. */
public sealed interface CovariateEffect {

    /**
     * The factor for a patient.
     *
     * @throws InvalidInputException naming the covariate that the case must give
     */
    double factor(Setting setting);

    /**
     * {@code (x / reference)^exponent}.
     *
     * @param covariate x
     * @param reference value at which the factor is 1, in the unit of the covariate
     * @param exponent the exponent
     */
    record Power(Covariate covariate, double reference, double exponent) implements CovariateEffect {

        /** Checks the numbers. */
        public Power {
            if (!(reference > 0) || !Double.isFinite(exponent)) {
                throw new IllegalArgumentException("reference " + reference + " and exponent " + exponent + " of "
                        + covariate.key() + " are not allowed; the reference is above 0, the exponent finite");
            }
        }

        @Override
        public double factor(Setting setting) {
            return StrictMath.pow(PatientCovariates.require(setting, covariate) / reference, exponent);
        }
    }

    /**
     * A factor for each finding of a marker, such as sex.
     *
     * @param marker key of the marker
     * @param factors factor by finding
     */
    record Category(String marker, SortedMap<String, Double> factors) implements CovariateEffect {

        /** Checks the factors and makes the map immutable. */
        public Category {
            factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
            if (factors.values().stream().anyMatch(factor -> !(factor > 0 && factor < 1e6))) {
                throw new IllegalArgumentException("factors of " + marker + " " + factors + " must be above 0");
            }
        }

        @Override
        public double factor(Setting setting) {
            String finding = setting.markers().get(marker);
            Double factor = finding == null ? null : factors.get(finding);
            if (factor == null) {
                String field = marker.equals("sex") ? "patient.sex" : "patient.markers." + marker;
                throw new InvalidInputException(
                        field,
                        (finding == null ? "missing" : "the finding is not known")
                                + "; a parameter of the drug depends on it. Allowed are "
                                + String.join(", ", factors.keySet()));
            }
            return factor;
        }
    }
}
