package org.oncotwin.api.patient;

/**
 * Names a version of a twin.
 *
 * @param id id of the twin
 * @param version 1 for the first
 */
public record TwinReference(String id, int version) {

    /** As people say it, such as {@code ONCO-2026-001 version 2}. */
    @Override
    public String toString() {
        return id + " version " + version;
    }
}
