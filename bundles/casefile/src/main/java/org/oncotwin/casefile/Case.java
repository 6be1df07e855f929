package org.oncotwin.casefile;

import java.util.List;
import java.util.Optional;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.Field;

/**
 * A case as read and checked.
 *
 * @param request what to run
 * @param caseName name of the case
 * @param patientId id of the patient, if the case has one; never goes into messages
 * @param inputs the files that the case names, sorted by name
 * @param background image for the report on the grid of the anatomy, if the case has one; the run does not depend on it
 * @param warnings what a reader of the result must know about the images, such as headers that contradict themselves
 * @param document the case file's text. Absolute paths in it are replaced by the names of the inputs, so that a copy says nothing about this machine
 */
public record Case(
        SimulationRequest request,
        String caseName,
        Optional<String> patientId,
        List<InputFile> inputs,
        Optional<Field> background,
        List<String> warnings,
        String document) {
    /** Makes the list immutable. */
    public Case {
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }

    /** The name alone: what is in a case about a patient must not get into a log by accident. */
    @Override
    public String toString() {
        return "case " + caseName;
    }
}
