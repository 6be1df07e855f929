package org.oncotwin.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.oncotwin.cli.site.SiteDoor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs the command line that the launcher was given. */
@Component(service = Callable.class, property = "oncotwin.main:Boolean=true")
public final class MainCommand implements Callable<Integer> {
    private static final String ARGUMENTS = "launcher.arguments";

    private final OncoTwinServices services;
    private final SiteDoor door;
    private final String[] arguments;

    /** With the service that carries the arguments in its property {@code launcher.arguments}. */
    @Activate
    public MainCommand(
            @Reference OncoTwinServices services,
            @Reference SiteDoor door,
            @Reference(service = Object.class, target = "(" + ARGUMENTS + "=*)") Map<String, Object> launcher) {
        this.services = services;
        this.door = door;
        this.arguments = ((String[]) launcher.get(ARGUMENTS)).clone();
    }

    /** The exit code of the command. */
    @Override
    public Integer call() {
        Console console = Console.ofProcess();
        return InterruptibleCommand.execute(
                cancellation -> Commands.execute(services.get(), door, console, cancellation, arguments));
    }
}
