package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditTrail;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.cli.Console;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}: what happened. */
@Command(
        name = "audit",
        description = "The audit trail of a site: who did what, when and why. It is only ever added to.",
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommands extends CommandGroup {
    private static final int PAGE = 1000;
    private static final int LONGEST_OUTCOME = 60;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    AuditCommands(Invocation invocation) {
        super(invocation);
    }

    static ObjectNode describe(AuditEntry entry) {
        ObjectNode node = JsonOutput.object();
        node.put("number", entry.number());
        node.put("time", entry.time().toString());
        node.put("actor", entry.event().actor());
        node.put("action", entry.event().action());
        node.put("subject", entry.event().subject());
        node.put("before", entry.event().before());
        node.put("after", entry.event().after());
        node.put("reason", entry.event().reason());
        node.put("previous", entry.previous());
        node.put("hash", entry.hash());
        return node;
    }

    static void print(Console console, List<AuditEntry> entries, boolean json) {
        if (json) {
            ObjectNode root = JsonOutput.object();
            ArrayNode list = root.putArray("entries");
            entries.forEach(entry -> list.add(describe(entry)));
            JsonOutput.print(console, root);
            return;
        }
        for (AuditEntry entry : entries) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%6d  %-24s  %-14s  %-20s  %s%s%s%n",
                            entry.number(),
                            entry.time(),
                            entry.event().actor(),
                            entry.event().action(),
                            entry.event().subject(),
                            outcome(entry.event().after()),
                            entry.event().reason().isEmpty()
                                    ? ""
                                    : ": " + entry.event().reason());
        }
    }

    /** What came out, where that is a few words: hashes and whole descriptions are in --json and in copies. */
    private static String outcome(String after) {
        return after.isEmpty()
                        || after.length() > LONGEST_OUTCOME
                        || SHA256.matcher(after).find()
                ? ""
                : " -> " + after;
    }

    /** All entries of a subject. */
    static List<AuditEntry> of(AuditTrail trail, String subject) {
        List<AuditEntry> found = new ArrayList<>();
        long next = 1;
        for (List<AuditEntry> page = trail.entries(next, PAGE); !page.isEmpty(); page = trail.entries(next, PAGE)) {
            page.stream()
                    .filter(entry -> entry.event().subject().equals(subject))
                    .forEach(found::add);
            next = page.get(page.size() - 1).number() + 1;
        }
        return found;
    }

    @Command(
            name = "list",
            description = "Lists entries; without --from the last ones.",
            footerHeading = "%nExamples:%n",
            footer = {"  oncotwin audit list", "  oncotwin audit list --from 1 --most 100 --json"})
    int list(
            @Option(names = "--from", paramLabel = "NUMBER", description = "Number of the first entry.") Long from,
            @Option(
                            names = "--most",
                            paramLabel = "COUNT",
                            defaultValue = "30",
                            description = "Most entries wanted. Default: ${DEFAULT-VALUE}.")
                    int most,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        if (most < 1 || most > 1_000_000) {
            throw new InvalidInputException("--most", most + " is not allowed; allowed is 1 to 1000000");
        }
        if (from != null && from < 1) {
            throw new InvalidInputException("--from", from + " is not allowed; allowed is 1 or more");
        }
        return carryOut(options, site -> {
            session(site);
            long last = site.audit().last().orElse(0);
            long first = from == null ? Math.max(1, last - most + 1) : from;
            print(console(), site.audit().entries(first, most), options.json());
            return ExitCode.OK;
        });
    }

    @Command(
            name = "verify",
            description = {
                "Checks every entry against its hash and the entry before, the heads kept outside the database, and every signature.",
                "Nobody needs to be logged in. Keep the head that it prints somewhere else, and compare it later."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin audit verify",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:nothing is wrong", "1:something is wrong"})
    int verify(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            AuditCheck check = site.audit().verify();
            List<String> faults = new ArrayList<>(check.faults());
            faults.addAll(site.signatures().verify());
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("intact", faults.isEmpty());
                root.put("entries", check.entries());
                root.put("heads", check.anchors());
                root.put("head", check.head());
                faults.forEach(root.putArray("faults")::add);
                JsonOutput.print(console(), root);
            } else {
                faults.forEach(console().out()::println);
                console()
                        .out()
                        .println((faults.isEmpty() ? "nothing is wrong: " : faults.size() + " faults: ")
                                + check.entries() + " entries, " + check.anchors() + " heads, the last hash is "
                                + check.head());
            }
            return faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "export",
            description = {
                "Writes a copy of the whole audit trail for an inspector: FILE.jsonl for machines, FILE.html for people.",
                "Each copy says what a verification found just before. A file that is there is not replaced."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin audit export audit-2026.jsonl audit-2026.html")
    int export(
            @Parameters(
                            index = "0..*",
                            arity = "1..*",
                            paramLabel = "FILE",
                            description = "Files to write; their names end in .jsonl or .html.")
                    List<Path> files,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        for (Path file : files) {
            if (!file.toString().endsWith(".jsonl") && !file.toString().endsWith(".html")) {
                throw new InvalidInputException(
                        "FILE", file.getFileName() + " is not allowed; allowed are names that end in .jsonl or .html");
            }
        }
        return carryOut(options, site -> {
            session(site);
            Instant made = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            boolean intact = true;
            for (Path file : files) {
                intact &= write(site, file, made).intact();
            }
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("intact", intact);
                files.forEach(
                        file -> root.withArray("files").add(file.getFileName().toString()));
                JsonOutput.print(console(), root);
            } else {
                files.forEach(file -> console().out().println("wrote " + file.getFileName()));
            }
            if (!intact) {
                console().say("the trail has faults, which the copies tell; see oncotwin audit verify");
            }
            return intact ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    private static AuditCheck write(OpenSite site, Path file, Instant made) throws IOException {
        try (Writer writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return file.toString().endsWith(".html")
                    ? site.auditCopies().writeHtml(writer, made)
                    : site.auditCopies().writeJsonLines(writer, made);
        } catch (FileAlreadyExistsException there) {
            throw new InvalidInputException("FILE", file.getFileName() + " is there already and is not replaced");
        }
    }
}
