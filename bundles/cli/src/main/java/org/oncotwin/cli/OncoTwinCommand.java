package org.oncotwin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: its help, and the word that is missing when it is called without a command. */
@Command(
        name = "oncotwin",
        description = "Simulates digital twins of tumours. Research use only.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "oncotwin COMMAND --help tells more about a command.",
            "",
            "Before the command, --plugins DIR adds the plugins in a folder; it may be given several times.",
            "With ONCOTWIN_DEBUG=1 in the environment an error comes with its stack trace."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the run failed, or a replay differs",
            "2:bad input or usage; nothing was written",
            "130:cancelled; nothing was written but the checkpoint, if one was asked for"
        })
final class OncoTwinCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; there are "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
