package org.oncotwin.cli.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeControl;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.ReplayProgress;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyMove;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.cli.Console;
import picocli.CommandLine;

/** What the commands say of studies, of their moves and replays, and of changes. */
class StudyCommandsTest {
    private static final PluginIdentity OLD = plugin("1.0.0");
    private static final PluginIdentity NEW = plugin("1.1.0");
    private static final Study STUDY = new Study(
            3,
            "case-3",
            "glioma",
            UpgradePolicy.MIGRATE,
            StudyState.FINISHED,
            SimulationTime.ofDays(100),
            SimulationTime.ofDays(100),
            List.of(NEW),
            "",
            Optional.of("ab"),
            Optional.empty(),
            List.of(new StudyMove(SimulationTime.ofDays(30), List.of(OLD), List.of(NEW))));

    private static final Change CHANGE = new Change(
            1,
            "glioma",
            OLD,
            NEW,
            "numerical-method",
            "a better integrator",
            "ab",
            ChangeState.VERIFIED,
            "accuracy in all cases: met; accuracy in the subgroup slow: met",
            Optional.empty(),
            List.of(),
            List.of("approval by somebody with the role regulatory"));

    @TempDir
    Path folder;

    private final CallerForTests caller = new CallerForTests();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> failures = new ArrayList<>();
    private StudyReplay outcome = new StudyReplay(STUDY, List.of(), List.of());
    private boolean cancelled;
    private double day = 100;

    private static PluginIdentity plugin(String version) {
        return new PluginIdentity(PluginKind.GROWTH, "verhulst", version, "test", version);
    }

    @BeforeEach
    void logIn() {
        caller.token = Optional.of("token");
    }

    private final class Door implements SiteDoor {
        @Override
        public OpenSite open(Path site) {
            return new OpenSite(site, this::service, () -> {});
        }

        @Override
        public OpenSite create(Path site, DatabaseLocation location) {
            throw new StoreException("no site is made here");
        }

        private <T> T service(Class<T> type) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, a) -> {
                        if (type == Accounts.class && method.getName().equals("session")) {
                            Account account = new Account(
                                    "ivy", "Ivy", Set.of(Role.INSPECTOR), false, Instant.EPOCH, Instant.MAX);
                            return new Session((String) a[0], account, Instant.EPOCH, Instant.EPOCH);
                        }
                        if (type == Studies.class && Set.of("get", "pause").contains(method.getName())) {
                            return at(day);
                        }
                        if (type == Studies.class && method.getName().equals("await")) {
                            day = Math.min(100, day + 25);
                            return at(day);
                        }
                        if (type == ChangeControl.class) {
                            return method.getName().equals("get") ? CHANGE : List.of(CHANGE);
                        }
                        if (type == Studies.class && method.getName().equals("replay")) {
                            assertThat(a[1]).isEqualTo(3L);
                            return replay((ReplayProgress) a[2], (Cancellation) a[3]);
                        }
                        throw new UnsupportedOperationException(type + " " + method);
                    }));
        }
    }

    private static Study at(double day) {
        return new Study(
                STUDY.number(),
                STUDY.name(),
                STUDY.combination(),
                STUDY.policy(),
                day < 100 ? StudyState.RUNNING : StudyState.FINISHED,
                SimulationTime.ofDays(day),
                STUDY.end(),
                STUDY.plugins(),
                "",
                STUDY.result(),
                STUDY.twin(),
                STUDY.moves());
    }

    private StudyReplay replay(ReplayProgress progress, Cancellation cancellation) {
        for (int day = 1; day <= 100; day++) {
            cancellation.check();
            progress.reached(SimulationTime.ZERO, SimulationTime.ofDays(day), SimulationTime.ofDays(100));
        }
        return outcome;
    }

    private int execute(String... arguments) {
        return executeIn("study", arguments);
    }

    private int executeIn(String group, String... arguments) {
        Invocation invocation = new Invocation(
                List.of(arguments),
                folder,
                "lab",
                new Console(new PrintWriter(out), new PrintWriter(err), false, false),
                () -> cancelled,
                caller,
                new Door(),
                Optional.empty());
        CommandLine commands = SiteCommands.all(invocation, asked -> 0).stream()
                .filter(line -> line.getCommandName().equals(group))
                .findFirst()
                .orElseThrow();
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            failures.add(failure);
            return 99;
        });
        return commands.execute(arguments);
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void aStudyShowsWhereItMoved() throws Exception {
        assertThat(execute("show", "3")).isZero();
        assertThat(out.toString()).contains("moved on day 30.0 from verhulst 1.0.0 to verhulst 1.1.0");
        out.getBuffer().setLength(0);
        execute("show", "3", "--json");
        JsonNode move = json().path("moves").path(0);
        assertThat(move.path("day").asDouble()).isEqualTo(30);
        assertThat(move.path("from").path(0).path("version").asText()).isEqualTo("1.0.0");
        assertThat(move.path("to").path(0).path("version").asText()).isEqualTo("1.1.0");
    }

    @Test
    void theSameBitsAreASuccessAndProgressIsSeen() {
        assertThat(execute("replay", "3")).isZero();
        assertThat(out.toString()).contains("study 3 (case-3): identical bit for bit");
        assertThat(err.toString()).contains("day 10 of 100 (10 %)", "day 100 of 100 (100 %)");
    }

    @Test
    void whatDiffersIsSaidAndIsAFailure() throws Exception {
        outcome =
                new StudyReplay(STUDY, List.of("tumour.volume: 2 of 7 values differ"), List.of("Java version: other"));
        assertThat(execute("replay", "3")).isEqualTo(1);
        assertThat(out.toString())
                .contains("it differs", "tumour.volume: 2 of 7 values differ", "where they come from differs", "other");
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(execute("replay", "3", "--json")).isEqualTo(1);
        assertThat(json().path("identical").asBoolean(true)).isFalse();
        assertThat(json().path("differences").path(0).asText()).startsWith("tumour.volume");
        assertThat(json().path("origins").path(0).asText()).startsWith("Java");
        assertThat(json().path("study").path("number").asInt()).isEqualTo(3);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aReplayCanBeCancelled() {
        cancelled = true;
        assertThat(execute("replay", "3")).isEqualTo(99);
        assertThat(failures).singleElement().isInstanceOf(CancellationException.class);
    }

    @Test
    void whoeverWaitsSeesHowFarTheStudyIs() {
        day = 0;
        assertThat(execute("wait", "3")).isZero();
        assertThat(err.toString()).contains("day 25 of 100 (20 %)", "day 100 of 100 (100 %)");
        err.getBuffer().setLength(0);
        day = 0;
        assertThat(execute("wait", "3", "--json")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(execute("wait", "3")).as("it is done already").isZero();
    }

    @Test
    void aStudyThatEndedBeforeItCouldBePausedIsNoSuccess() {
        assertThat(execute("pause", "3", "--reason", "wrong dose")).isEqualTo(1);
        assertThat(out.toString()).contains("finished");
    }

    @Test
    void whatAVerificationFoundStandsLineByLineAndNotInTheList() {
        assertThat(executeIn("change", "status", "1")).isZero();
        assertThat(out.toString().lines())
                .contains("  accuracy in all cases: met", "  accuracy in the subgroup slow: met");
        out.getBuffer().setLength(0);
        assertThat(executeIn("change", "status")).isZero();
        assertThat(out.toString()).contains("verified").hasLineCount(1);
    }

    @Test
    void theTrailTellsOutcomesInAFewWordsAndNoHashes() {
        AuditCommands.print(
                new Console(new PrintWriter(out), new PrintWriter(err), false, false),
                List.of(
                        entry("study.replay", "identical bit for bit", ""),
                        entry("study.finish", "ab".repeat(32), "done")),
                false);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("study 3 -> identical bit for bit"),
                        line -> assertThat(line).endsWith("study 3: done"));
    }

    private static AuditEntry entry(String action, String after, String reason) {
        return new AuditEntry(1, Instant.EPOCH, new AuditEvent("ivy", action, "study 3", "", after, reason), "", "");
    }
}
