package org.oncotwin.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
public class CommonOptions {
    @Option(
            names = JsonOutput.OPTION,
            description = "Print one JSON object on standard output, and nothing else there.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** True if one JSON object is wanted. */
    public final boolean json() {
        return json;
    }
}
