package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.PinnedPlugin;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code combo}: which plugins are used together. */
@Command(
        name = "combo",
        description = {
            "Combinations of plugins, each described by a feature file. Studies see the plugins of their combination and no other.",
            "Once installed, a plugin of a combination is changed only under its plan: oncotwin change propose."
        },
        synopsisSubcommandLabel = "COMMAND")
final class CombinationCommands extends CommandGroup {
    private static final String FOLDERS =
            "Folder with bundles. May be given several times. The folder of the feature file and the bundles of OncoTwin itself are looked through too.";

    CombinationCommands(Invocation invocation) {
        super(invocation);
    }

    /** The bundles of the distribution come last: what somebody names goes before. */
    private static List<Path> folders(Path feature, List<Path> named) {
        if (!Files.isRegularFile(feature)) {
            throw new InvalidInputException("FEATURE", "there is no file " + feature.getFileName());
        }
        List<Path> folders = new ArrayList<>();
        if (named != null) {
            for (Path folder : named) {
                if (!Files.isDirectory(folder)) {
                    throw new InvalidInputException("--bundles", "there is no folder " + folder.getFileName());
                }
                folders.add(folder);
            }
        }
        folders.add(feature.toAbsolutePath().getParent());
        String home = System.getProperty("oncotwin.home");
        if (home != null && Files.isDirectory(Path.of(home, "bundles"))) {
            folders.add(Path.of(home, "bundles"));
        }
        return folders;
    }

    private static void describe(Combination combination, ObjectNode node) {
        node.put("name", combination.name());
        node.put("title", combination.title());
        node.put("revision", combination.revision());
        node.put("feature", combination.feature());
        combination.plan().ifPresent(plan -> node.put("plan", plan));
        ArrayNode plugins = node.putArray("plugins");
        combination
                .plugins()
                .forEach(pinned -> plugins.add(describe(pinned.plugin()).put("versions", pinned.versions())));
    }

    static ObjectNode describe(PluginIdentity plugin) {
        return JsonOutput.object()
                .put("kind", plugin.kind().name().toLowerCase(Locale.ROOT))
                .put("id", plugin.id())
                .put("version", plugin.version())
                .put("bundle", plugin.bundle())
                .put("sha256", plugin.sha256());
    }

    private void print(Combination combination) {
        console()
                .out()
                .println(combination.name() + " revision " + combination.revision() + ": " + combination.title()
                        + (combination.plan().isPresent() ? "" : " (no change control plan)"));
        for (PinnedPlugin pinned : combination.plugins()) {
            console()
                    .out()
                    .printf(
                            Locale.ROOT,
                            "  %-10s %-24s %-10s %-12s %s%n",
                            pinned.plugin().kind().name().toLowerCase(Locale.ROOT),
                            pinned.plugin().id(),
                            pinned.plugin().version(),
                            pinned.versions(),
                            pinned.plugin().sha256());
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the combinations with their plugins, the range of versions that a change may move each in, and its hash.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin combo list")
    int list(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<Combination> all = site.combinations().all();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                ArrayNode list = root.putArray("combinations");
                all.forEach(combination -> describe(combination, list.addObject()));
                JsonOutput.print(console(), root);
            } else {
                all.forEach(this::print);
                if (all.isEmpty()) {
                    console()
                            .out()
                            .println("no combination is installed; install one with: oncotwin combo install FEATURE");
                }
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "check",
            description =
                    "Says whether a combination can work, from what its bundles declare, and what is in the way. Changes nothing.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin combo check glioma.json --bundles more-plugins",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it can work", "1:something is in the way"})
    int check(
            @Parameters(index = "0", paramLabel = "FEATURE", description = "The feature file.") Path feature,
            @Option(names = "--bundles", paramLabel = "DIR", description = FOLDERS) List<Path> bundles,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<String> faults = site.combinations().check(feature, folders(feature, bundles));
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("works", faults.isEmpty());
                faults.forEach(root.withArray("faults")::add);
                JsonOutput.print(console(), root);
            } else {
                faults.forEach(console().out()::println);
                if (faults.isEmpty()) {
                    console().out().println("nothing is in the way");
                }
            }
            return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "install",
            description =
                    "Checks and installs a combination. Its bundles are kept and come from there alone from now on.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin combo install glioma.json --reason 'protocol 7'")
    int install(
            @Parameters(index = "0", paramLabel = "FEATURE", description = "The feature file.") Path feature,
            @Option(names = "--bundles", paramLabel = "DIR", description = FOLDERS) List<Path> bundles,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            Combination combination = site.combinations().install(session, feature, folders(feature, bundles), reason);
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                describe(combination, root);
                JsonOutput.print(console(), root);
            } else {
                print(combination);
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "remove",
            description = "Removes a combination that no study runs on.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin combo remove glioma --reason 'protocol 7 is over'")
    int remove(
            @Parameters(index = "0", paramLabel = "NAME", description = "Name of the combination.") String name,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            site.combinations().remove(session(site), name, reason);
            if (options.json()) {
                JsonOutput.print(console(), JsonOutput.object().put("removed", name));
            } else {
                console().out().println("removed " + name);
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "diff",
            description = "Says in which plugins two combinations differ.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin combo diff glioma glioma-pilot",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:they have the same plugins to the bit", "1:they differ"})
    int diff(
            @Parameters(index = "0", paramLabel = "NAME", description = "A combination.") String first,
            @Parameters(index = "1", paramLabel = "OTHER", description = "Another one.") String second,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<String> differences = differences(
                    site.combinations().get(first), site.combinations().get(second));
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("same", differences.isEmpty());
                differences.forEach(root.withArray("differences")::add);
                JsonOutput.print(console(), root);
            } else {
                differences.forEach(console().out()::println);
                if (differences.isEmpty()) {
                    console().out().println("the same plugins to the bit");
                }
            }
            return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    static List<String> differences(Combination first, Combination second) {
        Map<String, PluginIdentity> left = plugins(first);
        Map<String, PluginIdentity> right = plugins(second);
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            PluginIdentity here = left.get(name);
            PluginIdentity there = right.get(name);
            if (here == null || there == null) {
                differences.add(name + ": only in " + (here == null ? second.name() : first.name()));
            } else if (!here.version().equals(there.version())) {
                differences.add(name + ": " + here.version() + " in " + first.name() + ", " + there.version() + " in "
                        + second.name());
            } else if (!here.equals(there)) {
                differences.add(name + ": " + here.version() + " in both, but the bundles differ: " + here.sha256()
                        + " in " + first.name() + ", " + there.sha256() + " in " + second.name());
            }
        }
        return differences;
    }

    private static Map<String, PluginIdentity> plugins(Combination combination) {
        Map<String, PluginIdentity> plugins = new TreeMap<>();
        for (PinnedPlugin pinned : combination.plugins()) {
            plugins.put(
                    pinned.plugin().kind().name().toLowerCase(Locale.ROOT) + " "
                            + pinned.plugin().id(),
                    pinned.plugin());
        }
        return plugins;
    }
}
