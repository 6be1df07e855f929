package org.oncotwin.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code version}. */
@Command(name = "version", description = "Prints the versions of this program and of Java.")
final class VersionCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;

    @Mixin
    private CommonOptions common;

    VersionCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        if (common.json()) {
            JsonOutput.print(
                    console,
                    JsonOutput.object().put("version", services.version()).put("java", java));
        } else {
            console.out().println("OncoTwin " + services.version() + " on Java " + java);
        }
        return ExitCode.OK;
    }
}
