package org.oncotwin.sdk.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.platform.launcher.TestIdentifier;
import org.oncotwin.sdk.conformance.report.ReportContent.Section;
import org.oncotwin.sdk.conformance.report.ReportContent.TestResult;

/** Makes a report of what ran. */
final class ReportBuilder {

    private static final String KIT = "org.oncotwin.sdk.conformance";
    private static final List<String> LAYERS = List.of("manifest", "contract", "data cases", "container");

    private final Instant now;

    ReportBuilder(Instant now) {
        this.now = now;
    }

    /**
     * How a test came out.
     *
     * @param outcome in a word
     * @param message why, unless it passed
     */
    record Run(Outcome outcome, String message) {}

    ReportContent build(Map<TestIdentifier, Run> runs, Optional<Path> file) throws IOException {
        SortedMap<KitTests.Place, List<TestResult>> places = new TreeMap<>();
        List<TestResult> own = new ArrayList<>();
        runs.forEach((test, run) -> {
            TestResult result = new TestResult(
                    KitTests.className(test), test.getDisplayName(), run.outcome(), firstLines(run.message()));
            Optional<KitTests.Place> place = KitTests.place(test);
            if (place.isPresent()) {
                places.computeIfAbsent(place.get(), p -> new ArrayList<>()).add(result);
            } else {
                own.add(result);
            }
        });
        addWhatDidNotRun(places);
        List<Section> sections = new ArrayList<>();
        places.forEach((place, tests) -> sections.add(section(place, tests)));
        ReportContent.TestedBundle bundle = bundle(file);
        List<String> gaps = gaps(bundle, sections);
        own.sort(order());
        return new ReportContent(
                ReportContent.SCHEMA,
                bundle,
                new ReportContent.Kit(KIT, kitVersion()),
                new ReportContent.Java(System.getProperty("java.version"), System.getProperty("java.vendor")),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                gaps.isEmpty(),
                gaps,
                sections,
                own);
    }

    private static Section section(KitTests.Place place, List<TestResult> tests) {
        List<TestResult> sorted = new ArrayList<>(tests);
        sorted.sort(order());
        return new Section(
                place.layer(),
                place.law(),
                place.name(),
                Outcome.of(sorted.stream().map(TestResult::outcome).toList()),
                sorted);
    }

    private static Comparator<TestResult> order() {
        return Comparator.comparing(TestResult::className).thenComparing(TestResult::title);
    }

    /** A filter leaves tests out without a word; what a contract test inherits says which are missing. */
    private static void addWhatDidNotRun(SortedMap<KitTests.Place, List<TestResult>> places) {
        Set<String> classes = new TreeSet<>();
        Set<String> ran = new HashSet<>();
        places.values()
                .forEach(results -> results.forEach(result -> {
                    classes.add(result.className());
                    ran.add(result.className() + " " + result.title());
                }));
        for (String name : classes) {
            for (String title : inherited(name)) {
                if (!ran.contains(name + " " + title)) {
                    KitTests.place(title).ifPresent(place -> places.computeIfAbsent(place, p -> new ArrayList<>())
                            .add(new TestResult(name, title, Outcome.NOT_RUN, "left out of the run by a filter")));
                }
            }
        }
    }

    private static Set<String> inherited(String className) {
        try {
            return KitTests.inherited(
                    Class.forName(className, false, Thread.currentThread().getContextClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class that ran tests is gone: " + className, e);
        }
    }

    private static List<String> gaps(ReportContent.TestedBundle bundle, List<Section> sections) {
        List<String> gaps = new ArrayList<>();
        if (bundle.sha256().isEmpty()) {
            gaps.add("there was no built bundle");
        }
        for (int layer = 1; layer <= LAYERS.size(); layer++) {
            int number = layer;
            if (sections.stream().noneMatch(section -> section.layer() == number)) {
                gaps.add("layer " + layer + ", " + LAYERS.get(layer - 1) + ": no test was run");
            }
        }
        for (Section section : sections) {
            if (section.outcome() != Outcome.PASSED) {
                gaps.add((section.law() == 0 ? "layer " + section.layer() : "law " + section.law()) + ", "
                        + section.name() + ": " + count(section, Outcome.FAILED) + " failed, "
                        + count(section, Outcome.NOT_RUN) + " not run");
            }
        }
        return gaps;
    }

    private static long count(Section section, Outcome outcome) {
        return section.tests().stream()
                .filter(test -> test.outcome() == outcome)
                .count();
    }

    private static ReportContent.TestedBundle bundle(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return new ReportContent.TestedBundle("", "", "", "");
        }
        try (JarFile jar = new JarFile(file.get().toFile())) {
            Attributes manifest = jar.getManifest() == null
                    ? new Attributes()
                    : jar.getManifest().getMainAttributes();
            return new ReportContent.TestedBundle(
                    manifest.getOrDefault(new Attributes.Name("Bundle-SymbolicName"), "")
                            .toString()
                            .split(";")[0],
                    manifest.getOrDefault(new Attributes.Name("Bundle-Version"), "")
                            .toString(),
                    file.get().getFileName().toString(),
                    ConformanceReport.sha256(file.get()));
        }
    }

    private static String kitVersion() throws IOException {
        for (URL url : Collections.list(ReportBuilder.class.getClassLoader().getResources(JarFile.MANIFEST_NAME))) {
            try (InputStream in = url.openStream()) {
                Attributes manifest = new Manifest(in).getMainAttributes();
                if (KIT.equals(manifest.getValue("Bundle-SymbolicName"))) {
                    return manifest.getValue("Bundle-Version");
                }
            }
        }
        throw new IllegalStateException("the kit has no manifest");
    }

    /** Enough to see why; the logs of the build have the rest. */
    private static String firstLines(String message) {
        return message.lines().limit(8).reduce((a, b) -> a + "\n" + b).orElse("");
    }
}
