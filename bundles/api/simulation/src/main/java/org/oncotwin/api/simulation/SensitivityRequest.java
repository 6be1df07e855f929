package org.oncotwin.api.simulation;

import org.oncotwin.api.plugin.InvalidInputException;

/**
 * What is to be differentiated, with respect to every parameter of the growth model and of the treatments, and how.
 *
 * @param objective what
 * @param maps true if derivatives with respect to each voxel of the initial field and of the model's maps are wanted, too
 * @param memory bytes that may be used to keep states of the run; with less, more is computed again
 * @param check true if each derivative is to be compared with one by repeated runs
 */
public record SensitivityRequest(Objective objective, boolean maps, long memory, boolean check) {

    /** Memory allowed unless asked otherwise: 2 GiB, enough for a brain at 1 mm. */
    public static final long DEFAULT_MEMORY = 2L << 30;

    /** Checks the memory. */
    public SensitivityRequest {
        if (memory <= 0) {
            throw new InvalidInputException("memory", memory + " bytes is not allowed; allowed is above 0");
        }
    }

    /** All parameters, no maps, {@link #DEFAULT_MEMORY}, not checked. */
    public static SensitivityRequest of(Objective objective) {
        return new SensitivityRequest(objective, false, DEFAULT_MEMORY, false);
    }

    /** With maps. */
    public SensitivityRequest withMaps() {
        return new SensitivityRequest(objective, true, memory, check);
    }

    /** With other memory. */
    public SensitivityRequest within(long bytes) {
        return new SensitivityRequest(objective, maps, bytes, check);
    }

    /** With each derivative compared with one by repeated runs. */
    public SensitivityRequest checked() {
        return new SensitivityRequest(objective, maps, memory, true);
    }
}
