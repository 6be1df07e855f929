package org.oncotwin.cli;

/** How a command ended. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** The run failed, or a replay differs. */
    public static final int FAILED = 1;

    /** Bad input or usage; nothing was written. */
    public static final int BAD_INPUT = 2;

    /** Cancelled: 128 + SIGINT, as shells count it. */
    public static final int CANCELLED = 130;

    private ExitCode() {}
}
