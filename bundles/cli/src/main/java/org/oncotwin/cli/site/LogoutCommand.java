package org.oncotwin.cli.site;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code logout}: ends the session. */
@Command(
        name = "logout",
        description = "Ends the session at a site.",
        footerHeading = "%nExample:%n",
        footer = "  oncotwin logout")
final class LogoutCommand extends SiteCommand implements Callable<Integer> {
    @Mixin
    private SiteOptions options;

    LogoutCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Optional<String> token = invocation().caller().token(site.folder());
            String said = "nobody was logged in";
            if (token.isPresent()) {
                try {
                    site.accounts().close(site.accounts().session(token.get()));
                    said = "logged out";
                } catch (AccessDeniedException ended) {
                    said = "the session had ended already";
                }
            }
            invocation().caller().forget(site.folder());
            if (options.json()) {
                JsonOutput.print(console(), JsonOutput.object().put("message", said));
            } else {
                console().out().println(said);
            }
            return ExitCode.OK;
        });
    }
}
