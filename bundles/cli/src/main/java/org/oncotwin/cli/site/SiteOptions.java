package org.oncotwin.cli.site;

import java.nio.file.Path;
import org.oncotwin.cli.CommonOptions;
import picocli.CommandLine.Option;

/** Options that every command of a site has. */
final class SiteOptions extends CommonOptions {
    @Option(
            names = "--site",
            paramLabel = "DIR",
            description =
                    "Folder of the site. Default: what the environment variable ONCOTWIN_SITE says, else oncotwin-site in the current folder.")
    private String site;

    /** The site as the person named it. */
    String name(Invocation invocation) {
        return site == null ? invocation.site() : site;
    }

    Path folder(Invocation invocation) {
        return invocation.directory().resolve(name(invocation)).normalize();
    }
}
