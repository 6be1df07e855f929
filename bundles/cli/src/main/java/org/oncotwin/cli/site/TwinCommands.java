package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinChange.Part;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twin}: twins of patients in versions. */
@Command(
        name = "twin",
        description = {
            "Twins of patients: cases that the site keeps in versions, of which none is ever altered or removed.",
            "A twin can be opened again as of any time, and studies can be started from any version."
        },
        synopsisSubcommandLabel = "COMMAND")
final class TwinCommands extends CommandGroup {
    private static final int LONGEST_VALUE = 100;

    TwinCommands(Invocation invocation) {
        super(invocation);
    }

    private static ObjectNode describe(TwinVersion version) {
        ObjectNode node = JsonOutput.object();
        node.put("id", version.reference().id());
        node.put("version", version.reference().version());
        node.put("time", version.time().toString());
        node.put("actor", version.actor());
        node.put("reason", version.reason());
        node.put("case", version.document());
        ObjectNode files = node.putObject("files");
        new TreeMap<>(version.inputs()).forEach(files::put);
        ArrayNode changes = node.putArray("changes");
        for (TwinChange change : version.changes()) {
            ObjectNode one = changes.addObject();
            one.put("part", change.part().name().toLowerCase(Locale.ROOT));
            one.put("place", change.place());
            change.before().ifPresent(value -> one.put("before", value));
            change.after().ifPresent(value -> one.put("after", value));
        }
        return node;
    }

    private static String line(TwinVersion version) {
        return version.reference() + ", recorded " + version.time() + " by " + version.actor() + ": "
                + oneLine(version.reason());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String line(TwinChange change) {
        String place = change.part() == Part.FILE ? "file " + change.place() : change.place();
        if (change.before().isEmpty()) {
            return place + ": added " + shown(change.after());
        }
        if (change.after().isEmpty()) {
            return place + ": removed " + shown(change.before());
        }
        return place + ": " + shown(change.before()) + " -> " + shown(change.after());
    }

    private static String shown(Optional<String> value) {
        String text = value.orElseThrow();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    private void print(TwinVersion version) {
        console().out().println(line(version));
        version.changes().forEach(change -> console().out().println("  " + line(change)));
    }

    private int print(SiteOptions options, TwinVersion version) {
        if (options.json()) {
            JsonOutput.print(console(), describe(version));
        } else {
            print(version);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "create",
            description = {
                "Makes a twin. Case and input files are kept, so that later changes of them do not matter.",
                "The id is a pseudonym of the patient and goes into the audit trail: letters, digits, '.', '-' and '_', at most 64."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin twin create ONCO-2026-001 case.json --reason 'first visit'")
    int create(
            @Parameters(index = "0", paramLabel = "ID", description = "Pseudonym of the patient.") String id,
            @Parameters(index = "1", paramLabel = "CASE", description = "The case file.") Path caseFile,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> print(options, site.twins().create(session(site), id, caseFile, reason)));
    }

    @Command(
            name = "revise",
            description = {
                "Makes the next version of a twin and says what is different.",
                "If somebody else made a newer one than that which was revised, nothing is done."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin twin revise ONCO-2026-001 case.json --from 1 --reason 'second scan'")
    int revise(
            @Parameters(index = "0", paramLabel = "ID", description = "Id of the twin.") String id,
            @Parameters(index = "1", paramLabel = "CASE", description = "The case file as it is now.") Path caseFile,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "NUMBER",
                            description = "The version that was revised, which must be the newest.")
                    int from,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            return print(options, site.twins().revise(session, new TwinReference(id, from), caseFile, reason));
        });
    }

    @Command(
            name = "list",
            description = "Lists the newest version of each twin.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin twin list",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:a twin in the database is not the one of the audit trail"})
    int list(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<TwinVersion> newest = new ArrayList<>();
            List<String> faults = new ArrayList<>();
            for (String id : site.twins().all()) {
                try {
                    newest.add(site.twins().get(id));
                } catch (StoreException altered) {
                    faults.add(altered.getMessage());
                }
            }
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                ArrayNode list = root.putArray("twins");
                newest.forEach(version -> list.add(describe(version)));
                faults.forEach(root.putArray("faults")::add);
                JsonOutput.print(console(), root);
            } else {
                newest.forEach(version -> console().out().println(line(version)));
                if (newest.isEmpty() && faults.isEmpty()) {
                    console().out().println("no twin was made yet");
                }
            }
            faults.forEach(console()::say);
            return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "show",
            description = {
                "Shows a version of a twin: who recorded it, when and why, what changed, its files by SHA-256,",
                "and the studies that were started from it."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  oncotwin twin show ONCO-2026-001",
                "  oncotwin twin show ONCO-2026-001 --as-of 2026-11-23T10:00:00Z"
            })
    int show(
            @Parameters(index = "0", paramLabel = "ID", description = "Id of the twin.") String id,
            @Mixin TwinVersionOptions which,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        which.check();
        return carryOut(options, site -> {
            session(site);
            TwinVersion version = which.find(site.twins(), id);
            List<Study> studies = site.studies().all().stream()
                    .filter(study -> study.twin().equals(Optional.of(version.reference())))
                    .toList();
            if (options.json()) {
                ObjectNode root = describe(version);
                ArrayNode list = root.putArray("studies");
                studies.forEach(study -> list.addObject()
                        .put("number", study.number())
                        .put("combination", study.combination())
                        .put("state", study.state().name().toLowerCase(Locale.ROOT)));
                JsonOutput.print(console(), root);
                return ExitCode.OK;
            }
            print(version);
            console().out().println("  case " + version.document());
            new TreeMap<>(version.inputs())
                    .forEach((name, sha256) -> console().out().println("  file " + name + " " + sha256));
            studies.forEach(study -> console()
                    .out()
                    .println("  study " + study.number() + " on " + study.combination() + ", "
                            + study.state().name().toLowerCase(Locale.ROOT)));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "history",
            description = "Shows all versions of a twin, oldest first, with what changed.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin twin history ONCO-2026-001")
    int history(
            @Parameters(index = "0", paramLabel = "ID", description = "Id of the twin.") String id,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<TwinVersion> versions = site.twins().history(id);
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("id", id);
                ArrayNode list = root.putArray("versions");
                versions.forEach(version -> list.add(describe(version)));
                JsonOutput.print(console(), root);
            } else {
                versions.forEach(this::print);
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "export",
            description = {
                "Writes a version of a twin into a new or empty folder: the case as case.json and its files beside it,",
                "so that oncotwin run DIR/case.json computes it."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin twin export ONCO-2026-001 twin --as-of 2026-11-23T10:00:00Z")
    int export(
            @Parameters(index = "0", paramLabel = "ID", description = "Id of the twin.") String id,
            @Parameters(index = "1", paramLabel = "DIR", description = "New or empty folder.") Path folder,
            @Mixin TwinVersionOptions which,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        which.check();
        return carryOut(options, site -> {
            session(site);
            TwinVersion version = which.find(site.twins(), id);
            site.twins().export(version.reference(), folder);
            if (options.json()) {
                JsonOutput.print(console(), describe(version));
            } else {
                console().out().println("wrote " + version + " into " + folder.getFileName());
            }
            return ExitCode.OK;
        });
    }
}
