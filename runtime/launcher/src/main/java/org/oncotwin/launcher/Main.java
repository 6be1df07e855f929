package org.oncotwin.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Entry point: {@code [--plugins DIR]... COMMAND...}. What the first word of the command means to the launcher says {@link
 * Mode}; every other command line goes to the service that carries the property {@code oncotwin.main=true}.
 */
public final class Main {
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(20);

    /** How long a command may take to end in order after SIGINT or SIGTERM. */
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(5);

    private final boolean debug;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Container> running = new AtomicReference<>();

    private Main(boolean debug) {
        this.debug = debug;
    }

    /**
     * Runs the command line and ends the process with the exit code of the command, 2 if the command line asks for something
     * that is not there, 70 if the installation does not start.
     */
    public static void main(String[] line) {
        String home = System.getProperty("oncotwin.home");
        if (home == null) {
            System.err.println("oncotwin: the property oncotwin.home must name the folder of the distribution");
            System.exit(ExitCode.USAGE);
        }
        Main main = new Main("1".equals(System.getenv("ONCOTWIN_DEBUG")));
        Runtime.getRuntime().addShutdownHook(new Thread(main::interrupt, "oncotwin-interrupt"));
        // A pipe instead of a terminal is normal: JLine need not warn about it.
        System.setProperty("org.jline.terminal.dumb", System.getProperty("org.jline.terminal.dumb", "true"));
        int code = main.run(Installation.in(Path.of(home), main.debug), System.getenv("ONCOTWIN_PLUGINS"), line);
        main.ended.countDown();
        // While the process is being interrupted this call never returns, which is fine: the hook has been released.
        System.exit(code);
    }

    private int run(Installation installation, String pluginPath, String... line) {
        try {
            Arguments arguments = Arguments.parse(pluginPath, line);
            Feature feature = feature(installation, arguments.mode());
            try (Container container = Container.start(installation, feature, arguments, this::message)) {
                running.set(container);
                return switch (arguments.mode()) {
                    case COMMAND, SITE -> container.runCommand(COMMAND_TIMEOUT);
                    case SHELL -> container.awaitStop();
                    case CHECK -> {
                        container.openSiteForCheck(CHECK_TIMEOUT);
                        yield container.check(System.out::println);
                    }
                };
            }
        } catch (LaunchException failure) {
            message(failure.getMessage());
            trace(failure);
            return failure.exitCode();
        } catch (InterruptedException interrupted) {
            trace(interrupted);
            return ExitCode.INTERRUPTED;
        } catch (RuntimeException | Error failure) {
            message("internal error: " + Diagnosis.oneLine(failure) + " (ONCOTWIN_DEBUG=1 shows where)");
            trace(failure);
            return ExitCode.INTERNAL;
        }
    }

    private static Feature feature(Installation installation, Mode mode) throws LaunchException {
        Feature feature = installation.feature("oncotwin");
        return switch (mode) {
            case COMMAND -> feature;
            case SITE -> feature.and(installation.feature("oncotwin-site"));
            case SHELL -> feature.and(installation.feature("oncotwin-shell"));
            case CHECK ->
                feature.and(installation.feature("oncotwin-shell")).and(installation.feature("oncotwin-site"));
        };
    }

    /** Runs in the shutdown hook, which a normal end passes through too. */
    private void interrupt() {
        if (ended.getCount() == 0) {
            return;
        }
        thread.interrupt();
        try {
            if (!ended.await(INTERRUPT_TIMEOUT.toSeconds(), TimeUnit.SECONDS) && running.get() != null) {
                message("the command did not end within " + INTERRUPT_TIMEOUT.toSeconds() + " s, it is stopped");
                running.get().close();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void message(String text) {
        System.err.println("oncotwin: " + text);
    }

    private void trace(Throwable failure) {
        if (debug) {
            failure.printStackTrace();
        }
    }
}
