package org.oncotwin.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.account.AccessDeniedException;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.account.Session;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.patient.TwinChange;
import org.oncotwin.api.patient.TwinChange.Part;
import org.oncotwin.api.patient.TwinReference;
import org.oncotwin.api.patient.TwinVersion;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.casefile.InputFile;
import org.oncotwin.casefile.InvalidCaseException;

/** What twins keep to, whatever the database. */
abstract class PatientTwinsContract {

    private static final Session ADA = SiteForTests.session("ada", Role.SITE);
    private static final Session BEN = SiteForTests.session("ben", Role.SITE);
    private static final String ID = "ONCO-2026-001";
    private static final String CASE = """
            { "case": "case of Mrs Lovelace", "seed": 1, "patient": { "age": 62 },
              "anatomy": { "mask": "images/mask.nii" },
              "initial": { "day": 0, "cellularity": "images/u0.nii" },
              "growth": { "model": "spreading", "parameters": { "proliferation": "0.1 /d" } },
              "treatments": [ { "modality": "beam", "start_day": 3, "dose": "2 Gy", "parameters": { "alpha": "0.03 /Gy" } } ],
              "horizon": "6 d", "output": "1 d" }
            """;

    @TempDir
    Path folder;

    private final SiteForTests.SetClock clock = new SiteForTests.SetClock();
    private SiteForTests site;
    private String url;
    private Path caseFile;

    abstract String newDatabase();

    @BeforeEach
    void open() throws IOException {
        url = newDatabase();
        site = new SiteForTests(folder.resolve("site"), url, clock);
        Files.createDirectories(folder.resolve("case/images"));
        write("images/mask.nii", "1 1");
        write("images/u0.nii", "0.5 0");
        caseFile = write("case.json", CASE);
    }

    @AfterEach
    void close() {
        assertThat(site.events())
                .as("nothing about the patient in the trail")
                .allSatisfy(event ->
                        assertThat(event.toString()).doesNotContain("Lovelace").doesNotContain(folder.toString()));
        site.close();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve("case").resolve(name), text);
    }

    private void edit(String there, String instead) throws IOException {
        String text = Files.readString(caseFile);
        assertThat(text).contains(there);
        Files.writeString(caseFile, text.replace(there, instead));
    }

    private TwinVersion create() throws IOException {
        return site.twins.create(ADA, ID, caseFile, "first visit");
    }

    private TwinVersion revise(int from) throws IOException {
        return site.twins.revise(BEN, new TwinReference(ID, from), caseFile, "second visit");
    }

    private static TwinChange change(String place, String before, String after) {
        return new TwinChange(Part.CASE, place, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    // ---- Versions ----

    @Test
    void aTwinIsKeptInVersionsThatSayWhoWhenWhyAndWhat() throws Exception {
        TwinVersion first = create();
        assertThat(first)
                .isEqualTo(new TwinVersion(
                        new TwinReference(ID, 1),
                        Instant.parse("2026-11-23T10:00:00Z"),
                        "ada",
                        "first visit",
                        sha256(CASE),
                        Map.of("images/mask.nii", sha256("1 1"), "images/u0.nii", sha256("0.5 0")),
                        List.of()));

        clock.set("2026-12-01T08:30:00.250Z");
        edit("0.1 /d", "0.2 /d");
        edit("[ { \"modality\"", """
                [ { "modality": "beam", "start_day": 1, "dose": "1 Gy", "parameters": { "alpha": "0.03 /Gy" } },
                  { "modality\"""");
        edit("\"age\": 62", "\"weight\": \"70 kg\"");
        write("images/u0.nii", "0.5 0.1");
        TwinVersion second = revise(1);

        assertThat(second.reference()).isEqualTo(new TwinReference(ID, 2));
        assertThat(second.time()).isEqualTo(Instant.parse("2026-12-01T08:30:00.250Z"));
        assertThat(second.actor()).isEqualTo("ben");
        assertThat(second.changes())
                .containsExactly(
                        change("patient.age", "62", null),
                        change("patient.weight", null, "\"70 kg\""),
                        change("growth.parameters.proliferation", "\"0.1 /d\"", "\"0.2 /d\""),
                        change(
                                "treatments[0]",
                                null,
                                "{\"modality\":\"beam\",\"start_day\":1,\"dose\":\"1 Gy\",\"parameters\":{\"alpha\":\"0.03 /Gy\"}}"),
                        new TwinChange(
                                Part.FILE,
                                "images/u0.nii",
                                Optional.of(sha256("0.5 0")),
                                Optional.of(sha256("0.5 0.1"))));
        assertThat(site.twins.history(ID)).containsExactly(first, second);
        assertThat(site.twins.get(ID)).isEqualTo(second);
        assertThat(site.twins.get(first.reference())).isEqualTo(first);
        assertThat(site.twins.all()).containsExactly(ID);
        assertThat(site.events())
                .extracting(
                        event -> event.actor() + " " + event.action() + " " + event.subject() + " " + event.reason())
                .containsExactly(
                        "ada twin.create twin ONCO-2026-001 first visit",
                        "ben twin.revise twin ONCO-2026-001 second visit");
        assertThat(site.events().get(1).before()).isEqualTo(site.events().get(0).after());
        assertThat(site.events().get(1).after()).startsWith("version 2, record ");

        site.close();
        site = new SiteForTests(folder.resolve("site"), url, clock);
        assertThat(site.twins.history(ID)).as("after opening the site again").containsExactly(first, second);
        assertThat(site.audit.verify().intact()).isTrue();
    }

    @Test
    void whatWasTheNewestAtATimeIsFoundToTheInstant() throws Exception {
        TwinVersion first = create();
        clock.set("2026-11-23T12:00:00Z");
        edit("0.1 /d", "0.2 /d");
        TwinVersion second = revise(1);
        // Within the same millisecond, the newest counts.
        edit("0.2 /d", "0.3 /d");
        TwinVersion third = revise(2);
        assertThat(third.time()).isEqualTo(second.time());

        assertThat(site.twins.asOf(ID, first.time())).isEqualTo(first);
        assertThat(site.twins.asOf(ID, second.time().minusNanos(1))).isEqualTo(first);
        assertThat(site.twins.asOf(ID, second.time())).isEqualTo(third);
        assertThat(site.twins.asOf(ID, Instant.MAX)).isEqualTo(third);
        assertThatThrownBy(() -> site.twins.asOf(ID, first.time().minusNanos(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("twin: ONCO-2026-001 was not there yet at 2026-11-23T09:59:59.999999999Z;"
                        + " its first version is of 2026-11-23T10:00:00Z");
    }

    @Test
    void aClockThatIsSetBackMakesNoVersionOlderThanTheOneBefore() throws Exception {
        TwinVersion first = create();
        edit("0.1 /d", "0.2 /d");
        clock.set("2026-11-22T10:00:00Z");
        assertThatThrownBy(() -> revise(1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("the clock was set back");
        assertThat(site.twins.history(ID)).containsExactly(first);
    }

    @Test
    void aStaleRevisionIsRefused() throws Exception {
        create();
        edit("0.1 /d", "0.2 /d");
        revise(1);
        edit("0.2 /d", "0.3 /d");
        assertThatThrownBy(() -> site.twins.revise(ADA, new TwinReference(ID, 1), caseFile, "too late"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("version: ONCO-2026-001 version 1 is not the newest: ben recorded version 2 at"
                        + " 2026-11-23T10:00:00Z; look at what changed and revise that one");
        assertThatThrownBy(() -> revise(3)).hasMessage("version: ONCO-2026-001 has no version 3; it has 1 to 2");
        assertThat(site.twins.history(ID)).hasSize(2);
    }

    @Test
    void ofTwoRevisionsAtOnceOneCounts() throws Exception {
        create();
        edit("0.1 /d", "0.2 /d");
        int people = 4;
        CyclicBarrier together = new CyclicBarrier(people);
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            Callable<Boolean> attempt = () -> {
                together.await();
                try {
                    revise(1);
                    return true;
                } catch (InvalidInputException stale) {
                    assertThat(stale).hasMessageContaining("is not the newest");
                    return false;
                }
            };
            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(people, attempt))) {
                won.add(result.get());
            }
            assertThat(won).containsOnlyOnce(true);
        } finally {
            threads.shutdown();
        }
        assertThat(site.twins.history(ID)).hasSize(2);
    }

    @Test
    void anUnchangedCaseIsRefusedHoweverItIsWritten() throws Exception {
        create();
        edit(
                "\"case\": \"case of Mrs Lovelace\", \"seed\": 1,",
                "\"seed\" : 1,\n\n\"case\": \"case of Mrs Lovelace\",");
        edit("\"start_day\": 3", "\"start_day\": 3.0");
        assertThatThrownBy(() -> revise(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing changed");
        assertThat(site.events()).hasSize(1);
    }

    // ---- What is refused ----

    @Test
    void aBadCaseGivesTheErrorsOfTheReaderAndLeavesNothing() throws Exception {
        edit("0.1 /d", "0.1 kg");
        edit("\"horizon\": \"6 d\"", "\"horizon\": \"-6 d\"");
        List<String> said = problems(() -> site.cases.read(caseFile));
        assertThat(said).hasSize(2);
        assertThat(problems(this::create)).isEqualTo(said);
        assertThat(site.twins.all()).isEmpty();
        assertThat(site.events()).isEmpty();

        caseFile = write("case.json", CASE);
        create();
        caseFile = write("case.json", "{ \"case\": ");
        assertThatThrownBy(() -> revise(1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the file ends before the JSON object is complete");
        assertThat(site.twins.history(ID)).hasSize(1);
    }

    private static List<String> problems(Callable<?> reading) throws Exception {
        try {
            reading.call();
        } catch (InvalidCaseException wrong) {
            return wrong.problems().stream().map(Throwable::getMessage).toList();
        }
        throw new AssertionError("the case was read");
    }

    @Test
    void aCaseIsReadForThePluginsOfCombinationsAlone() throws Exception {
        edit("\"spreading\"", "\"unused\"");
        assertThatThrownBy(this::create)
                .isInstanceOf(InvalidCaseException.class)
                .hasMessageContaining("growth.model");
        site.combinations.clear();
        assertThatThrownBy(this::create).hasMessageContaining("combination: the site has none yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", ".x", "a b", "a/b", "Müller", "x\n", "a'b"})
    void idsThatAreNotAllowedAreRefused(String id) {
        assertThatThrownBy(() -> site.twins.create(ADA, id, caseFile, "why"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("allowed are 1 to 64 letters, digits");
        assertThatThrownBy(() -> site.twins.get(id)).hasMessageContaining("there is no twin");
    }

    @Test
    void anIdIsGivenOnce() throws Exception {
        String longest = "x".repeat(64);
        site.twins.create(ADA, longest, caseFile, "why");
        assertThatThrownBy(() -> site.twins.create(ADA, longest + "x", caseFile, "why"))
                .hasMessageContaining("allowed are 1 to 64");
        create();
        assertThatThrownBy(this::create).hasMessage("twin: there is a twin ONCO-2026-001 already; revise it");
        assertThatThrownBy(() -> site.twins.create(ADA, "onco-2026-001", caseFile, "why"))
                .hasMessageContaining("ids differ in more than upper and lower case");
        assertThat(site.twins.all()).containsExactly(ID, longest);
    }

    @Test
    void whoMayNotStartStudiesMakesNoTwins() throws Exception {
        Session inspector = SiteForTests.session("eve", Role.INSPECTOR, Role.ADMINISTRATOR);
        assertThatThrownBy(() -> site.twins.create(inspector, ID, caseFile, "why"))
                .isInstanceOf(AccessDeniedException.class);
        TwinVersion first = create();
        assertThatThrownBy(() -> site.twins.revise(inspector, first.reference(), caseFile, "why"))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> site.twins.create(ADA, "other", caseFile, " "))
                .hasMessageContaining("reason: is missing");
    }

    // ---- Files ----

    @Test
    void whatBecomesOfTheFilesDoesNotMatter() throws Exception {
        create();
        Map<String, String> hashes = hashes(caseFile);
        Files.delete(folder.resolve("case/images/mask.nii"));
        write("images/u0.nii", "0.7 0.7");
        write("case.json", "gone");

        Path out = folder.resolve("out/deep");
        site.twins.export(new TwinReference(ID, 1), out);

        assertThat(Files.readString(out.resolve("case.json"))).isEqualTo(CASE);
        assertThat(hashes(out.resolve("case.json"))).isEqualTo(hashes);
        assertThatThrownBy(() -> site.twins.export(new TwinReference(ID, 1), out))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("name a new or empty folder");
        assertThatThrownBy(() -> site.twins.export(new TwinReference(ID, 2), folder.resolve("other")))
                .hasMessageContaining("has no version 2");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    private Map<String, String> hashes(Path file) {
        return site.cases.read(file).inputs().stream().collect(Collectors.toMap(InputFile::name, InputFile::sha256));
    }

    @Test
    void filesGivenByTheirAbsolutePathsAreExportedBesideTheCase() throws Exception {
        edit("images/mask.nii", folder.resolve("case/images/mask.nii").toString());
        create();
        Path out = folder.resolve("out");
        site.twins.export(new TwinReference(ID, 1), out);
        assertThat(Files.readString(out.resolve("case.json")))
                .contains("\"mask.nii\"")
                .doesNotContain(folder.toString());
        assertThat(hashes(out.resolve("case.json"))).containsKeys("mask.nii", "images/u0.nii");
    }

    @Test
    void filesThatCouldNotBeExportedAreRefused() throws Exception {
        Files.writeString(folder.resolve("outside.nii"), "1 1");
        edit("images/mask.nii", "images/../../outside.nii");
        assertThatThrownBy(this::create)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("images/../../outside.nii: files of a twin lie in the folder of its case file");
        write("half.img", "1 1");
        edit("images/../../outside.nii", "half.img");
        assertThatThrownBy(this::create).hasMessageContaining("half.img: an image in two files cannot be kept");
        assertThat(site.twins.all()).isEmpty();
    }

    @Test
    void anyWritingIsKept() throws Exception {
        write("images/Größe 脳.nii", "1 1");
        edit("images/mask.nii", "images/Größe 脳.nii");
        String reason = "„Überprüft“ – 確認 🧠";
        site.twins.create(ADA, ID, caseFile, reason);
        // A key and a text that JSON can say and databases cannot.
        edit("\"age\": 62", "\"markers\": { \"脳.\\u0000\": \"\\ud83e \\u0000 ü\\n🧠\" }");
        TwinVersion second = revise(1);
        assertThat(site.twins.history(ID).get(0).reason()).isEqualTo(reason);
        assertThat(second.changes())
                .containsExactly(
                        change("patient.age", "62", null),
                        change("patient.markers", null, "{\"脳.\\u0000\":\"\\ud83e \\u0000 ü\\n🧠\"}"));
        edit("\\ud83e \\u0000 ü", "\\udd6e");
        assertThat(revise(2).changes())
                .containsExactly(
                        change("patient.markers[\"脳.\\u0000\"]", "\"\\ud83e \\u0000 ü\\n🧠\"", "\"\\udd6e\\n🧠\""));
        assertThat(site.twins.history(ID)).hasSize(3);
        Path out = folder.resolve("out");
        site.twins.export(new TwinReference(ID, 1), out);
        assertThat(hashes(out.resolve("case.json"))).containsKey("images/Größe 脳.nii");
        assertThatThrownBy(() -> site.twins.create(ADA, "other", caseFile, "half \ud83e"))
                .isInstanceOf(AuditException.class);
        assertThat(site.twins.all()).containsExactly(ID);
    }

    @Test
    void longValuesAreKeptWhole() throws Exception {
        String longest = "ü".repeat(99_000);
        create();
        edit("\"seed\": 1", "\"seed\": 1, \"$schema\": \"" + longest + "\"");
        assertThat(revise(1).changes()).containsExactly(change("$schema", null, "\"" + longest + "\""));
        assertThat(site.twins.history(ID).get(1).changes())
                .containsExactly(change("$schema", null, "\"" + longest + "\""));
    }

    // ---- Past the site ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update patient_version set reason = 'other' where version = 1 and twin = 'ONCO-2026-001'",
                "update patient_version set actor = 'eve' where version = 2 and twin = 'ONCO-2026-001'",
                "update patient_version set recorded = recorded + 1 where version = 1 and twin = 'ONCO-2026-001'",
                "update patient_version set recorded = recorded + 1 where version = 2 and twin = 'ONCO-2026-001'",
                "update patient_version set document = 'a' || substring(document, 2, 62) || 'g' where version = 1 and twin = 'ONCO-2026-001'",
                "update patient_version set inputs = '{}' where version = 2 and twin = 'ONCO-2026-001'",
                "update patient_version set inputs = 'nonsense' where version = 2 and twin = 'ONCO-2026-001'",
                "update patient_version set inputs = '{\"a\": null}' where version = 2 and twin = 'ONCO-2026-001'",
                "update patient_change set new_value = '\"0.9 /d\"' where twin = 'ONCO-2026-001'",
                "update patient_change set old_value = null where twin = 'ONCO-2026-001'",
                "delete from patient_change where twin = 'ONCO-2026-001'",
                "insert into patient_change values ('ONCO-2026-001', 1, 1, 'CASE', 'seed', '1', '2')",
                "insert into patient_version select twin, 3, recorded, actor, reason, document, inputs from patient_version where twin = 'ONCO-2026-001' and version = 2",
                "insert into patient_version select 'ONCO-2026-009', version, recorded, actor, reason, document, inputs from patient_version where twin = 'ONCO-2026-001' and version = 1",
            })
    void aRowThatWasAlteredPastTheSiteDoesNotCount(String statement) throws Exception {
        site.twins.create(ADA, "other", caseFile, "another patient");
        create();
        edit("0.1 /d", "0.2 /d");
        revise(1);
        site.sql(statement);
        String altered = statement.contains("ONCO-2026-009") ? "ONCO-2026-009" : ID;
        requireAltered(altered);
        assertThat(site.twins.get("other").reference()).isEqualTo(new TwinReference("other", 1));
        assertThat(site.twins.all()).contains(altered, "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"and version = 2", ""})
    void aRowThatWasDeletedPastTheSiteIsMissed(String which) throws Exception {
        create();
        edit("0.1 /d", "0.2 /d");
        revise(1);
        site.sql("delete from patient_change where twin = '" + ID + "'");
        site.sql("delete from patient_version where twin = '" + ID + "' " + which);
        requireAltered(ID);
        assertThat(site.twins.all()).containsExactly(ID);
        assertThatThrownBy(this::create).hasMessageContaining("there is a twin ONCO-2026-001 already");
    }

    private void requireAltered(String id) {
        List<Callable<?>> ways = List.of(
                () -> site.twins.get(id),
                () -> site.twins.get(new TwinReference(id, 1)),
                () -> site.twins.history(id),
                () -> site.twins.asOf(id, Instant.MAX),
                () -> site.twins.revise(ADA, new TwinReference(id, 2), caseFile, "why"));
        assertThat(ways).allSatisfy(way -> assertThatThrownBy(way::call)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("twin " + id)
                .hasMessageContaining("restore the database"));
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> site.twins.export(new TwinReference(id, 1), out))
                .isInstanceOf(StoreException.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatWasAlteredPastTheSiteIsNotExported() throws Exception {
        TwinVersion first = create();
        Path content = site.site.contents().file(first.inputs().get("images/u0.nii"));
        content.toFile().setWritable(true);
        Files.writeString(content, "0.9 0");
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> site.twins.export(first.reference(), out)).isInstanceOf(StoreException.class);
        assertThat(out).doesNotExist();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("case", "site");
        }
    }

    // ---- Crashes ----

    @Test
    void aCrashBetweenContentsAndRowLeavesNothingHalf() throws Exception {
        site.crashing = true;
        assertThatThrownBy(this::create).isInstanceOf(SiteForTests.Crash.class);
        site.close();
        site = new SiteForTests(folder.resolve("site"), url, clock);
        assertThat(site.twins.all()).isEmpty();
        assertThat(site.events()).isEmpty();
        TwinVersion first = create();
        edit("0.1 /d", "0.2 /d");
        site.crashing = true;
        assertThatThrownBy(() -> revise(1)).isInstanceOf(SiteForTests.Crash.class);
        assertThat(site.twins.history(ID)).as("without opening it again").containsExactly(first);
        site.crashing = false;
        assertThat(revise(1).reference().version()).isEqualTo(2);
        assertThat(site.audit.verify().intact()).isTrue();
    }
}
