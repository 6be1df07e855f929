package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs a contract test as an outside group would and reads which laws it found broken. */
final class BrokenLaws {

    private static final Pattern LAW = Pattern.compile("Law (\\d+), .+: .+");

    private BrokenLaws() {}

    /** Numbers of the broken laws. */
    static SortedSet<Integer> of(Class<?> contractTest) {
        SortedSet<Integer> laws = new TreeSet<>();
        for (String name : failures(contractTest)) {
            Matcher matcher = LAW.matcher(name);
            assertThat(matcher.matches()).as("'%s' names a law", name).isTrue();
            laws.add(Integer.parseInt(matcher.group(1)));
        }
        return laws;
    }

    /** Why tests were left out. */
    static List<String> leftOut(Class<?> contractTest) {
        return reasons(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contractTest))
                .execute()
                .testEvents());
    }

    private static List<String> reasons(Events tests) {
        return tests.aborted().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    /** Names of the failed tests. */
    static SortedSet<String> failures(Class<?> contractTest) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contractTest))
                .execute()
                .testEvents();
        assertThat(tests.started().count()).as("tests of %s", contractTest).isGreaterThan(10);
        assertThat(tests.skipped().count())
                .as("skipped tests of %s", contractTest)
                .isZero();
        assertThat(reasons(tests))
                .as("tests of %s that are left out", contractTest)
                .allSatisfy(reason -> assertThat(reason).contains("not offered: "));
        SortedSet<String> names = new TreeSet<>();
        tests.failed().stream()
                .forEach(event -> names.add(event.getTestDescriptor().getDisplayName()));
        return names;
    }
}
