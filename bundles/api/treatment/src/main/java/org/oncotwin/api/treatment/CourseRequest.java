package org.oncotwin.api.treatment;

import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.twin.SimulationTime;

/**
 * What a case asks of a course.
 *
 * @param start when it starts
 * @param calendar which day of the week a day is
 * @param inputs values of the inputs that the modality describes
 * @param pharmacokinetics the drugs of the case, and where they go in the patient
 */
public record CourseRequest(
        SimulationTime start, StudyCalendar calendar, Inputs inputs, Pharmacokinetics pharmacokinetics) {

    /** Of a course without drugs. */
    public CourseRequest(SimulationTime start, StudyCalendar calendar, Inputs inputs) {
        this(start, calendar, inputs, Pharmacokinetics.NONE);
    }
}
