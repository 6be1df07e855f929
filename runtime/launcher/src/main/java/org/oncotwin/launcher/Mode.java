package org.oncotwin.launcher;

import java.util.List;

/** What the launcher does once the framework runs. */
enum Mode {
    /** Hands the command line to the command service. */
    COMMAND,

    /** {@code shell}: adds the interactive shell to the framework and waits until it is left. */
    SHELL,

    /** {@code --check}: lists every bundle with its state and every component that is not satisfied. */
    CHECK;

    static Mode of(List<String> line) {
        return switch (line.isEmpty() ? "" : line.get(0)) {
            case "shell" -> SHELL;
            case "--check" -> CHECK;
            default -> COMMAND;
        };
    }
}
