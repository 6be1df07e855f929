package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.oncotwin.api.account.Credentials;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.account.Signature;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code change}: changes of plugins under the change control plan of their combination. */
@Command(
        name = "change",
        description = {
            "Changes a plugin of a combination under its predetermined change control plan:",
            "propose, verify on the reference cohort, sign, promote, and roll back if need be."
        },
        synopsisSubcommandLabel = "COMMAND")
final class ChangeCommands extends CommandGroup {
    ChangeCommands(Invocation invocation) {
        super(invocation);
    }

    private static String words(ChangeState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void describe(Change change, ObjectNode node) {
        node.put("number", change.number());
        node.put("combination", change.combination());
        node.set("from", CombinationCommands.describe(change.from()));
        node.set("to", CombinationCommands.describe(change.to()));
        node.put("kind", change.kind());
        node.put("description", change.description());
        node.put("plan", change.plan());
        node.put("state", change.state().name().toLowerCase(Locale.ROOT));
        node.put("message", change.message());
        change.evidence().ifPresent(evidence -> node.put("evidence", evidence));
        ArrayNode signatures = node.putArray("signatures");
        for (Signature signature : change.signatures()) {
            signatures
                    .addObject()
                    .put("account", signature.account())
                    .put("name", signature.printedName())
                    .put("time", signature.time().toString())
                    .put("meaning", signature.meaning().name().toLowerCase(Locale.ROOT));
        }
        change.missing().forEach(node.putArray("missing")::add);
    }

    private int print(SiteOptions options, Change change) {
        if (options.json()) {
            ObjectNode root = JsonOutput.object();
            describe(change, root);
            JsonOutput.print(console(), root);
            return ExitCode.OK;
        }
        console().out().println(line(change));
        console().out().println("  " + change.kind() + ": " + change.description());
        // What was found is one finding after the other, each on a line of its own.
        change.message().lines().flatMap(line -> Stream.of(line.split("; "))).forEach(finding -> console()
                .out()
                .println("  " + finding));
        change.signatures().forEach(signature -> console()
                .out()
                .println("  signed by " + signature.printedName() + " on " + signature.time() + ": "
                        + signature.meaning().words()));
        change.missing().forEach(missing -> console().out().println("  missing: " + missing));
        return ExitCode.OK;
    }

    private static String line(Change change) {
        return String.format(
                Locale.ROOT,
                "%4d  %-13s %-16s %s from %s to %s",
                change.number(),
                words(change.state()),
                change.combination(),
                change.from().id(),
                change.from().version(),
                change.to().version());
    }

    @Command(
            name = "propose",
            description =
                    "Proposes a bundle in place of the version in use. What lies outside the plan is refused, with the sentence that it breaks.",
            footerHeading = "%nExample:%n",
            footer =
                    "  oncotwin change propose glioma logistic-1.1.0.jar --kind retune --description 'new capacity' --reason 'see report 12'")
    int propose(
            @Parameters(index = "0", paramLabel = "COMBINATION", description = "Name of the combination.")
                    String combination,
            @Parameters(index = "1", paramLabel = "BUNDLE", description = "The jar of the new version.") Path bundle,
            @Option(
                            names = "--kind",
                            required = true,
                            paramLabel = "KIND",
                            description = "Kind of modification, one of those of the plan.")
                    String kind,
            @Option(names = "--description", required = true, paramLabel = "TEXT", description = "What is different.")
                    String description,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(bundle)) {
            throw new InvalidInputException("BUNDLE", "there is no file " + bundle.getFileName());
        }
        return carryOut(options, site -> {
            Session session = session(site);
            return print(options, site.changes().propose(session, combination, bundle, kind, description, reason));
        });
    }

    @Command(
            name = "verify",
            description = {
                "Carries out the modification protocol of the plan: installs the new version beside the one in use, seen by no study,",
                "runs both on the reference cohort, and keeps the evidence."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin change verify 2 --cohort reference-cohort",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the change passed", "1:it did not, or was refused", "130:cancelled"})
    int verify(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the change.") long number,
            @Option(
                            names = "--cohort",
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder with the reference cohort, which must be the one of the plan.")
                    Path cohort,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(cohort)) {
            throw new InvalidInputException("--cohort", "there is no folder " + cohort.getFileName());
        }
        return carryOut(options, site -> {
            Session session = session(site);
            Change change = site.changes()
                    .verify(
                            session,
                            number,
                            cohort,
                            console()::say,
                            invocation().cancellation());
            print(options, change);
            return change.state() == ChangeState.VERIFIED ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "sign",
            description = {
                "Signs a verified change, which binds the signature to bundle, plan and evidence. The first signature of a session",
                "takes password and code, later ones at least one of them."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin change sign 2 --meaning approval")
    int sign(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the change.") long number,
            @Option(
                            names = "--meaning",
                            required = true,
                            paramLabel = "MEANING",
                            description = "What the signature means: authorship, review, approval or responsibility.")
                    Meaning meaning,
            @Mixin CredentialOptions credentials,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            Credentials given = credentials.any(invocation(), session.account().name());
            return print(options, site.changes().sign(session, given, number, meaning));
        });
    }

    @Command(
            name = "promote",
            description = {
                "Puts a change in place once all signatures are there. Studies that migrate move at their next safe point.",
                "If a condition of the plan fails afterwards, the change is taken back."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin change promote 2 --reason 'all signatures are there'",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:the change is in place", "1:it is not"})
    int promote(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the change.") long number,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Change change = site.changes().promote(session(site), number, reason);
            print(options, change);
            return change.state() == ChangeState.WATCHING || change.state() == ChangeState.ACCEPTED
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        });
    }

    @Command(
            name = "rollback",
            description =
                    "Takes a change back: if it is in place the version before is used again, and if it is not it never will be.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin change rollback 2 --reason 'see report 13'")
    int rollBack(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the change.") long number,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> print(options, site.changes().rollBack(session(site), number, reason)));
    }

    @Command(
            name = "status",
            description =
                    "Shows a change with its signatures and those that are missing; without a number lists all changes.",
            footerHeading = "%nExamples:%n",
            footer = {"  oncotwin change status", "  oncotwin change status 2"})
    int status(
            @Parameters(index = "0", arity = "0..1", paramLabel = "NUMBER", description = "Number of the change.")
                    Long number,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            if (number != null) {
                return print(options, site.changes().get(number));
            }
            List<Change> changes = site.changes().all();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                ArrayNode list = root.putArray("changes");
                changes.forEach(change -> describe(change, list.addObject()));
                JsonOutput.print(console(), root);
            } else {
                changes.forEach(change -> console().out().println(line(change)));
                if (changes.isEmpty()) {
                    console().out().println("no change was proposed yet");
                }
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "log",
            description = "Lists what the audit trail says of a change.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin change log 2")
    int log(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the change.") long number,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            AuditCommands.print(console(), AuditCommands.of(site.audit(), "change " + number), options.json());
            return ExitCode.OK;
        });
    }
}
