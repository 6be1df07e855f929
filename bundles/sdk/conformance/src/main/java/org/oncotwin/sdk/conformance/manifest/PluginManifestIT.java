package org.oncotwin.sdk.conformance.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.oncotwin.sdk.conformance.ConformanceBuild;

/** Layer 1, run by the SDK's parent POM on every plugin that it builds. */
@DisplayName("Layer 1, manifest")
public class PluginManifestIT {

    /** For JUnit. */
    public PluginManifestIT() {}

    @TestFactory
    @DisplayName("Layer 1, manifest: the built bundle keeps each rule")
    Stream<DynamicTest> rules() throws IOException {
        List<BundleProblem> problems = BundleRules.check(ConformanceBuild.bundle());
        return Arrays.stream(BundleRule.values())
                .map(rule -> dynamicTest("Layer 1, manifest: " + rule.title(), () -> assertThat(problems)
                        .filteredOn(problem -> problem.rule() == rule)
                        .as(rule.title())
                        .isEmpty()));
    }

    /** The contract tests run on classes of the class path; what is delivered is the bundle. */
    @Test
    @DisplayName("Layer 1, manifest: the classes that are tested are those of the bundle, byte for byte")
    void testedClassesAreThoseOfTheBundle() throws IOException {
        Archive archive = Archive.read(ConformanceBuild.bundle());
        List<String> others = new ArrayList<>();
        for (var entry : archive.entries().entrySet()) {
            if (entry.getKey().endsWith(".class")) {
                URL tested = getClass().getClassLoader().getResource(entry.getKey());
                if (tested == null || !Arrays.equals(bytes(tested), entry.getValue())) {
                    others.add(entry.getKey());
                }
            }
        }
        assertThat(others)
                .as("classes of the bundle that are not those on the class path of the tests")
                .isEmpty();
    }

    private static byte[] bytes(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }
}
