package org.oncotwin.cli;

import java.util.List;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.cli.site.Invocation;
import org.oncotwin.cli.site.SiteCommands;
import org.oncotwin.cli.site.SiteDoor;
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
                new ResponseCommand(services, console),
                SceneCommands.of(services, console, cancellation),
                new GuideCommand(services, console, cancellation),
                new PluginsCommand(services, console),
                new DescribeCommand(services, console),
                new DrugsCommand(services, console),
                new VersionCommand(services, console),
                new ShellCommand(console));
    }

    /**
     * Runs a command line.
     *
     * @return its exit code, of {@link ExitCode}
     */
    static int execute(
            Services services, SiteDoor door, Console console, Cancellation cancellation, String... arguments) {
        return execute(services, Invocation.ofProcess(List.of(arguments), console, cancellation, door));
    }

    private static int execute(Services services, Invocation invocation) {
        Console console = invocation.console();
        CommandLine line = new CommandLine(new OncoTwinCommand());
        if (invocation.resident().isEmpty()) {
            all(services, console, invocation.cancellation()).forEach(line::addSubcommand);
        }
        SiteCommands.all(invocation, asked -> execute(services, asked)).forEach(command -> line.addSubcommand(command));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(console.out());
        line.setErr(console.err());
        Failures failures = new Failures(console, invocation.arguments().contains(JsonOutput.OPTION));
        line.setParameterExceptionHandler((wrong, args) -> failures.report(wrong));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failures.report(failure));
        int code;
        try {
            code = line.execute(invocation.arguments().toArray(String[]::new));
        } catch (OutOfMemoryError | StackOverflowError | LinkageError fatal) {
            // What the run had begun to write is gone by now; what is left is to say why.
            code = failures.report(fatal);
        }
        console.out().flush();
        console.err().flush();
        return code;
    }
}
