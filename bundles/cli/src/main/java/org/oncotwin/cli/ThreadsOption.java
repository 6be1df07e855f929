package org.oncotwin.cli;

import org.oncotwin.api.plugin.InvalidInputException;
import picocli.CommandLine.Option;

/** How many threads a run may use. */
final class ThreadsOption {
    private static final int MOST = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Use at most N threads, 1 to 1024. Default: the number of processors. The result does not depend on it.")
    private Integer threads;

    int count() {
        if (threads == null) {
            return Math.min(Runtime.getRuntime().availableProcessors(), MOST);
        }
        if (threads < 1 || threads > MOST) {
            throw new InvalidInputException("--threads", threads + " is not allowed; allowed is 1 to " + MOST);
        }
        return threads;
    }
}
