package org.oncotwin.api.simulation;

import java.util.List;
import org.oncotwin.api.treatment.CourseFact;
import org.oncotwin.api.treatment.TreatmentEvent;
import org.oncotwin.api.twin.Curve;

/**
 * What a course of a run was.
 *
 * @param label its label in the combination
 * @param title title of the modality
 * @param events its timeline within the run
 * @param facts numbers for the report
 * @param curves what a report plots of it, over the run
 */
public record CourseSummary(
        String label, String title, List<TreatmentEvent> events, List<CourseFact> facts, List<Curve> curves) {

    /** Makes the lists immutable. */
    public CourseSummary {
        events = List.copyOf(events);
        facts = List.copyOf(facts);
        curves = List.copyOf(curves);
    }
}
