package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.oncotwin.api.plugin.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code describe}: what a plugin is and takes. */
@Command(
        name = "describe",
        description = "Tells what a plugin is for, what it takes in a case, and where its numbers come from.",
        footerHeading = "%nExamples:%n",
        footer = {"  oncotwin describe reaction-diffusion", "  oncotwin describe radiation-lq --json"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:there is no such plugin"})
final class DescribeCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;

    @Parameters(index = "0", paramLabel = "PLUGIN", description = "Id of a plugin, as oncotwin plugins lists it.")
    private String plugin;

    @Mixin
    private CommonOptions common;

    DescribeCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<PluginCard> cards = PluginCard.all(services);
        List<PluginCard> versions =
                cards.stream().filter(c -> c.id().equals(plugin)).toList();
        if (versions.isEmpty()) {
            throw new InvalidInputException(
                    "PLUGIN",
                    "no plugin '" + plugin + "'; there are "
                            + String.join(
                                    ", ",
                                    cards.stream()
                                            .map(PluginCard::id)
                                            .distinct()
                                            .toList()));
        }
        PluginCard newest = versions.get(0);
        List<String> numbers = versions.stream()
                .filter(c -> c.kind() == newest.kind())
                .map(PluginCard::version)
                .toList();
        if (common.json()) {
            ObjectNode root = newest.details();
            ArrayNode all = root.putArray("versions");
            numbers.forEach(all::add);
            JsonOutput.print(console, root);
        } else {
            newest.lines().forEach(console.out()::println);
            if (numbers.size() > 1) {
                console.out().println("Versions: " + String.join(", ", numbers));
            }
        }
        return ExitCode.OK;
    }
}
