package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All tests of all modules.
 *
 * @param tests by module, class and method
 * @param problems annotations that nothing reads
 */
record TestSuite(List<TracedTest> tests, List<String> problems) {

    /** What is meant as the id of a requirement, also if it is mistyped; all other tags are other people's. */
    private static final Pattern ID = Pattern.compile("(?i)SR[-_ ]?\\d.*");

    TestSuite {
        tests = List.copyOf(tests);
        problems = List.copyOf(problems);
    }

    /** Reads the classes and the reports of modules that were built. */
    static TestSuite read(List<Module> modules) throws IOException {
        TestCode code = new TestCode();
        // Contract tests lie among the delivered classes of the conformance kit; the tests that inherit them do not.
        for (Module module : modules) {
            code.read(module.folder().resolve("target/classes"));
        }
        List<TracedTest> tests = new ArrayList<>();
        Set<String> tagged = new TreeSet<>();
        for (Module module : modules) {
            List<TestCode.Type> types = code.read(module.folder().resolve("target/test-classes"));
            TestReports reports = TestReports.read(module.folder().resolve("target"));
            for (TestCode.Type type : types) {
                if (!ids(type.tags()).isEmpty()) {
                    tagged.add(type.name());
                }
                type.methods().forEach((name, method) -> {
                    if (!ids(method.tags()).isEmpty()) {
                        tagged.add(type.name() + "." + name);
                    }
                });
            }
            for (TestCode.Type type : types) {
                for (Map.Entry<String, Set<String>> test : code.tests(type).entrySet()) {
                    tests.add(new TracedTest(
                            module.name(),
                            type.name(),
                            test.getKey(),
                            ids(test.getValue()),
                            reports.result(type.name(), test.getKey(), type.compiled())));
                }
            }
        }
        return new TestSuite(tests, problems(code, tests, tagged));
    }

    private static Set<String> ids(Set<String> tags) {
        return tags.stream().filter(tag -> ID.matcher(tag).matches()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A tag on something that no test comes from would look like a proof and be none. */
    private static List<String> problems(TestCode code, List<TracedTest> tests, Set<String> tagged) {
        Set<String> reached = new HashSet<>();
        for (TracedTest test : tests) {
            reached.addAll(code.tagged(test.className(), test.method()));
        }
        return tagged.stream()
                .filter(place -> !reached.contains(place))
                .map(place -> place + ": it has the id of a requirement, but is no test that is run")
                .toList();
    }
}
