package org.oncotwin.api.pharmacokinetics;

import java.util.List;

/**
 * A drug that a course gives, and where it goes.
 *
 * @param drug the drug
 * @param phase part of the treatment, to which rules of the drug's label may be tied; empty for none
 * @param administrations doses, sorted by start
 * @param disposition concentrations
 */
public record DrugExposure(Drug drug, String phase, List<Administration> administrations, Disposition disposition) {

    /** Makes the list immutable. */
    public DrugExposure {
        administrations = List.copyOf(administrations);
    }
}
