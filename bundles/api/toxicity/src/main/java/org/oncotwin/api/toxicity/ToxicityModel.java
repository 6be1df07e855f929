package org.oncotwin.api.toxicity;

import java.util.List;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way in which treatment harms healthy tissue. Implemented by plugins as a service declared with {@link ToxicityModelPlugin}. Harm follows from exposures, which are known in advance, and not from the tumour; so
 * that it is computed once for a run and holds no state.
 */
@ConsumerType
public interface ToxicityModel {

    /** What it is and what it takes. The same at every call. */
    ToxicityModelDescription description();

    /**
     * Harm that exposures do.
     *
     * @param setting covariates of the patient
     * @param exposures drugs that the courses of the run give, sorted by drug and first dose
     * @param parameters complete, checked against the description
     * @param context solvers and random numbers of the run; its horizon is how far harm is wanted
     * @throws InvalidInputException naming what the setting or a drug lacks
     */
    Toxicity assess(Setting setting, List<ToxicExposure> exposures, Parameters parameters, RunContext context);
}
