package org.oncotwin.api.pharmacokinetics;

import java.util.List;
import org.oncotwin.api.plugin.Parameters;

/**
 * The doses of one drug for one patient.
 *
 * @param drug the drug
 * @param parameters numbers of the drug for this patient, those that the model describes, in its units and with covariates taken in
 * @param administrations doses, sorted by start
 */
public record Dosing(Drug drug, Parameters parameters, List<Administration> administrations) {

    /** Checks the order and makes the list immutable. */
    public Dosing {
        administrations = List.copyOf(administrations);
        for (int i = 1; i < administrations.size(); i++) {
            if (administrations
                    .get(i)
                    .start()
                    .isBefore(administrations.get(i - 1).start())) {
                throw new IllegalArgumentException("doses of " + drug.id() + " are not sorted by time");
            }
        }
    }
}
