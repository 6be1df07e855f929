package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.PluginKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plugins}: what is there. */
@Command(
        name = "plugins",
        description = "Lists the plugins that are there, each version on a line.",
        footerHeading = "%nExample:%n",
        footer = "  oncotwin plugins")
final class PluginsCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;

    @Mixin
    private CommonOptions common;

    PluginsCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<PluginCard> cards = PluginCard.all(services);
        if (common.json()) {
            ObjectNode root = JsonOutput.object();
            for (PluginKind kind : PluginKind.values()) {
                ArrayNode list = root.putArray(PluginCard.word(kind));
                cards.stream().filter(c -> c.kind() == kind).forEach(c -> list.add(c.summary()));
            }
            JsonOutput.print(console, root);
            return ExitCode.OK;
        }
        for (PluginKind kind : PluginKind.values()) {
            console.out().println(PluginCard.heading(kind));
            List<PluginCard> those =
                    cards.stream().filter(c -> c.kind() == kind).toList();
            those.forEach(c -> console.out().printf("  %-24s %-10s %s%n", c.id(), c.version(), c.title()));
            if (those.isEmpty()) {
                console.out().println("  none");
            }
        }
        return ExitCode.OK;
    }
}
