package org.oncotwin.api.pharmacokinetics;

import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.osgi.annotation.versioning.ProviderType;

/** The drugs of a case and the pharmacokinetic model that a run lends to its treatments. */
@ProviderType
public interface Pharmacokinetics {

    /** For treatments without drugs. */
    Pharmacokinetics NONE = new Pharmacokinetics() {
        @Override
        public Drug drug(String id) {
            throw new InvalidInputException("drug", "'" + id + "' is not known: there are no drugs here");
        }

        @Override
        public Disposition disposition(String id, List<Administration> administrations) {
            throw new InvalidInputException("drug", "'" + id + "' is not known: there are no drugs here");
        }
    };

    /**
     * A drug of the case.
     *
     * @param id as the case reader gave it to the input
     * @throws InvalidInputException listing the drugs of the case
     */
    Drug drug(String id);

    /**
     * Concentrations that some doses of a drug lead to in the patient of the run.
     *
     * @param id the drug
     * @param administrations doses, sorted by start
     * @throws InvalidInputException naming what the drug or the patient lacks for the model in use
     */
    Disposition disposition(String id, List<Administration> administrations);
}
