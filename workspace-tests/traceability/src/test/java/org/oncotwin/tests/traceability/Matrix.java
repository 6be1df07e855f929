package org.oncotwin.tests.traceability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requirements and the tests that verify them, in both directions.
 *
 * @param rows a row for each requirement, in their order
 * @param tests all tests, also those that verify none
 * @param narrowed why the build did not run all tests; empty if it did
 * @param problems what is wrong
 */
record Matrix(List<Row> rows, List<TracedTest> tests, String narrowed, List<String> problems) {

    /** A requirement and its tests. */
    record Row(String area, Requirement requirement, List<TracedTest> tests, Status status) {

        /** How many of the tests had this outcome. */
        long count(Outcome outcome) {
            return tests.stream()
                    .filter(test -> test.result().outcome() == outcome)
                    .count();
        }
    }

    /** Tests of a module; those that were not run are among the others, too. */
    record Share(String module, long tests, long traced, long notRun) {

        long untraced() {
            return tests - traced;
        }
    }

    /**
     * Puts requirements and tests together.
     *
     * @param narrowed why not all tests were run; then one that was not run is no fault
     */
    static Matrix of(Requirements requirements, TestSuite suite, String narrowed) {
        List<String> problems = new ArrayList<>(suite.problems());
        Map<String, List<TracedTest>> byRequirement = new TreeMap<>();
        for (TracedTest test : suite.tests()) {
            for (String id : test.requirements()) {
                byRequirement.computeIfAbsent(id, key -> new ArrayList<>()).add(test);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Area area : requirements.areas()) {
            for (Requirement requirement : area.requirements()) {
                List<TracedTest> tests = byRequirement.getOrDefault(requirement.id(), List.of());
                rows.add(new Row(area.title(), requirement, tests, status(requirement, tests)));
            }
        }
        Set<String> known = requirements.all().map(Requirement::id).collect(Collectors.toSet());
        byRequirement.forEach((id, tests) -> {
            if (!known.contains(id)) {
                tests.forEach(test ->
                        problems.add(test.className() + "." + test.method() + ": there is no requirement " + id));
            }
        });
        rows.forEach(row -> problems.addAll(problems(row, narrowed)));
        return new Matrix(List.copyOf(rows), suite.tests(), narrowed, List.copyOf(problems));
    }

    private static Status status(Requirement requirement, List<TracedTest> tests) {
        if (tests.isEmpty()) {
            return requirement.isGap() ? Status.OPEN_GAP : Status.NO_TEST;
        }
        if (tests.stream().anyMatch(test -> test.result().outcome() == Outcome.FAILED)) {
            return Status.FAILED;
        }
        return tests.stream().anyMatch(test -> test.result().outcome() == Outcome.PASSED)
                ? Status.VERIFIED
                : Status.NOT_VERIFIED;
    }

    private static List<String> problems(Row row, String narrowed) {
        String id = row.requirement().id();
        List<String> problems = new ArrayList<>();
        if (row.requirement().isGap() && !row.tests().isEmpty()) {
            problems.add(
                    id + ": it is said to be a gap, but " + row.tests().get(0).title() + " verifies it");
        }
        if (row.status() == Status.NO_TEST) {
            problems.add(id + ": no test verifies it, and it is not said to be a gap");
        }
        for (TracedTest test : row.tests()) {
            switch (test.result().outcome()) {
                case FAILED ->
                    problems.add(id + ": " + test.title() + " failed: "
                            + test.result().reason());
                case NOT_RUN -> {
                    if (narrowed.isEmpty()) {
                        problems.add(id + ": " + test.module() + " " + test.title()
                                + " was not run since it was last compiled");
                    }
                }
                default -> {}
            }
        }
        if (narrowed.isEmpty() && row.status() == Status.NOT_VERIFIED && row.count(Outcome.NOT_RUN) == 0) {
            problems.add(id + ": all its tests were skipped: "
                    + row.tests().get(0).result().reason());
        }
        return problems;
    }

    /** How many requirements are in a state. */
    long count(Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }

    /** How many tests each module has, and how many of them verify a requirement. */
    List<Share> shares() {
        Map<String, List<TracedTest>> modules =
                tests.stream().collect(Collectors.groupingBy(TracedTest::module, TreeMap::new, Collectors.toList()));
        return modules.entrySet().stream()
                .map(module -> new Share(
                        module.getKey(),
                        module.getValue().size(),
                        module.getValue().stream()
                                .filter(test -> !test.requirements().isEmpty())
                                .count(),
                        module.getValue().stream()
                                .filter(test -> test.result().outcome() == Outcome.NOT_RUN)
                                .count()))
                .toList();
    }
}
