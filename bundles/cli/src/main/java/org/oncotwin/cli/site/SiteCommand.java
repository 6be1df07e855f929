package org.oncotwin.cli.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Session;
import org.oncotwin.cli.Console;

/** What the commands of a site have in common: they are carried out by the process that holds the site, or by this one if none does. */
abstract class SiteCommand {
    private final Invocation invocation;

    SiteCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** What a command does with the site. */
    @FunctionalInterface
    interface Work {
        /** Does it, and returns the exit code. */
        int at(OpenSite site) throws IOException, InterruptedException;
    }

    final Invocation invocation() {
        return invocation;
    }

    final Console console() {
        return invocation.console();
    }

    /** Has work done where the site is open; returns the exit code. */
    final int carryOut(SiteOptions options, Work work) throws IOException, InterruptedException {
        if (invocation.resident().isPresent()) {
            return work.at(invocation.resident().get().site());
        }
        Path folder = options.folder(invocation);
        Optional<ResidentClient> resident = ResidentClient.connect(folder);
        if (resident.isPresent()) {
            try (ResidentClient client = resident.get()) {
                return client.execute(invocation, folder);
            }
        }
        try (OpenSite site = invocation.door().open(folder)) {
            return work.at(site);
        }
    }

    /**
     * The session of whoever gave the command.
     *
     * @throws AccessDeniedException if there is none, or it has ended
     */
    final Session session(OpenSite site) throws IOException {
        String token = invocation
                .caller()
                .token(site.folder())
                .orElseThrow(() -> new AccessDeniedException("nobody is logged in; log in with: oncotwin login NAME"));
        return site.accounts().session(token);
    }
}
