package org.oncotwin.launcher;

import java.util.List;

/** What the launcher does once the framework runs. */
enum Mode {
    /** Hands the command line to the command service. */
    COMMAND,

    /** A command of a site: the same, with the bundles that only a site needs. */
    SITE,

    /** {@code shell}: adds the interactive shell to the framework and waits until it is left. */
    SHELL,

    /** {@code --check}: lists every bundle with its state and every component that is not satisfied. */
    CHECK;

    static Mode of(List<String> line) {
        return switch (line.isEmpty() ? "" : line.get(0)) {
            // With an option, such as --help, the shell is a command like any other, and answers that way.
            case "shell" -> line.stream().anyMatch(word -> word.startsWith("-")) ? COMMAND : SHELL;
            case "--check" -> CHECK;
            case "site", "account", "login", "logout", "audit", "combo", "twin", "study", "change" -> SITE;
            default -> COMMAND;
        };
    }
}
