package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command that has been started. Its standard output goes to a file, its standard error is read here. */
final class RunningCommand {
    /** Longer than any command here takes on a slow machine: one that hangs fails its test and not the whole build. */
    private static final long PATIENCE_SECONDS = 600;

    private final Process process;
    private final BufferedReader errors;
    private final Path out;
    private final StringBuilder err = new StringBuilder();

    RunningCommand(Process process, BufferedReader errors, Path out) {
        this.process = process;
        this.errors = errors;
        this.out = out;
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Reads standard error up to a line that says that the command has come so far. */
    void awaitLine(Predicate<String> wanted) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            err.append(line).append('\n');
            if (wanted.test(line)) {
                return;
            }
        }
        throw new AssertionError("the command ended before it said what was waited for; it said: " + err);
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(sent).as("the signal was sent").isZero();
    }

    /** {@code kill -9}: the process gets no chance to clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the end. */
    OncoTwin.Outcome end() throws IOException, InterruptedException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            err.append(line).append('\n');
        }
        int code = process.waitFor();
        String text = Files.readString(out);
        Files.delete(out);
        return new OncoTwin.Outcome(code, text, err.toString());
    }
}
