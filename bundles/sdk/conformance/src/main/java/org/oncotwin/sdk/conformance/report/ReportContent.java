package org.oncotwin.sdk.conformance.report;

import java.util.List;

/**
 * What a conformance report says. {@code docs/guide/conformance-report.md} describes its form as JSON.
 *
 * @param schema version of this form; {@value #SCHEMA}
 * @param bundle what was tested
 * @param kit what tested it
 * @param java the runtime
 * @param date when, as ISO 8601 in UTC
 * @param conformant true if a bundle was tested, every layer was run, and each test of the kit passed
 * @param gaps what keeps it from being conformant, in words; empty if it is
 * @param sections layers and laws
 * @param ownTests tests of the plugin's own that ran beside the kit's; they do not decide on conformance
 */
public record ReportContent(
        String schema,
        TestedBundle bundle,
        Kit kit,
        Java java,
        String date,
        boolean conformant,
        List<String> gaps,
        List<Section> sections,
        List<TestResult> ownTests) {

    /** Version of the form. */
    public static final String SCHEMA = "1";

    /** Makes the lists immutable. */
    public ReportContent {
        gaps = List.copyOf(gaps);
        sections = List.copyOf(sections);
        ownTests = List.copyOf(ownTests);
    }

    /**
     * A bundle.
     *
     * @param symbolicName its symbolic name; empty if there was no file
     * @param version its version; empty if there was no file
     * @param file name of the file, without folder
     * @param sha256 hash of the file in hexadecimal; empty if there was no file
     */
    public record TestedBundle(String symbolicName, String version, String file, String sha256) {}

    /**
     * The kit.
     *
     * @param name its symbolic name
     * @param version its version
     */
    public record Kit(String name, String version) {}

    /**
     * The Java runtime.
     *
     * @param version its version
     * @param vendor who made it
     */
    public record Java(String version, String vendor) {}

    /**
     * A layer, or a law of layer 2.
     *
     * @param layer 1 manifest, 2 contract, 3 data cases, 4 container
     * @param law number of the law in layer 2; 0 elsewhere
     * @param name its name
     * @param outcome how it came out
     * @param tests its tests
     */
    public record Section(int layer, int law, String name, Outcome outcome, List<TestResult> tests) {

        /** Makes the list immutable. */
        public Section {
            tests = List.copyOf(tests);
        }
    }

    /**
     * A test.
     *
     * @param className class that ran
     * @param title what was asked
     * @param outcome how it came out
     * @param message why it failed or did not run; empty if it passed
     */
    public record TestResult(String className, String title, Outcome outcome, String message) {}
}
