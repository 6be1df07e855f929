package org.oncotwin.api.patient;

import java.util.Optional;

/**
 * A difference of a version to the one before.
 *
 * @param part where it is
 * @param place path in the case file, such as {@code growth.parameters.proliferation} or {@code treatments[1]}; of a file, its name in the case
 * @param before what stood there, as JSON; of a file, its SHA-256. Empty if nothing did
 * @param after what stands there now, likewise
 */
public record TwinChange(Part part, String place, Optional<String> before, Optional<String> after) {

    /** Where a difference is. */
    public enum Part {
        /** In the case file. */
        CASE,
        /** In a file that the case names. */
        FILE
    }

    /** The place alone: values may tell of the patient and must not get into a log by accident. */
    @Override
    public String toString() {
        return (part == Part.FILE ? "file " : "") + place;
    }
}
