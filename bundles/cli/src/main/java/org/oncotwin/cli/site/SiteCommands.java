package org.oncotwin.cli.site;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands of a site. */
public final class SiteCommands {
    private SiteCommands() {}

    /**
     * Makes them.
     *
     * @param runner carries out what others ask of this process while it holds a site
     */
    public static List<CommandLine> all(Invocation invocation, Invocation.Runner runner) {
        return Stream.of(
                        new HoldCommands(invocation, runner),
                        new AccountCommands(invocation),
                        new LoginCommand(invocation),
                        new LogoutCommand(invocation),
                        new AuditCommands(invocation),
                        new CombinationCommands(invocation),
                        new TwinCommands(invocation),
                        new StudyCommands(invocation),
                        new ChangeCommands(invocation))
                .map(CommandLine::new)
                // Paths begin where the command was given, which is not where it is carried out.
                .map(line -> line.registerConverter(
                        Path.class, text -> invocation.directory().resolve(text)))
                .toList();
    }
}
