package org.oncotwin.tests.traceability;

import java.util.Locale;

/** How far a requirement is proved. */
enum Status {
    /** Tests verify it, at least one passed, none failed. */
    VERIFIED,
    /** It is admitted that nothing verifies it. */
    OPEN_GAP,
    /** A test of it failed. */
    FAILED,
    /** It has tests, and none of them passed. */
    NOT_VERIFIED,
    /** It has no test, and nobody has said so. */
    NO_TEST;

    /** In words. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
