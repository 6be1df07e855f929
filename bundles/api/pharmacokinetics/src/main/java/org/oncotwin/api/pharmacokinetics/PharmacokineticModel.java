package org.oncotwin.api.pharmacokinetics;

import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to compute where a drug goes in the body. Implemented by plugins as a service declared with {@link PharmacokineticModelPlugin}; a case chooses one, so that a model of few compartments and one of
 * the whole body serve the same treatments.
 */
@ConsumerType
public interface PharmacokineticModel {

    /** What it is and what it takes. The same at every call. */
    PharmacokineticModelDescription description();

    /**
     * Concentrations that some doses lead to.
     *
     * @param setting covariates of the patient
     * @param dosing the drug, its parameters checked against the description, and its doses
     * @param parameters parameters of the model itself, complete, checked against the description
     * @param context solvers and random numbers of the run; its horizon is how far concentrations are wanted
     * @throws InvalidInputException naming what the drug or the setting lacks
     */
    Disposition disposition(Setting setting, Dosing dosing, Parameters parameters, RunContext context);
}
