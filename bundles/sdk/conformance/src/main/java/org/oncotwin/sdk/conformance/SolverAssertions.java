package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverStatistics;
import org.oncotwin.api.twin.Interval;

/** What the contract tests ask of any solver. */
final class SolverAssertions {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

    private SolverAssertions() {}

    static void assertComplete(SolverDescription d) {
        assertThat(d.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(d.title()).as("title").isNotBlank();
        assertThat(d.order()).as("order").isPositive();
        assertThat(d.limitations()).as("limitations").isNotEmpty().allSatisfy(t -> assertThat(t)
                .isNotBlank());
        assertThat(d.references()).as("references").isNotEmpty().allSatisfy(t -> assertThat(t)
                .isNotBlank());
    }

    static void assertPlausible(SolverStatistics statistics, SolverDescription description, Interval interval) {
        assertThat(statistics.solver()).as("solver").isEqualTo(description.id());
        assertThat(statistics.steps()).as("steps").isPositive();
        assertThat(statistics.rejectedSteps()).as("rejected steps").isNotNegative();
        // A solver of linear equations alone may know A and b and never ask for their sum.
        long fewest = Set.of(SolverKind.LINEAR_ORDINARY_DIFFERENTIAL_EQUATIONS).equals(description.kinds())
                ? 0
                : statistics.steps();
        assertThat(statistics.evaluations()).as("evaluations").isGreaterThanOrEqualTo(fewest);
        statistics
                .error()
                .ifPresent(error ->
                        assertThat(error).as("estimate of the error").isFinite().isNotNegative());
        assertThat(statistics.longestStep())
                .as("longest step")
                .isPositive()
                .isLessThanOrEqualTo(interval.days() * (1 + 1e-12));
        assertThat(statistics.longestStep() * statistics.steps())
                .as("steps cover the interval")
                .isGreaterThanOrEqualTo(interval.days() * (1 - 1e-9));
    }

    /** The message has a number that lies within the interval, which the test puts where no other number is likely. */
    static void assertNamesTime(Throwable failure, Interval interval) {
        Matcher numbers = NUMBER.matcher(failure.getMessage());
        boolean found = false;
        while (numbers.find()) {
            double number = Double.parseDouble(numbers.group());
            found |= number >= interval.start().days()
                    && number <= interval.end().days();
        }
        assertThat(found)
                .as("'%s' names a time in %s", failure.getMessage(), interval)
                .isTrue();
    }
}
