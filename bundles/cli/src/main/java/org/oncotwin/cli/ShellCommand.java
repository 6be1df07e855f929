package org.oncotwin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shell}, for the help. The launcher itself starts the shell, because it needs bundles that other commands do without. */
@Command(
        name = "shell",
        description = {
            "Opens an interactive shell in the running framework.",
            "There, plugins, describe and run are commands of the scope oncotwin; lb lists bundles, help lists commands."
        },
        footerHeading = "%nExample:%n",
        footer = {"  oncotwin shell", "  g! describe reaction-diffusion", "  g! exit"})
final class ShellCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private CommonOptions common;

    ShellCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.say("the shell is the first word of a command line: oncotwin shell");
        return ExitCode.BAD_INPUT;
    }
}
