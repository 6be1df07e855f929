package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.cli.Console;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import org.oncotwin.cli.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code study}: runs that the site keeps. */
@Command(
        name = "study",
        description = {
            "Studies are runs of cases on a combination that the site keeps. Their state is kept at every output,",
            "from which they go on after a pause, a change of a plugin or a crash. They run while the site is started."
        },
        synopsisSubcommandLabel = "COMMAND")
final class StudyCommands extends CommandGroup {
    /** How often a command that waits looks whether it is to stop. */
    private static final Duration LOOK = Duration.ofMillis(200);

    StudyCommands(Invocation invocation) {
        super(invocation);
    }

    /** The run folder as the person who gave the command finds it; only a finished study has one. */
    private Optional<String> run(OpenSite site, SiteOptions options, Study study) {
        Path inSite = Path.of("studies", Long.toString(study.number()), "run");
        return study.state() == StudyState.FINISHED
                        && Files.isDirectory(site.folder().resolve(inSite))
                ? Optional.of(
                        Path.of(options.name(invocation())).resolve(inSite).toString())
                : Optional.empty();
    }

    private void describe(OpenSite site, SiteOptions options, Study study, ObjectNode node) {
        node.put("number", study.number());
        node.put("case", study.name());
        node.put("combination", study.combination());
        node.put("policy", study.policy().name().toLowerCase(Locale.ROOT));
        node.put("state", study.state().name().toLowerCase(Locale.ROOT));
        node.put("reached_days", study.reached().days());
        node.put("end_days", study.end().days());
        node.put("message", study.message());
        study.result().ifPresent(result -> node.put("result", result));
        study.twin()
                .ifPresent(twin -> node.putObject("twin").put("id", twin.id()).put("version", twin.version()));
        run(site, options, study).ifPresent(run -> node.put("run", run));
        ArrayNode plugins = node.putArray("plugins");
        study.plugins().forEach(plugin -> plugins.add(CombinationCommands.describe(plugin)));
        ArrayNode moves = node.putArray("moves");
        for (StudyMove move : study.moves()) {
            ObjectNode one = moves.addObject().put("day", move.at().days());
            ArrayNode from = one.putArray("from");
            move.from().forEach(plugin -> from.add(CombinationCommands.describe(plugin)));
            ArrayNode to = one.putArray("to");
            move.to().forEach(plugin -> to.add(CombinationCommands.describe(plugin)));
        }
    }

    private int print(OpenSite site, SiteOptions options, Study study) {
        if (options.json()) {
            ObjectNode root = JsonOutput.object();
            describe(site, options, study, root);
            JsonOutput.print(console(), root);
        } else {
            console().out().println(line(study));
            study.twin().ifPresent(twin -> console().out().println("  twin " + twin));
            console().out().println("  policy " + study.policy().name().toLowerCase(Locale.ROOT) + "; plugins:");
            study.plugins().forEach(plugin -> console()
                    .out()
                    .printf(
                            Locale.ROOT,
                            "    %-10s %-24s %s%n",
                            plugin.kind().name().toLowerCase(Locale.ROOT),
                            plugin.id(),
                            plugin.version()));
            study.moves().forEach(move -> console()
                    .out()
                    .println("  moved on " + move.at() + " from " + words(move.from()) + " to " + words(move.to())));
            run(site, options, study).ifPresent(run -> console().out().println("  run folder " + run));
        }
        return ExitCode.OK;
    }

    private static String words(List<PluginIdentity> plugins) {
        return plugins.stream().map(PluginIdentity::toString).collect(Collectors.joining(", "));
    }

    private static String line(Study study) {
        return String.format(
                Locale.ROOT,
                "%4d  %-9s %-20s %-16s %s of %s%s",
                study.number(),
                study.state().name().toLowerCase(Locale.ROOT),
                study.name(),
                study.combination(),
                study.reached(),
                study.end(),
                study.message().isEmpty() ? "" : ": " + study.message());
    }

    private void sayIfItWaits(Study study) {
        if (study.state() == StudyState.RUNNING && invocation().resident().isEmpty()) {
            console().say("study " + study.number() + " goes on while the site is started: oncotwin site start");
        }
    }

    @Command(
            name = "start",
            description = {
                "Starts a study of a case file or of a twin. Case and input files are kept, so that later changes of them do not matter.",
                "The policy says what a change of a plugin does to it: pin ends on the versions it began with, migrate moves on."
            },
            footerHeading = "%nExample:%n",
            footer = {
                "  oncotwin study start glioma case.json --policy migrate",
                "  oncotwin study start glioma --twin ONCO-2026-001 --twin-version 2"
            })
    int start(
            @Parameters(index = "0", paramLabel = "COMBINATION", description = "Name of the combination.")
                    String combination,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "CASE",
                            description = "The case file, unless a twin is given.")
                    Path caseFile,
            @Option(names = "--twin", paramLabel = "ID", description = "Run this twin of the site.") String twin,
            @Option(
                            names = "--twin-version",
                            paramLabel = "NUMBER",
                            description = "This version of the twin. Default: the newest.")
                    Integer twinVersion,
            @Option(
                            names = "--policy",
                            paramLabel = "POLICY",
                            defaultValue = "pin",
                            description = "pin or migrate. Default: ${DEFAULT-VALUE}.")
                    UpgradePolicy policy,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        if ((caseFile == null) == (twin == null)) {
            throw new InvalidInputException("CASE", "either a case file or --twin is needed, and not both");
        }
        if (twin == null && twinVersion != null) {
            throw new InvalidInputException("--twin-version", "is of no use without --twin");
        }
        return carryOut(options, site -> {
            Session session = session(site);
            Study study = twin == null
                    ? site.studies().start(session, combination, caseFile, policy)
                    : site.studies().start(session, combination, reference(site, twin, twinVersion), policy);
            sayIfItWaits(study);
            return print(site, options, study);
        });
    }

    private static TwinReference reference(OpenSite site, String twin, Integer version) {
        return version == null ? site.twins().get(twin).reference() : new TwinReference(twin, version);
    }

    @Command(
            name = "list",
            description = "Lists the studies.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study list")
    int list(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            List<Study> studies = site.studies().all();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                ArrayNode list = root.putArray("studies");
                studies.forEach(study -> describe(site, options, study, list.addObject()));
                JsonOutput.print(console(), root);
            } else {
                studies.forEach(study -> console().out().println(line(study)));
                if (studies.isEmpty()) {
                    console().out().println("no study was started yet");
                }
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "show",
            description = {
                "Shows a study: how far it is, its plugins, where it moved to other versions, and its run folder if it is finished."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study show 3")
    int show(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the study.") long number,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            session(site);
            return print(site, options, site.studies().get(number));
        });
    }

    @Command(
            name = "pause",
            description = "Pauses a study at its next safe point.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study pause 3 --reason 'wrong dose'",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it is paused", "1:it came to its end first, or still runs"})
    int pause(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the study.") long number,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Study study = site.studies().pause(session(site), number, reason);
            print(site, options, study);
            return study.state() == StudyState.PAUSED ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "resume",
            description = "Has a paused study go on.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study resume 3 --reason 'the dose was right'")
    int resume(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the study.") long number,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the audit trail.")
                    String reason,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Study study = site.studies().resume(session(site), number, reason);
            sayIfItWaits(study);
            return print(site, options, study);
        });
    }

    @Command(
            name = "wait",
            description = "Waits until a study does not run any more.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study wait 3 --seconds 600",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:it is finished", "1:it is paused or failed, or still runs after that time"})
    int waitFor(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the study.") long number,
            @Option(
                            names = "--seconds",
                            paramLabel = "COUNT",
                            description = "Wait no longer than this. Default: as long as it takes.")
                    Long seconds,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        if (seconds != null && seconds < 0) {
            throw new InvalidInputException("--seconds", seconds + " is not allowed; allowed is 0 or more");
        }
        return carryOut(options, site -> {
            session(site);
            Study study = await(site.studies(), number, seconds, options.json());
            print(site, options, study);
            return study.state() == StudyState.FINISHED ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    @Command(
            name = "replay",
            description = {
                "Runs a finished study again from the case and files that the site kept, and compares bit for bit with the result",
                "that it kept. The plugins are those that the study ran on, also if its combination uses later versions now;",
                "a study that moved in mid-run is replayed on each version up to the day of its move. Nothing is written but",
                "an entry in the audit trail."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin study replay 3",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the results are the same bit for bit",
                "1:they differ, what was kept was altered, or the run failed",
                "2:it is not finished, or something of it cannot be had any more",
                "130:cancelled"
            })
    int replay(
            @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the study.") long number,
            @Mixin SiteOptions options)
            throws IOException, InterruptedException {
        return carryOut(options, site -> {
            Session session = session(site);
            StudyReplay replay;
            try (ShownProgress progress = new ShownProgress(console(), options.json())) {
                replay = site.studies()
                        .replay(session, number, progress, invocation().cancellation());
            }
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                describe(site, options, replay.study(), root.putObject("study"));
                root.put("identical", replay.isIdentical());
                replay.differences().forEach(root.putArray("differences")::add);
                replay.origins().forEach(root.putArray("origins")::add);
                JsonOutput.print(console(), root);
            } else {
                say(replay);
            }
            return replay.isIdentical() ? ExitCode.OK : ExitCode.FAILED;
        });
    }

    private void say(StudyReplay replay) {
        Study study = replay.study();
        console()
                .out()
                .println("study " + study.number() + " (" + study.name() + ")"
                        + (replay.isIdentical() ? ": identical bit for bit" : ": it differs"));
        replay.differences().forEach(difference -> console().out().println("  " + difference));
        if (!replay.origins().isEmpty()) {
            console().out().println("where they come from differs:");
            replay.origins().forEach(origin -> console().out().println("  " + origin));
        }
    }

    /** How far a study is; when it begins and ends is only known once it runs. */
    private static final class ShownProgress implements ReplayProgress, AutoCloseable {
        private final Console console;
        private final boolean json;
        private Progress shown;

        ShownProgress(Console console, boolean json) {
            this.console = console;
            this.json = json;
        }

        @Override
        public void reached(SimulationTime start, SimulationTime now, SimulationTime end) {
            if (!start.isBefore(end)) {
                return;
            }
            if (shown == null) {
                shown = Progress.of(console, json, start, end);
            }
            shown.reached(now);
        }

        @Override
        public void close() {
            if (shown != null) {
                shown.close();
            }
        }
    }

    private Study await(Studies studies, long number, Long seconds, boolean json) throws InterruptedException {
        long until = System.nanoTime()
                + (seconds == null ? 0 : Duration.ofSeconds(seconds).toNanos());
        Study study = studies.get(number);
        SimulationTime start = study.reached();
        try (ShownProgress progress = new ShownProgress(console(), json)) {
            while (study.state() == StudyState.RUNNING && (seconds == null || System.nanoTime() < until)) {
                if (invocation().cancellation().isRequested()) {
                    throw new CancellationException();
                }
                study = studies.await(number, LOOK);
                progress.reached(start, study.reached(), study.end());
            }
        }
        return study;
    }
}
