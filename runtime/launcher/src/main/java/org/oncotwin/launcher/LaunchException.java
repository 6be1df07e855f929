package org.oncotwin.launcher;

/** Why the launcher cannot go on, in one message for the person at the command line. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private LaunchException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command line or the environment asks for something that is not there: exit code 2. */
    static LaunchException usage(String message) {
        return new LaunchException(ExitCode.USAGE, message, null);
    }

    /** The installation is broken: exit code 70. */
    static LaunchException installation(String message, Throwable cause) {
        return new LaunchException(ExitCode.INTERNAL, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
