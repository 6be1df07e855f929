package org.oncotwin.api.patient;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A version of a twin, which never changes.
 *
 * @param reference which twin and version
 * @param time since when it stands, in UTC to the millisecond; never before that of the version before
 * @param actor account that wrote it
 * @param reason why, in the words of who wrote it
 * @param document SHA-256 of the case file in the content store
 * @param inputs SHA-256 of each file that the case names, by its name in the case
 * @param changes what is different from the version before; empty for the first
 */
public record TwinVersion(
        TwinReference reference,
        Instant time,
        String actor,
        String reason,
        String document,
        Map<String, String> inputs,
        List<TwinChange> changes) {

    /** Makes map and list immutable. */
    public TwinVersion {
        inputs = Map.copyOf(inputs);
        changes = List.copyOf(changes);
    }

    /** Twin and version alone, as what changed may tell of the patient. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
