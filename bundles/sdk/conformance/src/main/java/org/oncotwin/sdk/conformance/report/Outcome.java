package org.oncotwin.sdk.conformance.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Locale;

/** How a test or a section of the report came out. */
public enum Outcome {
    /** Asked and answered well. */
    PASSED,
    /** Asked and answered badly. */
    FAILED,
    /** Not asked: skipped, aborted by an assumption, or left out of the run. */
    NOT_RUN;

    /** As in the report. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Failed if any failed, else not run if any was not or there are none, else passed. */
    static Outcome of(Collection<Outcome> outcomes) {
        if (outcomes.contains(FAILED)) {
            return FAILED;
        }
        return outcomes.isEmpty() || outcomes.contains(NOT_RUN) ? NOT_RUN : PASSED;
    }
}
