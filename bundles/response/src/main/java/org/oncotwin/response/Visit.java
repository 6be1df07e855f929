package org.oncotwin.response;

import java.util.Optional;

/**
 * What imaging shows at a visit.
 *
 * @param day day of the visit
 * @param targets the target lesions; empty if one could not be measured
 * @param nonTargets the lesions that are not measured
 * @param newLesions lesions that were not there at baseline
 */
public record Visit(double day, Optional<TargetLesions> targets, NonTargetLesions nonTargets, NewLesions newLesions) {

    /**
     * Checks the day.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Visit {
        if (!Double.isFinite(day)) {
            throw new IllegalArgumentException("a visit on day " + day + " is not allowed; allowed is a number");
        }
    }

    /** Target lesions alone, as models see them. */
    public static Visit of(double day, double sum) {
        return new Visit(day, Optional.of(TargetLesions.of(sum)), NonTargetLesions.ABSENT, NewLesions.NONE);
    }

    /** A visit at which nothing could be assessed. */
    public static Visit notEvaluable(double day) {
        return new Visit(day, Optional.empty(), NonTargetLesions.NOT_EVALUATED, NewLesions.NONE);
    }

    /** This visit with other lesions that are not measured. */
    public Visit with(NonTargetLesions others) {
        return new Visit(day, targets, others, newLesions);
    }

    /** This visit with new lesions. */
    public Visit with(NewLesions appeared) {
        return new Visit(day, targets, nonTargets, appeared);
    }
}
