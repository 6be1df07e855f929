package org.oncotwin.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody with a checkout, an empty folder and nothing of OncoTwin in the local Maven repository, who follows a guide to the letter.
 *
 * <p>The checkout is a copy of this one, so that the reader's builds do not write where the build that runs the tests is at work. The repository is laid over that of
 * this build: libraries are shared, what the reader installs of OncoTwin stays apart.
 */
final class Reader {

    /** Bound on one command; far above what any takes, so that a test that hangs ends. */
    private static final long MINUTES = 30;

    private final Path folder;
    private final Path checkout;
    private final Path repository;

    private Reader(Path folder, Path checkout, Path repository) {
        this.folder = folder;
        this.checkout = checkout;
        this.repository = repository;
    }

    /** A reader who starts anew, with the given name in the folder for work of this build. */
    static Reader named(String name) throws IOException {
        Path home = required("work").resolve(name);
        delete(home);
        Path folder = Files.createDirectories(home.resolve("project"));
        Path checkout = home.resolve("oncotwin");
        copySources(required("checkout"), checkout);
        copyDistribution(required("checkout"), checkout);
        Path repository = home.resolve("repository");
        layOver(required("localRepository"), repository);
        return new Reader(folder, checkout, repository);
    }

    Path folder() {
        return folder;
    }

    /** Follows a guide; fails with the output of the first command that does not succeed. The result is the output of all commands. */
    String follow(Guide guide) throws IOException, InterruptedException {
        StringBuilder outputs = new StringBuilder();
        for (Guide.Step step : guide.steps()) {
            if (step instanceof Guide.WriteFile file) {
                Path path = folder.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.content());
            } else if (step instanceof Guide.RunCommand command) {
                outputs.append(run(command));
            }
        }
        return outputs.toString();
    }

    private String run(Guide.RunCommand command) throws IOException, InterruptedException {
        return run(
                "the command at line " + command.line() + ": " + command.command(),
                folder.resolveSibling("line-" + command.line() + ".log"),
                "sh",
                "-e",
                "-c",
                command.command());
    }

    /** Runs a script of the checkout as somebody types its name; fails with its output if it does not succeed. The result is its output. */
    String tell(String script) throws IOException, InterruptedException {
        return run(
                script,
                folder.resolveSibling("script.log"),
                checkout.resolve(script).toString());
    }

    private String run(String what, Path output, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("ONCOTWIN", checkout.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", required("mavenHome").resolve("bin") + ":" + environment.get("PATH"));
        environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
        environment.put("ONCOTWIN_STORY_REPOSITORY", repository.toString());
        environment.put("ONCOTWIN_STORY_MAVEN", "offline=true".equals(System.getProperty("outer.build")) ? "-o" : "");
        // Maven hands its own project folder down to what it starts.
        environment.remove("MAVEN_PROJECTBASEDIR");
        environment.remove("MAVEN_CMD_LINE_ARGS");
        environment.remove("ONCOTWIN_PLUGINS");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("did not end: " + what);
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("exit code of %s%n%s", what, text).isZero();
        return text;
    }

    private static Path required(String property) {
        return Path.of(Optional.ofNullable(System.getProperty(property))
                .orElseThrow(() -> new IllegalStateException("the build must set " + property)));
    }

    private static void copySources(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                String name = dir.getFileName().toString();
                if (name.equals("target") || name.equals(".git") || dir.equals(from.resolve("out"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(from.resolve(".git"))) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                // The times of folders too: a folder that looks new is a reason to build again.
                Files.setLastModifiedTime(to.resolve(from.relativize(dir)), Files.getLastModifiedTime(dir));
                return super.postVisitDirectory(dir, failure);
            }
        });
    }

    /**
     * The build that runs the tests has just made the distribution that {@code ./oncotwin} would make on first use. It is marked as old as its oldest bundle, so that it
     * is made again if any source is newer.
     */
    private static void copyDistribution(Path from, Path to) throws IOException {
        Path output = Path.of("runtime", "distribution", "target");
        Path distribution = from.resolve(output).resolve("oncotwin");
        if (!Files.isDirectory(distribution)) {
            return;
        }
        FileTime oldest;
        try (Stream<Path> bundles = Files.list(distribution.resolve("bundles"))) {
            oldest = bundles.filter(b -> b.getFileName().toString().startsWith("org.oncotwin."))
                    .map(Reader::modified)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
        copySources(distribution, to.resolve(output).resolve("oncotwin"));
        Path stamp = Files.createFile(to.resolve(output).resolve("built"));
        Files.setLastModifiedTime(stamp, oldest);
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links to everything but {@code org/oncotwin}. */
    private static void layOver(Path base, Path layer) throws IOException {
        link(base, layer, "org");
        link(base.resolve("org"), layer.resolve("org"), "oncotwin");
    }

    private static void link(Path base, Path layer, String except) throws IOException {
        Files.createDirectories(layer);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(base)) {
            for (Path child : children) {
                if (!child.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(layer.resolve(child.getFileName()), child);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        // Links are deleted, not followed.
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
