package org.oncotwin.sdk.conformance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.oncotwin.sdk.conformance.ConformanceBuild;

/**
 * Writes the conformance report when the tests have run, if the build names a folder for it. JUnit finds it by itself. JUnit swallows what a listener throws, so files of an earlier run
 * are deleted before the tests begin: a report that is there after the tests is of these tests.
 */
public final class ReportListener implements TestExecutionListener {

    private final Optional<Path> folder;
    private final Clock clock;
    private final UnaryOperator<String> properties;
    private final UnaryOperator<String> environment;
    private final Map<TestIdentifier, ReportBuilder.Run> runs = new LinkedHashMap<>();
    private TestPlan plan;

    /** For JUnit. */
    public ReportListener() {
        this(ConformanceBuild.report(), Clock.systemUTC(), System::getProperty, System::getenv);
    }

    ReportListener(
            Optional<Path> folder, Clock clock, UnaryOperator<String> properties, UnaryOperator<String> environment) {
        this.folder = folder;
        this.clock = clock;
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
        runs.clear();
        folder.ifPresent(ReportFiles::delete);
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        skip(identifier, "skipped: " + reason);
    }

    /** A skipped class skips what is in it. */
    private void skip(TestIdentifier identifier, String reason) {
        note(identifier, Outcome.NOT_RUN, reason);
        plan.getChildren(identifier).forEach(child -> skip(child, reason));
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        String message = result.getThrowable().map(Throwable::toString).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> note(identifier, Outcome.PASSED, "");
            case ABORTED -> note(identifier, Outcome.NOT_RUN, "aborted: " + message);
            case FAILED -> {
                note(identifier, Outcome.FAILED, message);
                if (identifier.isContainer()) {
                    // Of a class that could not be set up, no test has run.
                    plan.getDescendants(identifier).stream()
                            .filter(TestIdentifier::isTest)
                            .filter(test -> !runs.containsKey(test))
                            .forEach(test -> note(test, Outcome.FAILED, message));
                }
            }
            default -> throw new IllegalStateException("unknown status " + result.getStatus());
        }
    }

    private void note(TestIdentifier identifier, Outcome outcome, String message) {
        if (identifier.isTest() || outcome == Outcome.FAILED) {
            runs.put(identifier, new ReportBuilder.Run(outcome, message));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        folder.ifPresent(this::write);
    }

    private void write(Path into) {
        try {
            ReportContent content = new ReportBuilder(clock.instant()).build(runs, finishedBundle());
            Path report = ReportFiles.write(content, into);
            Optional<ReportSigner> signer = ReportSigner.of(properties, environment);
            if (signer.isPresent()) {
                signer.get().sign(report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the report cannot be signed: " + e.getMessage(), e);
        }
    }

    private Optional<Path> finishedBundle() {
        return Optional.ofNullable(properties.apply(ConformanceBuild.BUNDLE))
                .map(Path::of)
                .filter(Files::isRegularFile);
    }
}
