package org.oncotwin.tests.traceability;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Result of a test method with all its invocations.
 *
 * @param outcome of all
 * @param passed how many passed
 * @param skipped how many were skipped
 * @param reason why some failed or were skipped; empty if all passed
 */
record Result(Outcome outcome, int passed, int skipped, String reason) {

    static final Result NOT_RUN = new Result(Outcome.NOT_RUN, 0, 0, "");

    /** One invocation. */
    static Result of(Outcome outcome, String reason) {
        return new Result(outcome, outcome == Outcome.PASSED ? 1 : 0, outcome == Outcome.SKIPPED ? 1 : 0, reason);
    }

    /** All invocations together. */
    static Result of(List<Result> results) {
        if (results.isEmpty()) {
            return NOT_RUN;
        }
        int passed = results.stream().mapToInt(Result::passed).sum();
        Outcome outcome = Outcome.SKIPPED;
        if (results.stream().anyMatch(result -> result.outcome == Outcome.FAILED)) {
            outcome = Outcome.FAILED;
        } else if (passed > 0) {
            outcome = Outcome.PASSED;
        }
        return new Result(
                outcome,
                passed,
                results.stream().mapToInt(Result::skipped).sum(),
                results.stream()
                        .map(Result::reason)
                        .filter(reason -> !reason.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining("; ")));
    }
}
