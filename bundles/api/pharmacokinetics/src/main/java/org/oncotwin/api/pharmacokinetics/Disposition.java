package org.oncotwin.api.pharmacokinetics;

import java.util.SortedSet;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.twin.TimeFunction;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What becomes of the doses of a drug in a patient. Doses are known in advance, so that concentrations are functions of time alone: they are computed once, hold no state and need no migration when a model is
 * exchanged. Defined at all times up to the end of the run; 0 before the first dose.
 */
@ConsumerType
public interface Disposition {

    /** Total concentration in plasma; every model has it. */
    String PLASMA = "plasma";

    /** Total concentration in the tumour. */
    String TUMOUR = "tumour";

    /** Where concentrations are known: at least {@link #PLASMA}; others are names of organs, such as {@code liver}. */
    SortedSet<String> sites();

    /**
     * Concentration of the drug in mg/L over time in days, not negative, with its exact integral; its jumps are where doses start and end.
     *
     * @throws InvalidInputException listing the sites if this is none of them
     */
    TimeFunction concentration(String site);

    /** Where the drug is at a time in days since day 0. */
    MassBalance massBalance(double day);
}
