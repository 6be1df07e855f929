package org.oncotwin.api.pharmacokinetics;

import java.util.List;

/**
 * A rule of a drug's label: what to do with the next dose when something is found.
 *
 * @param id short name, unique in the drug, such as {@code concomitant-hold}
 * @param phase part of the treatment to which it applies, as the course names it; empty for every part
 * @param conditions of which any one suffices
 * @param advice what to do
 * @param text the rule in words
 * @param source label or paper, and its section
 */
public record DoseRule(
        String id, String phase, List<Condition> conditions, DoseAdvice advice, String text, String source) {

    /** Makes the list immutable. */
    public DoseRule {
        conditions = List.copyOf(conditions);
    }

    /**
     * A finding: {@code least <= value < below}.
     *
     * @param quantity name of a curve or {@code grade.} and the term of a toxicity, such as {@code neutrophils} or {@code grade.vomiting}; {@code grade.non-haematological} is the highest of those
     * @param least smallest value that meets it, negative infinity for none
     * @param below smallest value that no longer meets it, infinity for none
     * @param unit UCUM unit of both
     */
    public record Condition(String quantity, double least, double below, String unit) {

        /** Checks the range. */
        public Condition {
            if (!(least < below)) {
                throw new IllegalArgumentException(
                        quantity + " from " + least + " to below " + below + " can never be met");
            }
        }
    }
}
