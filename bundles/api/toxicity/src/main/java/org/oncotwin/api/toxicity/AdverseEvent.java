package org.oncotwin.api.toxicity;

/**
 * An adverse event of one grade: from the time at which a value enters the grade to the time at which it leaves it.
 *
 * @param term term of the Common Terminology Criteria for Adverse Events, such as {@code Neutrophil count decreased}
 * @param grade 1 to 5
 * @param haematological true if it concerns blood cells
 * @param fromDay when it starts, in days since day 0
 * @param toDay when the grade changes, or the end of the run
 * @param value worst value in that time
 * @param unit UCUM unit of the value
 * @param rule the rule that fired, in words, such as {@code neutrophils below 0.5 10*9/L}
 * @param source where the rule stands
 */
public record AdverseEvent(
        String term,
        int grade,
        boolean haematological,
        double fromDay,
        double toDay,
        double value,
        String unit,
        String rule,
        String source) {

    /** Checks grade and times. */
    public AdverseEvent {
        if (grade < 1 || grade > 5 || !(fromDay <= toDay)) {
            throw new IllegalArgumentException(
                    term + " of grade " + grade + " from day " + fromDay + " to day " + toDay + " is not possible");
        }
    }
}
