package org.oncotwin.cli;

/** How a command ended. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;

    /** The run failed, or a replay differs. */
    static final int FAILED = 1;

    /** Bad input or usage; nothing was written. */
    static final int BAD_INPUT = 2;

    /** Cancelled: 128 + SIGINT, as shells count it. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}
