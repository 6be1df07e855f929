package org.oncotwin.api.twin;

/** The form in which a quantity is held. */
public enum QuantityKind {
    /** One number. */
    SCALAR,
    /** One number per voxel. */
    FIELD,
    /** A table with one row per agent. */
    AGENTS
}
