package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Session;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code login}: begins a session. */
@Command(
        name = "login",
        description = {
            "Logs in at a site with password and code of the authenticator. The session ends with logout, after a while",
            "without a command, and after some hours in any case. Its token is kept in a file that only you can read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  oncotwin login anna",
            "  oncotwin login anna --password-file password.txt --code 123456      # in a script"
        })
final class LoginCommand extends SiteCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the account.")
    private String name;

    @Mixin
    private CredentialOptions credentials;

    @Mixin
    private SiteOptions options;

    LoginCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Credentials given = credentials.both(invocation(), name);
            Session session = site.accounts().open(name, given);
            invocation().caller().keep(site.folder(), session.token());
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("account", name);
                root.put("name", session.account().printedName());
                session.account().roles().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .forEach(root.putArray("roles")::add);
                JsonOutput.print(console(), root);
            } else {
                console()
                        .out()
                        .println("logged in as " + name + " ("
                                + AccountCommands.words(session.account().roles()) + ")");
            }
            return ExitCode.OK;
        });
    }
}
