package org.oncotwin.response;

/** Response at a visit by RECIST 1.1 (Eisenhauer et al 2009), the best first. */
public enum Recist {
    /** Complete response. */
    CR,
    /** Partial response. */
    PR,
    /** Stable disease. */
    SD,
    /** Progressive disease. */
    PD,
    /** Not evaluable. */
    NE
}
