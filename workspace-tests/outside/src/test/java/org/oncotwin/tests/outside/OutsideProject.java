package org.oncotwin.tests.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The repository of an outside group: a folder, Maven, and the installed SDK. */
final class OutsideProject {

    /** Bound on one command; far above what any takes, so that a test that hangs ends. */
    private static final long MINUTES = 10;

    private static final String ARCHETYPE_PLUGIN = "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate";
    private static final String GROUP = "org.example.tumour";

    private final Path folder;
    private final InstalledSdk sdk;

    private OutsideProject(Path folder, InstalledSdk sdk) {
        this.folder = folder;
        this.sdk = sdk;
    }

    /** A project from an archetype of the SDK. */
    static OutsideProject generate(String archetype, Path work, InstalledSdk sdk) throws Exception {
        String artifact = GROUP + "." + archetype;
        return generate(
                Map.of(
                        "archetypeArtifactId",
                        "org.oncotwin.sdk.archetype." + archetype,
                        "groupId",
                        GROUP,
                        "artifactId",
                        artifact,
                        "package",
                        artifact,
                        "pluginId",
                        archetype.replace('.', '-') + "-of-example",
                        "pluginTitle",
                        "Example from the archetype"),
                work,
                sdk);
    }

    /** A project from an archetype of the SDK, by the properties of a command that generates one. */
    static OutsideProject generate(Map<String, String> properties, Path work, InstalledSdk sdk) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of(
                "archetypeGroupId", "org.oncotwin",
                "archetypeVersion", System.getProperty("sdk.version"),
                "archetypeCatalog", "local"));
        all.putAll(properties);
        String artifact = all.get("artifactId");
        List<String> arguments = new ArrayList<>(List.of(ARCHETYPE_PLUGIN));
        all.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
        OutsideProject above = new OutsideProject(Files.createDirectories(work), sdk);
        InstalledSdk.delete(work.resolve(artifact));
        above.maven(Map.of(), arguments.toArray(String[]::new));
        return new OutsideProject(work.resolve(artifact), sdk);
    }

    Path folder() {
        return folder;
    }

    Path bundle() {
        return folder.resolve("target").resolve(folder.getFileName() + "-1.0.0.jar");
    }

    Path report() {
        return folder.resolve("target/conformance/report.json");
    }

    /** Runs Maven, which must succeed. */
    String maven(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Result result = tryMaven(environment, arguments);
        assertThat(result.code())
                .as("exit code of mvn %s%n%s", List.of(arguments), result.output())
                .isZero();
        return result.output();
    }

    /** How a command ended. */
    record Result(int code, String output) {}

    Result tryMaven(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + sdk.repository()));
        if ("offline=true".equals(System.getProperty("outer.build"))) {
            command.add("-o");
        }
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS");
        builder.environment().remove("MAVEN_ARGS");
        builder.environment().remove("MAVEN_PROJECTBASEDIR");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("mvn did not end: " + List.of(arguments));
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return new Result(process.exitValue(), text);
    }
}
