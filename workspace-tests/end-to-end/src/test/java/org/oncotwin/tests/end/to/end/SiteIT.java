package org.oncotwin.tests.end.to.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A site as people work with it: with the real launcher, a process for each command. One after the other, as one process at a time opens a site. */
@Execution(ExecutionMode.SAME_THREAD)
class SiteIT {
    private static final String PASSWORD = "a quick brown fox 71";

    private static final String FEATURE = """
            { "feature-resource-version": "1.0", "id": "org.example:NAME:1.0",
              "bundles": [ BUNDLES ],
              "extensions": { "oncotwin-combination": { "type": "json", "kind": "mandatory", "json": {
                "title": "Glioma under radiation", "plugins": [ PLUGINS ] } } } }
            """;

    @TempDir
    static Path folder;

    /** One home for each person, as they have at their machines. */
    private static OncoTwin of(String person, String... variables) {
        Map<String, String> environment = new HashMap<>(
                Map.of("XDG_STATE_HOME", folder.resolve("home-" + person).toString(), "ONCOTWIN_SITE", "lab"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return OncoTwin.forShortCommands().withEnvironment(environment);
    }

    private static JsonNode json(OncoTwin oncotwin, String... arguments) throws Exception {
        String[] line = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        return Result.JSON.readTree(oncotwin.run(folder, line).succeeds().out());
    }

    /** The first password changed, the owner logged in. */
    private static Authenticator settleIn(JsonNode enrolment) throws Exception {
        String name = enrolment.get("account").textValue();
        Authenticator authenticator =
                Authenticator.scan(enrolment.get("totp_uri").textValue());
        of(name, "ONCOTWIN_PASSWORD", enrolment.get("password").textValue(), "ONCOTWIN_NEW_PASSWORD", PASSWORD)
                .run(folder, "account", "password", name, "--code", authenticator.code(0))
                .succeeds();
        of(name, "ONCOTWIN_PASSWORD", PASSWORD)
                .run(folder, "login", name, "--code", authenticator.code(1))
                .succeeds();
        return authenticator;
    }

    @BeforeAll
    static void makeASiteWithPeople() throws Exception {
        settleIn(json(of("anna"), "site", "create", "lab", "--admin", "anna", "--name", "Anna Keller"));
        settleIn(json(of("anna"), "account", "create", "ben", "--name", "Ben Okoro", "--role", "site"));
    }

    private static String id(String bundle) throws Exception {
        Matcher file = Pattern.compile("(.+)-(\\d.*)\\.jar")
                .matcher(OncoTwin.bundle(bundle).getFileName().toString());
        assertThat(file.matches()).isTrue();
        return "{\"id\": \"org.oncotwin:" + file.group(1) + ":" + file.group(2) + "\"}";
    }

    private static void writeFeature(String name, List<String> bundles, String... plugins) throws Exception {
        StringBuilder ids = new StringBuilder();
        for (String bundle : bundles) {
            ids.append(ids.isEmpty() ? "" : ", ").append(id(bundle));
        }
        StringBuilder list = new StringBuilder();
        for (String plugin : plugins) {
            String[] words = plugin.split(" ");
            list.append(list.isEmpty() ? "" : ", ")
                    .append("{\"kind\": \"" + words[0] + "\", \"id\": \"" + words[1]
                            + "\", \"versions\": \"[1.0,2)\"}");
        }
        Files.writeString(
                folder.resolve(name + ".json"),
                FEATURE.replace("NAME", name).replace("BUNDLES", ids).replace("PLUGINS", list));
    }

    @Tag("SR-1201")
    @Test
    void whoIsNotWhoTheySayIsRefused() throws Exception {
        JsonNode enrolment =
                json(of("anna"), "account", "create", "cleo", "--name", "Cleo Brandt", "--role", "inspector");
        String first = enrolment.get("password").textValue();
        Authenticator authenticator =
                Authenticator.scan(enrolment.get("totp_uri").textValue());

        OncoTwin.Outcome expired =
                of("cleo", "ONCOTWIN_PASSWORD", first).run(folder, "login", "cleo", "--code", authenticator.code(0));
        expired.failsWith(1);
        assertThat(expired.err()).contains("the password of cleo must be changed before logging in");

        // The code was used for that.
        settleIn(json(of("anna"), "account", "renew", "cleo", "--reason", "again from the first password"));
        OncoTwin cleo = of("cleo", "ONCOTWIN_PASSWORD", PASSWORD);
        OncoTwin.Outcome wrong = cleo.run(folder, "login", "cleo", "--code", "000000");
        wrong.failsWith(1);
        assertThat(wrong.problems())
                .containsExactly(
                        "oncotwin: name, password or code is wrong, the code was used before, or the account is locked or closed");
        OncoTwin.Outcome unasked = of("cleo").run(folder, "login", "cleo");
        unasked.failsWith(2);
        assertThat(unasked.err()).contains("--password-file FILE", "ONCOTWIN_PASSWORD");

        writeFeature("cleos", List.of("org.oncotwin.model.logistic"), "growth logistic");
        OncoTwin.Outcome role = cleo.run(folder, "combo", "install", "cleos.json", "--reason", "why not");
        role.failsWith(1);
        assertThat(role.err()).contains("it takes the role", "inspector");

        Path token;
        try (Stream<Path> files = Files.list(folder.resolve("home-cleo/oncotwin"))) {
            token = files.findFirst().orElseThrow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        String kept = Files.readString(token);
        cleo.run(folder, "logout").succeeds();
        assertThat(token).doesNotExist();
        Files.writeString(token, kept);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        OncoTwin.Outcome ended = cleo.run(folder, "audit", "list");
        ended.failsWith(1);
        assertThat(ended.err()).contains("nobody is logged in");

        List<String> actions = json(of("anna"), "audit", "list").get("entries").findValuesAsText("action");
        assertThat(actions).contains("login-refused", "refused", "logout");
    }

    @Tag("SR-1001")
    @Test
    void aCombinationThatCannotWorkIsExplained() throws Exception {
        writeFeature("portless", List.of("org.oncotwin.treatment.radiation.lq"), "treatment radiation-lq");

        OncoTwin.Outcome check = of("ben").run(folder, "combo", "check", "portless.json");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .contains(
                        "org.oncotwin.treatment.radiation.lq 1.0.0 needs a growth model that honours the effect port surviving-fraction",
                        "add org.oncotwin.model.");
        OncoTwin.Outcome install =
                of("ben").run(folder, "combo", "install", "portless.json", "--reason", "all the same");
        install.failsWith(2);
        assertThat(install.err()).contains("portless: cannot work: ");
        assertThat(json(of("ben"), "combo", "list").get("combinations").findValuesAsText("name"))
                .doesNotContain("portless");
    }

    @Test
    void whatIsInTheWayOfOpeningIsSaid() throws Exception {
        OncoTwin.Outcome missing = of("ben").run(folder, "site", "status", "--site", "nowhere");
        missing.failsWith(1);
        assertThat(missing.problems()).singleElement().asString().contains("nowhere", "oncotwin site create DIR");

        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("file"), "something else");
        OncoTwin.Outcome occupied =
                of("ben").run(folder, "site", "create", "other", "--admin", "ben", "--name", "Ben Okoro");
        occupied.failsWith(1);
        assertThat(occupied.err()).contains("it is not empty");

        OncoTwin.Outcome again =
                of("ben").run(folder, "site", "create", "lab", "--admin", "ben", "--name", "Ben Okoro");
        again.failsWith(1);
        assertThat(again.err()).contains("there are accounts already");
    }

    private static RunningCommand startSite() throws Exception {
        RunningCommand resident = of("ben").start(folder, "site", "start");
        resident.awaitLine(line -> line.contains("Ctrl-C stops it"));
        return resident;
    }

    @Tag("SR-1501")
    @Test
    void aStudyOutlivesTheProcessThatRunsIt() throws Exception {
        GliomaCase.write(folder, GliomaCase.with("\"version\": ", "\"max_step\": \"0.0025 d\", \"version\": "));
        writeFeature(
                "glioma",
                List.of(
                        "org.oncotwin.model.reaction.diffusion",
                        "org.oncotwin.treatment.radiation.lq",
                        "org.oncotwin.solver.grid"),
                "growth reaction-diffusion",
                "treatment radiation-lq",
                "solver grid");
        OncoTwin ben = of("ben");
        RunningCommand resident = startSite();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lab/control.sock"))))
                .isEqualTo("rw-------");
        ben.run(folder, "combo", "check", "glioma.json").succeeds();
        ben.run(folder, "combo", "install", "glioma.json", "--reason", "protocol 7")
                .succeeds();

        int number = json(ben, "study", "start", "glioma", "case.json", "--policy", "migrate")
                .get("number")
                .intValue();
        String study = Integer.toString(number);
        JsonNode paused = json(ben, "study", "pause", study, "--reason", "is the dose right?");
        assertThat(paused.get("state").textValue()).isEqualTo("paused");
        assertThat(paused.get("reached_days").doubleValue()).isLessThan(180);
        assertThat(json(ben, "study", "resume", study, "--reason", "it is")
                        .get("state")
                        .textValue())
                .isEqualTo("running");
        assertThat(ben.run(folder, "study", "list").succeeds().out()).contains("running");
        assertThat(json(ben, "site", "status").at("/studies/running").intValue())
                .isEqualTo(1);
        OncoTwin.Outcome twice = ben.run(folder, "site", "start");
        twice.failsWith(1);
        assertThat(twice.err()).contains("the site is started already, in process ");
        OncoTwin.Outcome late = ben.run(folder, "study", "wait", study, "--seconds", "0");
        assertThat(late.exitCode()).as("the study is in its midst").isEqualTo(1);

        resident.kill();

        assertThat(folder.resolve("lab/studies/" + study + "/run")).doesNotExist();
        RunningCommand next = startSite();
        JsonNode finished = json(ben, "study", "wait", study, "--seconds", "500");
        assertThat(finished.get("state").textValue()).isEqualTo("finished");
        Path run = folder.resolve(finished.get("run").textValue());
        ben.run(folder, "audit", "verify").succeeds();
        ben.run(folder, "site", "stop").succeeds();
        next.end().succeeds();
        assertThat(folder.resolve("lab/control.sock")).doesNotExist();

        ben.run(folder, "run", "case.json", "--out", "whole", "--threads", "1").succeeds();
        Result kept = Result.in(run);
        Result whole = Result.in(folder.resolve("whole"));
        assertThat(kept.bits()).usingRecursiveComparison().isEqualTo(whole.bits());
        assertThat(kept.stateHash()).isEqualTo(whole.stateHash());
        ben.run(folder, "replay", finished.get("run").textValue()).succeeds();
        assertThat(json(ben, "study", "replay", study).get("identical").booleanValue())
                .isTrue();
        ben.run(folder, "audit", "verify").succeeds();
        ben.run(folder, "audit", "export", "trail.jsonl", "trail.html").succeeds();
        assertThat(Files.readAllLines(folder.resolve("trail.jsonl")))
                .anyMatch(line -> line.contains("study.pause") && line.contains("is the dose right?"))
                .anyMatch(line -> line.contains("study.finish"));
    }

    @Test
    void aTwinIsOpenedAgainAsOfAnyTime() throws Exception {
        Path visit = GliomaCase.write(
                Files.createDirectory(folder.resolve("visit")),
                GliomaCase.with("\"horizon\": \"180 d\"", "\"horizon\": \"14 d\""));
        writeFeature(
                "brain",
                List.of(
                        "org.oncotwin.model.reaction.diffusion",
                        "org.oncotwin.treatment.radiation.lq",
                        "org.oncotwin.solver.grid"),
                "growth reaction-diffusion",
                "treatment radiation-lq",
                "solver grid");
        OncoTwin ben = of("ben");
        RunningCommand resident = startSite();
        ben.run(folder, "combo", "install", "brain.json", "--reason", "protocol 8")
                .succeeds();
        ben.run(folder, "twin", "create", "ONCO-2026-001", "visit/case.json", "--reason", "first visit")
                .succeeds();
        String between = json(ben, "twin", "show", "ONCO-2026-001").get("time").textValue();
        Path caseFile = visit.resolve("case.json");
        Files.writeString(caseFile, Files.readString(caseFile).replace("\"0.05 /d\"", "\"0.06 /d\""));
        JsonNode second = json(
                ben, "twin", "revise", "ONCO-2026-001", "visit/case.json", "--from", "1", "--reason", "second scan");
        assertThat(second.get("changes").findValuesAsText("place")).containsExactly("growth.parameters.proliferation");
        OncoTwin.Outcome stale = ben.run(
                folder, "twin", "revise", "ONCO-2026-001", "visit/case.json", "--from", "1", "--reason", "late");
        stale.failsWith(2);
        assertThat(stale.err()).contains("is not the newest: ben recorded version 2");

        int number = json(ben, "study", "start", "brain", "--twin", "ONCO-2026-001", "--twin-version", "1")
                .get("number")
                .intValue();
        JsonNode finished = json(ben, "study", "wait", Integer.toString(number), "--seconds", "170");
        assertThat(finished.at("/twin/version").intValue()).isEqualTo(1);
        JsonNode asOf = json(ben, "twin", "show", "ONCO-2026-001", "--as-of", between);
        assertThat(asOf.get("version").intValue()).isEqualTo(1);
        assertThat(asOf.get("studies").findValuesAsText("number")).containsExactly(Integer.toString(number));
        assertThat(json(ben, "twin", "show", "ONCO-2026-001").get("studies")).isEmpty();
        OncoTwin.Outcome before =
                ben.run(folder, "twin", "show", "ONCO-2026-001", "--as-of", "2020-01-01T00:00:00+01:00");
        before.failsWith(2);
        assertThat(before.err()).contains("was not there yet at 2019-12-31T23:00:00Z; its first version is of");

        ben.run(folder, "twin", "export", "ONCO-2026-001", "reopened", "--as-of", between)
                .succeeds();
        ben.run(folder, "site", "stop").succeeds();
        resident.end().succeeds();
        ben.run(folder, "run", "reopened/case.json", "--out", "reopened-run", "--threads", "1")
                .succeeds();
        assertThat(Result.in(folder.resolve("reopened-run")).stateHash())
                .isEqualTo(Result.in(folder.resolve(finished.get("run").textValue()))
                        .stateHash());
        assertThat(ben.run(folder, "twin", "history", "ONCO-2026-001")
                        .succeeds()
                        .out())
                .contains("version 1, recorded ", "growth.parameters.proliferation: \"0.05 /d\" -> \"0.06 /d\"");
        ben.run(folder, "audit", "verify").succeeds();
    }

    @Test
    void everyCommandOfASiteHasHelpWithAnExample() throws Exception {
        for (String command : List.of(
                "site start",
                "account create",
                "login",
                "audit export",
                "combo install",
                "twin show",
                "study wait",
                "change verify")) {
            String help = of("ben")
                    .run(
                            folder,
                            Stream.concat(Stream.of(command.split(" ")), Stream.of("--help"))
                                    .toArray(String[]::new))
                    .succeeds()
                    .out();
            assertThat(help)
                    .contains("Usage: oncotwin " + command, "--site=DIR", "--json", "Example", "  oncotwin " + command);
        }
    }
}
