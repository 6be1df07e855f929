package org.oncotwin.api.treatment;

import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.twin.Setting;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to treat tumours. Implemented by treatment plugins as a service declared with {@link TreatmentModalityPlugin}. */
@ConsumerType
public interface TreatmentModality {

    /** What it is and what it takes. The same at every call. */
    TreatmentModalityDescription description();

    /**
     * Plans a course for a patient.
     *
     * @param setting anatomy, covariates and markers
     * @param request what the case asks for
     * @param parameters complete, checked against the description
     * @param context solvers and random numbers of the run
     * @throws InvalidInputException naming the input that cannot be used, or a parameter
     *     that is out of bounds ({@link Parameters#resolve} checks that)
     */
    Course plan(Setting setting, CourseRequest request, Parameters parameters, RunContext context);
}
