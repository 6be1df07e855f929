package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.casefile.Regimen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drugs}: what the library knows of drugs and regimens. */
@Command(
        name = "drugs",
        description =
                "Lists the drugs of the library and what can be computed for each, or shows one with all numbers, their sources and the rules of its label.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  oncotwin drugs",
            "  oncotwin drugs cisplatin",
            "  oncotwin drugs --regimens",
            "  oncotwin drugs --regimens mFOLFOX6 --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:there is no such drug or regimen"})
final class DrugsCommand implements Callable<Integer> {
    private final Services services;
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "A drug, or with --regimens a regimen, by its name or another one; without it all are listed.")
    private String name;

    @Option(
            names = "--regimens",
            description = "Regimens instead of drugs: which doses on which days, with the source.")
    private boolean regimens;

    @Option(names = "--sources", description = "In the list, all sources of the numbers of each drug.")
    private boolean sources;

    @Mixin
    private CommonOptions common;

    DrugsCommand(Services services, Console console) {
        this.services = services;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (name == null) {
            list();
        } else if (regimens) {
            Regimen regimen = services.drugs().regimen(name);
            show(RegimenCard.details(regimen), RegimenCard.lines(regimen));
        } else {
            DrugCard card = card(services.drugs().drug(name));
            show(card.details(), card.lines());
        }
        return ExitCode.OK;
    }

    private DrugCard card(Drug drug) {
        return new DrugCard(drug, PluginCard.all(services));
    }

    private void list() {
        ObjectNode root = JsonOutput.object();
        ArrayNode list = root.putArray(regimens ? "regimens" : "drugs");
        List<String> lines = new ArrayList<>();
        if (regimens) {
            for (Regimen regimen : services.drugs().regimens()) {
                list.add(RegimenCard.details(regimen));
                lines.addAll(RegimenCard.summary(regimen));
            }
        } else {
            for (Drug drug : services.drugs().drugs()) {
                DrugCard card = card(drug);
                list.add(card.summary());
                lines.addAll(card.summaryLines(sources));
            }
        }
        show(root, lines.isEmpty() ? List.of("none") : lines);
    }

    private void show(ObjectNode json, List<String> lines) {
        if (common.json()) {
            JsonOutput.print(console, json);
        } else {
            lines.forEach(console.out()::println);
        }
    }
}
