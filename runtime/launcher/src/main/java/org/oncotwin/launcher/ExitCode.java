package org.oncotwin.launcher;

/** Exit codes of the launcher itself; the command that it runs chooses its own. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;

    /** The command line asks for something that does not exist. */
    static final int USAGE = 2;

    /** The installation does not start, or the command failed in a way that it did not foresee (EX_SOFTWARE of sysexits.h). */
    static final int INTERNAL = 70;

    /** Ended by an interrupt: 128 + SIGINT, as shells count it. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
