package org.oncotwin.sdk.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        assertThat(tests.aborted().count())
                .as("aborted tests of %s", contractTest)
                .isZero();
        SortedSet<String> names = new TreeSet<>();
        tests.failed().stream()
                .forEach(event -> names.add(event.getTestDescriptor().getDisplayName()));
        return names;
    }
}
