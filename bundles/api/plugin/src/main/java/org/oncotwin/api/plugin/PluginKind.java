package org.oncotwin.api.plugin;

/** What a plugin is for. */
public enum PluginKind {
    /** Grows a tumour. */
    GROWTH,
    /** Treats it. */
    TREATMENT,
    /** Solves equations. */
    SOLVER,
    /** Writes files for other programs. */
    EXPORT,
    /** Computes where drugs go in the body. */
    PHARMACOKINETICS,
    /** Computes harm to healthy tissue. */
    TOXICITY
}
