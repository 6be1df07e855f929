package org.oncotwin.cli.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Account;
import org.oncotwin.api.account.Accounts;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.change.Studies;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.patient.PatientTwins;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinChange.Part;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.DatabaseLocation;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.cli.Console;
import picocli.CommandLine;

/** What the commands ask of the site and how they tell what it answers; what twins are is tested with them. */
class TwinCommandsTest {
    private static final TwinVersion FIRST = version(1, "2026-11-23T10:00:00Z", "first visit", List.of());
    private static final TwinVersion SECOND = version(
            2,
            "2026-12-01T08:30:00.250Z",
            "second\nvisit",
            List.of(
                    change(Part.CASE, "growth.parameters.proliferation", "\"0.1 /d\"", "\"0.2 /d\""),
                    change(Part.CASE, "patient.age", "62", null),
                    change(Part.CASE, "treatments[0]", null, "\"" + "x".repeat(200) + "\""),
                    change(Part.FILE, "Größe.nii", "aa", "bb")));

    @TempDir
    Path folder;

    private final CallerForTests caller = new CallerForTests();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final List<Study> studies = new ArrayList<>();
    private boolean altered;
    private Exception failure;

    private static TwinVersion version(int number, String time, String reason, List<TwinChange> changes) {
        return new TwinVersion(
                new TwinReference("ONCO-1", number),
                Instant.parse(time),
                "ada",
                reason,
                "c" + number,
                Map.of("Größe.nii", number == 1 ? "aa" : "bb"),
                changes);
    }

    private static TwinChange change(Part part, String place, String before, String after) {
        return new TwinChange(part, place, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    private static Study study(long number, Optional<TwinReference> twin) {
        return new Study(
                number,
                "case",
                "glioma",
                UpgradePolicy.PIN,
                StudyState.FINISHED,
                SimulationTime.ofDays(1),
                SimulationTime.ofDays(1),
                List.of(),
                "",
                Optional.empty(),
                twin,
                List.of());
    }

    @BeforeEach
    void logIn() {
        caller.token = Optional.of("token");
    }

    private Object twins(String method, Object[] arguments) throws Exception {
        StringBuilder call = new StringBuilder(method);
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            call.append(' ').append(argument instanceof Path path ? folder.relativize(path) : argument);
        }
        asked.add(call.toString());
        return switch (method) {
            case "all" -> altered ? List.of("ONCO-0", "ONCO-1") : List.of("ONCO-1");
            case "history" -> List.of(FIRST, SECOND);
            case "create", "asOf" -> FIRST;
            case "revise" -> SECOND;
            case "get" -> {
                if (arguments[0].equals("ONCO-0")) {
                    throw new StoreException("twin ONCO-0 was altered");
                }
                yield arguments[0].equals(FIRST.reference()) ? FIRST : SECOND;
            }
            default -> null;
        };
    }

    private Object studies(String method, Object[] arguments) {
        if (method.equals("all")) {
            return studies;
        }
        asked.add("study " + arguments[1] + " " + arguments[2]);
        return study(7, arguments[2] instanceof TwinReference twin ? Optional.of(twin) : Optional.empty());
    }

    private <T> T service(Class<T> type) {
        Account account = new Account("ada", "Ada", Set.of(), false, Instant.EPOCH, Instant.MAX);
        Session session = new Session("token", account, Instant.EPOCH, Instant.EPOCH);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, a) -> {
            if (type == PatientTwins.class) {
                return twins(method.getName(), a);
            }
            if (type == Studies.class) {
                return studies(method.getName(), a);
            }
            assertThat(type).isEqualTo(Accounts.class);
            return session;
        }));
    }

    private int execute(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        SiteDoor door = new SiteDoor() {
            @Override
            public OpenSite open(Path site) {
                return new OpenSite(site, TwinCommandsTest.this::service, () -> {});
            }

            @Override
            public OpenSite create(Path site, DatabaseLocation location) {
                throw new UnsupportedOperationException();
            }
        };
        Invocation invocation = new Invocation(
                List.of(words),
                folder,
                "lab",
                new Console(new PrintWriter(out), new PrintWriter(err), false, false),
                () -> false,
                caller,
                door,
                Optional.empty());
        CommandLine line = SiteCommands.all(invocation, none -> 0).stream()
                .filter(command -> command.getCommandName().equals(words[0]))
                .findFirst()
                .orElseThrow();
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            failure = thrown;
            return 99;
        });
        return line.execute(List.of(words).subList(1, words.length).toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void aTwinIsCreatedAndRevised() throws Exception {
        assertThat(execute("twin", "create", "ONCO-1", "case.json", "--reason", "first visit"))
                .isZero();
        assertThat(asked.get(0)).startsWith("create Session[ada").endsWith(" ONCO-1 case.json first visit");
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("ONCO-1 version 1, recorded 2026-11-23T10:00:00Z by ada: first visit");

        assertThat(execute("twin", "revise", "ONCO-1", "case.json", "--from", "1", "--reason", "ü"))
                .isZero();
        assertThat(asked.get(1)).startsWith("revise Session[ada").endsWith(" ONCO-1 version 1 case.json ü");
        assertThat(out.toString().lines())
                .containsExactly(
                        "ONCO-1 version 2, recorded 2026-12-01T08:30:00.250Z by ada: second visit",
                        "  growth.parameters.proliferation: \"0.1 /d\" -> \"0.2 /d\"",
                        "  patient.age: removed 62",
                        "  treatments[0]: added \"" + "x".repeat(99) + "...",
                        "  file Größe.nii: aa -> bb");
    }

    @Test
    void aVersionIsShownWithItsStudies() throws Exception {
        studies.add(study(3, Optional.of(FIRST.reference())));
        studies.add(study(4, Optional.of(SECOND.reference())));
        studies.add(study(5, Optional.empty()));
        assertThat(execute("twin", "show", "ONCO-1", "--as-of", "2026-11-23T12:00:00.5+01:00"))
                .isZero();
        assertThat(asked).containsExactly("asOf ONCO-1 2026-11-23T11:00:00.500Z");
        assertThat(out.toString().lines())
                .containsExactly(
                        "ONCO-1 version 1, recorded 2026-11-23T10:00:00Z by ada: first visit",
                        "  case c1",
                        "  file Größe.nii aa",
                        "  study 3 on glioma, finished");

        execute("twin", "show", "ONCO-1", "--json");
        JsonNode shown = json();
        assertThat(shown.at("/version").intValue()).isEqualTo(2);
        assertThat(shown.at("/time").textValue()).isEqualTo("2026-12-01T08:30:00.250Z");
        assertThat(shown.at("/reason").textValue()).isEqualTo("second\nvisit");
        assertThat(shown.at("/files/Größe.nii").textValue()).isEqualTo("bb");
        assertThat(shown.at("/changes/0/before").textValue()).isEqualTo("\"0.1 /d\"");
        assertThat(shown.at("/changes/1").has("after")).isFalse();
        assertThat(shown.at("/changes/2/after").textValue()).hasSize(202);
        assertThat(shown.at("/changes/3/part").textValue()).isEqualTo("file");
        assertThat(shown.get("studies").findValuesAsText("number")).containsExactly("4");

        execute("twin", "show", "ONCO-1", "--version", "1", "--json");
        assertThat(json().at("/case").textValue()).isEqualTo("c1");
        assertThat(asked).contains("get ONCO-1 version 1");
    }

    @Test
    void allVersionsAreShownOldestFirst() throws Exception {
        execute("twin", "history", "ONCO-1");
        assertThat(out.toString().lines()).hasSize(6).first().asString().startsWith("ONCO-1 version 1,");
        execute("twin", "history", "ONCO-1", "--json");
        assertThat(json().get("versions").findValuesAsText("case")).containsExactly("c1", "c2");
    }

    @Test
    void aTwinThatWasAlteredHidesNoOther() throws Exception {
        assertThat(execute("twin", "list")).isZero();
        assertThat(out.toString()).contains("ONCO-1 version 2, recorded");
        altered = true;
        assertThat(execute("twin", "list", "--json")).isEqualTo(1);
        assertThat(json().get("twins").findValuesAsText("id")).containsExactly("ONCO-1");
        assertThat(json().get("faults").get(0).textValue()).isEqualTo("twin ONCO-0 was altered");
        assertThat(err.toString()).contains("twin ONCO-0 was altered");
    }

    @Test
    void aVersionIsExportedToWhereTheCommandWasGiven() throws Exception {
        assertThat(execute("twin", "export", "ONCO-1", "a/b", "--version", "1")).isZero();
        assertThat(asked).containsExactly("get ONCO-1 version 1", "export ONCO-1 version 1 a/b");
        assertThat(out.toString()).contains("wrote ONCO-1 version 1 into b");
    }

    @Test
    void aStudyIsStartedFromATwinOrACase() throws Exception {
        assertThat(execute("study", "start", "glioma", "--twin", "ONCO-1", "--json"))
                .isZero();
        assertThat(json().at("/twin/id").textValue()).isEqualTo("ONCO-1");
        assertThat(json().at("/twin/version").intValue()).isEqualTo(2);
        assertThat(execute("study", "start", "glioma", "--twin", "ONCO-1", "--twin-version", "1"))
                .isZero();
        assertThat(out.toString()).contains("  twin ONCO-1 version 1");
        Files.createFile(folder.resolve("case.json"));
        assertThat(execute("study", "start", "glioma", "case.json")).isZero();
        assertThat(out.toString()).doesNotContain("twin");
        assertThat(asked)
                .containsExactly(
                        "get ONCO-1",
                        "study glioma ONCO-1 version 2",
                        "study glioma ONCO-1 version 1",
                        "study glioma " + folder.resolve("case.json"));
    }

    @Test
    void nobodyWhoIsNotLoggedInSeesTwins() {
        caller.token = Optional.empty();
        for (String[] words : List.of(
                new String[] {"twin", "list"},
                new String[] {"twin", "show", "ONCO-1"},
                new String[] {"twin", "history", "ONCO-1"},
                new String[] {"twin", "export", "ONCO-1", "dir"},
                new String[] {"twin", "create", "ONCO-1", "case.json", "--reason", "r"})) {
            assertThat(execute(words)).isEqualTo(99);
            assertThat(failure).isInstanceOf(AccessDeniedException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aTimeIsReadToTheInstant() {
        assertThat(TwinVersionOptions.time("2026-11-23T10:00Z")).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(TwinVersionOptions.time("2026-11-23T10:00:00.250-05:30"))
                .isEqualTo(Instant.parse("2026-11-23T15:30:00.250Z"));
        for (String wrong : List.of("2026-02-30T10:00:00Z", "10:00", "now", "", "2026-11-23T10:00:00ZZ")) {
            assertThatThrownBy(() -> TwinVersionOptions.time(wrong))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not a time");
        }
    }
}
