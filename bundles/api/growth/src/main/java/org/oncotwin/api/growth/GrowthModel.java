package org.oncotwin.api.growth;

import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.osgi.annotation.versioning.ConsumerType;

/** A way in which tumours grow. Implemented by model plugins as a service declared with {@link GrowthModelPlugin}. */
@ConsumerType
public interface GrowthModel {

    /** What it is and what it takes. The same at every call. */
    GrowthModelDescription description();

    /**
     * Ties the model to a patient and parameters.
     *
     * @param setting anatomy, covariates and markers
     * @param parameters complete, checked against the description
     * @param context solvers and random numbers of the run
     * @throws InvalidInputException naming what the setting or the parameters lack, or a parameter
     *     that is out of bounds ({@link Parameters#resolve} checks that)
     */
    GrowthProcess bind(Setting setting, Parameters parameters, RunContext context);
}
