package org.oncotwin.solver.jcuda;

import java.util.Locale;

/** The kernels that work on fields, in the order in which launches of one turn are made. */
enum KernelName {
    /** Logistic growth and killing. */
    REACT,
    /** A stage of a diffusion polynomial with exchange through faces. */
    STAGE3,
    /** The same and logistic growth and killing. */
    STAGE3_REACT,
    /** A stage with exchange through faces and across edges. */
    STAGE9,
    /** The same and logistic growth and killing. */
    STAGE9_REACT,
    /** Rows of the extrapolation table to a candidate, with sums over voxels. */
    COMBINE,
    /** Adds up the sums of many threads to few. */
    GATHER;

    /** Name in the kernel source. */
    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
