package org.oncotwin.cli;

import java.util.stream.Stream;
import org.oncotwin.cli.site.SiteDoor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands as functions of the Gogo shell. */
@Component(
        service = ShellFunctions.class,
        property = {
            "osgi.command.scope=oncotwin",
            "osgi.command.function=plugins",
            "osgi.command.function=describe",
            "osgi.command.function=drugs",
            "osgi.command.function=run",
            "osgi.command.function=replay",
            "osgi.command.function=sensitivity"
        })
public final class ShellFunctions {
    private final OncoTwinServices services;
    private final SiteDoor door;

    /** With what commands work with. */
    @Activate
    public ShellFunctions(@Reference OncoTwinServices services, @Reference SiteDoor door) {
        this.services = services;
        this.door = door;
    }

    /** Lists plugins. */
    public void plugins(String... arguments) {
        execute("plugins", arguments);
    }

    /** Describes a plugin. */
    public void describe(String... arguments) {
        execute("describe", arguments);
    }

    /** Lists and shows drugs and regimens. */
    public void drugs(String... arguments) {
        execute("drugs", arguments);
    }

    /** Runs a case. */
    public void run(String... arguments) {
        execute("run", arguments);
    }

    /** Runs a run folder's case again. */
    public void replay(String... arguments) {
        execute("replay", arguments);
    }

    /** Differentiates a number of a run. */
    public void sensitivity(String... arguments) {
        execute("sensitivity", arguments);
    }

    /** Calls the response at each visit. */
    public void response(String... arguments) {
        execute("response", arguments);
    }

    /** Prints its own errors; the shell has no exit codes. */
    private void execute(String command, String... arguments) {
        String[] line = Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new);
        // The shell sets System.out and System.err for its own thread; they are looked up here, before the command's
        // thread starts.
        Console console = Console.ofProcess();
        InterruptibleCommand.execute(
                cancellation -> Commands.execute(services.get(), door, console, cancellation, line));
    }
}
