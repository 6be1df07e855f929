package org.oncotwin.cli;

import java.util.Arrays;
import java.util.List;
import org.oncotwin.api.twin.Cancellation;
import picocli.CommandLine;

/** The commands, and how they are run. */
final class Commands {
    private Commands() {}

    /** One object per command; a new command is one more line here. */
    private static List<Object> all(Services services, Console console, Cancellation cancellation) {
        return List.of(
                new DemoCommand(services, console, cancellation),
                new RunCommand(services, console, cancellation),
                new ReplayCommand(services, console, cancellation),
                new SensitivityCommand(services, console, cancellation),
                new PluginsCommand(services, console),
                new DescribeCommand(services, console),
                new VersionCommand(services, console),
                new ShellCommand(console));
    }

    /**
     * Runs a command line.
     *
     * @return its exit code, of {@link ExitCode}
     */
    static int execute(Services services, Console console, Cancellation cancellation, String... arguments) {
        CommandLine line = new CommandLine(new OncoTwinCommand());
        all(services, console, cancellation).forEach(line::addSubcommand);
        line.setOut(console.out());
        line.setErr(console.err());
        Failures failures = new Failures(console, Arrays.asList(arguments).contains(JsonOutput.OPTION));
        line.setParameterExceptionHandler((wrong, args) -> failures.report(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failures.report(failure));
        int code;
        try {
            code = line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError fatal) {
            // What the run had begun to write is gone by now; what is left is to say why.
            code = failures.report(fatal);
        }
        console.out().flush();
        console.err().flush();
        return code;
    }
}
