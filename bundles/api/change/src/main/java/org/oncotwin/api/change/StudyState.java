package org.oncotwin.api.change;

/** How a study stands. */
public enum StudyState {
    /** It runs, or will go on by itself when the site is open. */
    RUNNING,
    /** Somebody paused it, or a plugin that it needs is gone. */
    PAUSED,
    /** It is done. */
    FINISHED,
    /** It cannot go on. */
    FAILED
}
