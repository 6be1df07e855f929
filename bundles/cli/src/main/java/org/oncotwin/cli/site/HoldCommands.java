package org.oncotwin.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.oncotwin.api.account.Enrolment;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.change.Combination;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.cli.CommonOptions;
import org.oncotwin.cli.ExitCode;
import org.oncotwin.cli.JsonOutput;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code site}: makes a site, holds it open, and tells how it is. */
@Command(
        name = "site",
        description = {
            "A site keeps accounts, the audit trail, combinations of plugins, studies and changes in a folder.",
            "Studies run while a process holds the site: oncotwin site start. Without one every command opens the site for itself."
        },
        synopsisSubcommandLabel = "COMMAND")
final class HoldCommands extends CommandGroup {
    /** How long a process may take to keep the state of its studies and end. */
    private static final long STOP_SECONDS = 60;

    private final Invocation.Runner runner;

    HoldCommands(Invocation invocation, Invocation.Runner runner) {
        super(invocation);
        this.runner = runner;
    }

    /** Where the database is. */
    private static final class DatabaseOptions {
        @Option(
                names = "--database",
                paramLabel = "URL",
                required = true,
                description =
                        "JDBC URL of a PostgreSQL database, without a password in it. Default: a database in the folder.")
        private String url;

        @Option(names = "--database-user", paramLabel = "NAME", description = "Account at that database.")
        private String user = "";

        @Option(
                names = "--database-password-variable",
                paramLabel = "NAME",
                description = "Environment variable that holds its password whenever the site is opened.")
        private String passwordVariable = "";

        @Option(
                names = "--database-password-file",
                paramLabel = "FILE",
                description = "File that holds its password in the first line.")
        private Path passwordFile;

        private DatabaseLocation location() {
            return new DatabaseLocation(
                    url,
                    user,
                    passwordVariable,
                    passwordFile == null
                            ? ""
                            : passwordFile.toAbsolutePath().normalize().toString());
        }
    }

    @Command(
            name = "create",
            description = {
                "Makes a site and its first account, an administrator. First password and secret of the authenticator are shown once:",
                "put the secret into an authenticator app, and change the password with: oncotwin account password NAME"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  oncotwin site create oncotwin-site",
                "  oncotwin site create lab --admin anna --name 'Anna Keller'",
                "  oncotwin site create lab --database jdbc:postgresql://db/oncotwin --database-user lab --database-password-file pw"
            })
    int create(
            @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the site; new or empty.") Path folder,
            @Option(
                            names = "--admin",
                            paramLabel = "NAME",
                            description = "Name of the first account. Default: it is asked for.")
                    String admin,
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            description =
                                    "Name of the person in print, as it stands beside signatures. Default: it is asked for.")
                    String printed,
            @ArgGroup(exclusive = false) DatabaseOptions database,
            @Mixin CommonOptions options)
            throws IOException {
        if (invocation().resident().isPresent()) {
            throw new InvalidInputException("", "a site is made by a process of its own");
        }
        String name = given("--admin", admin, new Question("Name of the first account", "ONCOTWIN_ADMIN", false));
        String inPrint = given("--name", printed, new Question("Name in print", "ONCOTWIN_ADMIN_NAME", false));
        DatabaseLocation location = database == null ? DatabaseLocation.inFolder() : database.location();
        try (OpenSite site = invocation().door().create(folder, location)) {
            Enrolment enrolment = AccountCommands.fitting(() -> site.accounts().createFirst(name, inPrint));
            AccountCommands.print(console(), enrolment, options.json());
            return ExitCode.OK;
        }
    }

    private String given(String option, String value, Question question) throws IOException {
        if (value != null) {
            return value;
        }
        return invocation()
                .caller()
                .ask(question)
                .orElseThrow(() -> new InvalidInputException(
                        option, "is missing: there is no terminal to ask at; give " + option + " TEXT"));
    }

    @Command(
            name = "start",
            description = {
                "Opens a site and holds it until Ctrl-C or oncotwin site stop. Studies run, those that a crash broke off go on.",
                "Other commands of the same user of this machine are then carried out by this process."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  oncotwin site start", "  oncotwin site start --site lab &"})
    int start(@Mixin SiteOptions options) throws IOException, InterruptedException {
        Path folder = options.folder(invocation());
        if (invocation().resident().isPresent()) {
            throw started(ProcessHandle.current().pid());
        }
        Optional<ResidentClient> other = ResidentClient.connect(folder);
        if (other.isPresent()) {
            try (ResidentClient client = other.get()) {
                throw started(client.process());
            }
        }
        try (OpenSite site = invocation().door().open(folder);
                ResidentSite resident = new ResidentSite(site, invocation().door(), runner)) {
            // Looking for it brings it up, and with it the studies that are to go on.
            long running = site.studies().all().stream()
                    .filter(study -> study.state() == StudyState.RUNNING)
                    .count();
            long process = ProcessHandle.current().pid();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("site", options.name(invocation()));
                root.put("process", process);
                root.put("running", running);
                JsonOutput.print(console(), root);
            }
            console()
                    .say("the site " + options.name(invocation()) + " is open in process " + process + "; " + running
                            + (running == 1 ? " study runs" : " studies run") + "; Ctrl-C stops it");
            resident.await(invocation().cancellation());
        }
        console().say("the site " + options.name(invocation()) + " is closed");
        return ExitCode.OK;
    }

    private static StoreException started(long process) {
        return new StoreException(
                "the site is started already, in process " + process + "; stop it with: oncotwin site stop");
    }

    @Command(
            name = "stop",
            description = {
                "Ends the process that holds the site, once every study has kept its last state.",
                "They go on from there when the site is started again."
            },
            footerHeading = "%nExample:%n",
            footer = "  oncotwin site stop")
    int stop(@Mixin SiteOptions options) throws IOException, InterruptedException {
        if (invocation().resident().isPresent()) {
            invocation().resident().get().stop();
            return ExitCode.OK;
        }
        Path folder = options.folder(invocation());
        Optional<ResidentClient> resident = ResidentClient.connect(folder);
        if (resident.isEmpty()) {
            throw new StoreException("no process holds the site " + options.name(invocation()));
        }
        try (ResidentClient client = resident.get()) {
            int code = client.execute(invocation(), folder);
            if (code == ExitCode.OK) {
                awaitEnd(client.process());
                if (options.json()) {
                    JsonOutput.print(console(), JsonOutput.object().put("process", client.process()));
                } else {
                    console().out().println("the site " + options.name(invocation()) + " is closed");
                }
            }
            return code;
        }
    }

    private static void awaitEnd(long process) throws InterruptedException {
        Optional<ProcessHandle> handle = ProcessHandle.of(process);
        if (handle.isEmpty()) {
            return;
        }
        try {
            handle.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new StoreException(
                    "process " + process + ", which holds the site, was asked to end and still runs", late);
        }
    }

    @Command(
            name = "status",
            description =
                    "Tells how a site is: which process holds it, what runs, the head of the audit trail, how many are logged in.",
            footerHeading = "%nExample:%n",
            footer = "  oncotwin site status")
    int status(@Mixin SiteOptions options) throws IOException, InterruptedException {
        return carryOut(options, site -> {
            boolean held = invocation().resident().isPresent();
            List<AuditEntry> newest = site.audit().last().isPresent()
                    ? site.audit().entries(site.audit().last().getAsLong(), 1)
                    : List.of();
            List<String> combinations =
                    site.combinations().all().stream().map(Combination::name).toList();
            // Without a process that holds the site, asking for studies would start them.
            Map<StudyState, Long> studies = held ? count(site.studies().all()) : Map.of();
            int sessions = site.accounts().openSessions();
            if (options.json()) {
                ObjectNode root = JsonOutput.object();
                root.put("site", options.name(invocation()));
                if (held) {
                    root.put("process", ProcessHandle.current().pid());
                }
                newest.forEach(entry -> root.putObject("audit")
                        .put("entries", entry.number())
                        .put("head", entry.hash())
                        .put("time", entry.time().toString()));
                root.put("sessions", sessions);
                combinations.forEach(root.putArray("combinations")::add);
                if (held) {
                    ObjectNode states = root.putObject("studies");
                    studies.forEach((state, number) -> states.put(state.name().toLowerCase(Locale.ROOT), number));
                }
                JsonOutput.print(console(), root);
                return ExitCode.OK;
            }
            console()
                    .out()
                    .println("site          " + options.name(invocation()) + ", "
                            + (held
                                    ? "held by process "
                                            + ProcessHandle.current().pid()
                                    : "held by no process: studies do not run; start it with: oncotwin site start"));
            newest.forEach(entry -> console()
                    .out()
                    .println("audit trail   " + entry.number() + " entries, head " + entry.hash() + " of "
                            + entry.time()));
            console().out().println("sessions      " + sessions);
            console()
                    .out()
                    .println("combinations  " + (combinations.isEmpty() ? "none" : String.join(", ", combinations)));
            if (held) {
                console().out().println("studies       " + words(studies));
            }
            return ExitCode.OK;
        });
    }

    private static Map<StudyState, Long> count(List<Study> studies) {
        return studies.stream()
                .collect(Collectors.groupingBy(
                        Study::state, () -> new EnumMap<>(StudyState.class), Collectors.counting()));
    }

    private static String words(Map<StudyState, Long> studies) {
        return studies.isEmpty()
                ? "none"
                : studies.entrySet().stream()
                        .map(entry ->
                                entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }
}
