package org.oncotwin.sdk.conformance.report;

import java.lang.reflect.Method;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;

/** Tells the kit's tests from those of a plugin, and knows which of them a class must run. */
final class KitTests {

    private static final Pattern TITLE = Pattern.compile("(Law|Layer) (\\d+), ([^:]+): .+", Pattern.DOTALL);
    private static final int CONTRACT = 2;

    private KitTests() {}

    /**
     * Where a test belongs.
     *
     * @param layer number of the layer
     * @param law number of the law, 0 if none
     * @param name of the layer or law
     */
    record Place(int layer, int law, String name) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(law, other.law);
        }
    }

    /** The place that a test has by its title, if its code is the kit's: a test of the plugin's own cannot pass for one. */
    static Optional<Place> place(TestIdentifier test) {
        return source(test).filter(KitTests::isOfTheKit).flatMap(method -> place(test.getDisplayName()));
    }

    static Optional<Place> place(String title) {
        Matcher matcher = TITLE.matcher(title);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        return Optional.of(
                matcher.group(1).equals("Law")
                        ? new Place(CONTRACT, number, matcher.group(3))
                        : new Place(number, 0, matcher.group(3)));
    }

    /** Class that runs a test. */
    static String className(TestIdentifier test) {
        return test.getSource()
                .map(s -> s instanceof MethodSource m ? m.getClassName() : "")
                .orElse("");
    }

    /** Titles of the kit's tests that a class inherits. */
    static Set<String> inherited(Class<?> contractTest) {
        Set<String> titles = new TreeSet<>();
        for (Class<?> type = contractTest; type != null; type = type.getSuperclass()) {
            if (isOfTheKit(type)) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getAnnotation(DisplayName.class))
                        .filter(Objects::nonNull)
                        .forEach(title -> titles.add(title.value()));
            }
        }
        return titles;
    }

    private static Optional<Method> source(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        return source.filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(MethodSource::getJavaMethod);
    }

    private static boolean isOfTheKit(Method method) {
        return isOfTheKit(method.getDeclaringClass());
    }

    private static boolean isOfTheKit(Class<?> type) {
        CodeSource kit = KitTests.class.getProtectionDomain().getCodeSource();
        CodeSource other = type.getProtectionDomain().getCodeSource();
        return kit != null && other != null && Objects.equals(kit.getLocation(), other.getLocation());
    }
}
