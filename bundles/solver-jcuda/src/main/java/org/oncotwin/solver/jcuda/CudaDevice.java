package org.oncotwin.solver.jcuda;

/**
 * A device.
 *
 * @param ordinal number with the driver, from 0
 * @param name name that the maker gave it
 * @param memory bytes on the device
 * @param major first number of its compute capability
 * @param minor second number of its compute capability
 */
record CudaDevice(int ordinal, String name, long memory, int major, int minor) {

    /** In words, such as {@code Tesla T4 (compute capability 7.5, 15109 MiB)}. */
    String describe() {
        return name + " (compute capability " + major + "." + minor + ", " + (memory >> 20) + " MiB)";
    }
}
