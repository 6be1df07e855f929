package org.oncotwin.cli.site;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.cli.Console;

/**
 * One command line that is carried out, and who gave it.
 *
 * @param arguments the command line
 * @param directory current directory of who gave it
 * @param site the site that is meant if the command line names none
 * @param console where it writes
 * @param cancellation asked whether to go on
 * @param caller who gave it
 * @param door opens sites in this process
 * @param resident the site that this process holds for others, if it does
 */
public record Invocation(
        List<String> arguments,
        Path directory,
        String site,
        Console console,
        Cancellation cancellation,
        Caller caller,
        SiteDoor door,
        Optional<ResidentSite> resident) {
    private static final String SITE_VARIABLE = "ONCOTWIN_SITE";
    private static final String DEFAULT_SITE = "oncotwin-site";

    /** Makes the list immutable. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** Carries out commands. */
    @FunctionalInterface
    public interface Runner {
        /** Carries out one, and returns its exit code. */
        int run(Invocation invocation);
    }

    /** A command line of this process. */
    public static Invocation ofProcess(
            List<String> arguments, Console console, Cancellation cancellation, SiteDoor door) {
        Map<String, String> environment = System.getenv();
        String site = environment.getOrDefault(SITE_VARIABLE, "");
        return new Invocation(
                arguments,
                Path.of("").toAbsolutePath(),
                site.isBlank() ? DEFAULT_SITE : site,
                console,
                cancellation,
                new LocalCaller(environment),
                door,
                Optional.empty());
    }
}
