package org.oncotwin.tests.traceability;

import java.util.Locale;

/** What became of a test in the last run; of several runs of one method the worst counts, and a skipped one is better than none. */
enum Outcome {
    /** All runs passed that were not skipped, at least one. */
    PASSED,
    /** Every run was skipped. */
    SKIPPED,
    /** It was not run since it was last compiled. */
    NOT_RUN,
    /** A run failed. */
    FAILED;

    /** In words. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
