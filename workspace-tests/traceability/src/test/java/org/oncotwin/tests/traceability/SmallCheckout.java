package org.oncotwin.tests.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;

/** A checkout of one module with a design, requirements, compiled tests and their reports, each as a test wants it. */
final class SmallCheckout {

    static final String MODULE = "bundles/pump";
    private static final String ITEM = "org.oncotwin.pump";

    private final Path root;
    private final List<String> requirements = new ArrayList<>();

    SmallCheckout(Path root) throws IOException {
        this.root = root;
        write("pom.xml", "<project><modules><module>" + MODULE + "</module></modules></project>");
        write(MODULE + "/pom.xml", "<project><artifactId>" + ITEM + "</artifactId></project>");
        write("docs/design.md", "# Design\n\n## How it pumps\n");
    }

    /** A requirement as it should be. */
    SmallCheckout requirement(String id) {
        return requirement(id, ITEM, "docs/design.md#how-it-pumps", "");
    }

    /** A requirement of which it is said that nothing verifies it. */
    SmallCheckout gap(String id) {
        return requirement(id, ITEM, "docs/design.md#how-it-pumps", ", \"gap\": \"nobody has written a test\"");
    }

    SmallCheckout requirement(String id, String item, String design, String more) {
        requirements.add("{\"id\": \"" + id + "\", \"text\": \"The pump delivers what it is told to.\", \"items\": [\""
                + item + "\"], \"design\": [\"" + design + "\"]" + more + "}");
        return this;
    }

    /** Compiles classes of tests; the source of each begins with what stands before its body. */
    SmallCheckout tests(String... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                Files.createDirectories(root.resolve(MODULE + "/target/test-classes"))
                        .toString()));
        for (String source : sources) {
            String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
            Path file = write(
                    "src/pump/" + name + ".java",
                    "package pump; import org.junit.jupiter.api.*; import org.junit.jupiter.params.*; " + source);
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("compiles")
                .isZero();
        return this;
    }

    /** A report that is newer than the classes. */
    SmallCheckout report(String className, String... cases) throws IOException {
        Path file = write(
                MODULE + "/target/surefire-reports/TEST-" + className + ".xml",
                "<testsuite><properties/>" + String.join("", cases) + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        return this;
    }

    /** A report from before the classes were compiled. */
    SmallCheckout oldReport(String className, String... cases) throws IOException {
        report(className, cases);
        Files.setLastModifiedTime(
                root.resolve(MODULE + "/target/surefire-reports/TEST-" + className + ".xml"), FileTime.fromMillis(0));
        return this;
    }

    /** A test that passed. */
    static String passed(String className, String name) {
        return "<testcase classname=\"" + className + "\" name=\"" + name + "\" time=\"0.1\"/>";
    }

    /** A test with something to tell. */
    static String told(String className, String name, String element, String text) {
        return "<testcase classname=\"" + className + "\" name=\"" + name + "\"><" + element + ">" + text + "</"
                + element + "><system-out>much</system-out></testcase>";
    }

    /** What the build finds wrong with the requirements themselves. */
    List<String> problemsOfRequirements() throws IOException {
        return requirements().problems(root, Set.of(ITEM));
    }

    Matrix matrix() throws IOException {
        return matrix("");
    }

    Matrix matrix(String narrowed) throws IOException {
        return Matrix.of(requirements(), TestSuite.read(Module.of(root)), narrowed);
    }

    Requirements requirements() throws IOException {
        Files.createDirectories(root.resolve("requirements"));
        Files.copy(
                Path.of("..", "..", "docs", "requirements", "requirements.schema.json"),
                root.resolve("requirements/requirements.schema.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        write(
                "requirements/requirements.json",
                "{\"areas\": [{\"title\": \"Pump\", \"requirements\": [" + String.join(",", requirements) + "]}]}");
        return Requirements.read(root.resolve("requirements"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
