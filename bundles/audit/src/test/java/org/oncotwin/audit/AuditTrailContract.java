package org.oncotwin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.audit.AuditException;
import org.oncotwin.api.store.StoreException;
import org.oncotwin.store.OpenSite;

/** What the audit trail does on every database. */
abstract class AuditTrailContract {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00.123456789Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(START);
    private String url;
    private OpenSite site;
    private ChainedAuditTrail trail;

    abstract String newDatabase();

    /** Takes away what the database does against changes, as somebody who owns it can. */
    abstract String takeProtectionAway();

    @BeforeEach
    void open() {
        url = newDatabase();
        reopen();
    }

    private void reopen() {
        close();
        site = OpenSite.in(folder.resolve("site"), url);
        trail = new ChainedAuditTrail(site.database(), site.folder(), clock);
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    private static AuditEvent event(String subject) {
        return new AuditEvent(
                "mueller",
                "change.promote",
                subject,
                "{\"version\":\"1.0\"}",
                "{\"version\":\"1.1\"}",
                "better integrator");
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            clock.add(Duration.ofSeconds(1));
            trail.append(event("change " + i));
        }
    }

    private void sql(String... statements) {
        site.database().<Void>transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                return null;
            }
        });
    }

    private void tamper(String... statements) {
        sql(takeProtectionAway());
        sql(statements);
    }

    private List<String> headLines() throws IOException {
        return Files.readAllLines(headFile());
    }

    private Path headFile() {
        return folder.resolve("site").resolve(HeadFile.NAME);
    }

    private void assertIntact(long entries) {
        AuditCheck check = trail.verify();
        assertThat(check.faults()).isEmpty();
        assertThat(check.entries()).isEqualTo(entries);
    }

    @Test
    void bindsEachEntryToTheOneBefore() {
        AuditEntry first = trail.append(event("change 1"));
        clock.add(Duration.ofMinutes(5));
        AuditEntry second = trail.append(event("change 2"));

        assertThat(first.number()).isEqualTo(1);
        assertThat(first.time()).isEqualTo(Instant.parse("2026-03-01T08:00:00.123Z"));
        assertThat(first.previous()).isEqualTo("0".repeat(64));
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.previous()).isEqualTo(first.hash());
        assertThat(trail.entries(1, 10)).containsExactly(first, second);
        assertThat(trail.entries(2, 10)).containsExactly(second);
        assertThat(trail.entries(1, 1)).containsExactly(first);
        assertThat(trail.last()).isEqualTo(OptionalLong.of(2));
        AuditCheck check = trail.verify();
        assertThat(check).isEqualTo(new AuditCheck(2, 2, second.hash(), List.of()));
    }

    @Test
    void isEmptyAndIntactAtTheBeginning() {
        assertThat(trail.last()).isEmpty();
        assertThat(trail.verify()).isEqualTo(new AuditCheck(0, 0, "0".repeat(64), List.of()));
        reopen();
        assertIntact(0);
    }

    @Tag("SR-1301")
    @Test
    void keepsTextsAsTheyAre() {
        AuditEvent odd = new AuditEvent(
                "müller \u00e4 \ud83e\udde0", "a;b'--", "line\nbreak\ttab \\ \"", "", " ", "\u202e right to left");
        trail.append(odd);
        reopen();
        assertThat(trail.entries(1, 1).get(0).event()).isEqualTo(odd);
        assertIntact(1);
    }

    @Test
    void goesOnAfterBeingOpenedAgain() {
        append(3);
        reopen();
        append(2);
        reopen();
        assertIntact(5);
    }

    @Tag("SR-1301")
    @Test
    void standsAndFallsWithItsTransaction() throws IOException {
        append(1);
        assertThatThrownBy(() -> site.database().<Void>transact(connection -> {
                    trail.append(event("undone"));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(headLines()).hasSize(2);
        site.database().<Void>transact(connection -> {
            trail.append(event("first of two"));
            trail.append(event("second of two"));
            return null;
        });
        assertIntact(3);
        // One head for the beginning, one for each transaction that was kept.
        assertThat(headLines()).hasSize(3);
        assertThat(headLines().get(2)).startsWith("2 3 ");
    }

    @Tag("SR-1301")
    @Test
    void whatItRefusesIsNotDoneEvenIfTheCallerDoesNotCare() {
        sql("create table deed (n bigint primary key)");
        assertThatThrownBy(() -> site.database().<Void>transact(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("insert into deed values (1)");
                    }
                    try {
                        trail.append(new AuditEvent("", "deed.do", "deed 1", "", "", ""));
                    } catch (AuditException caught) {
                        return null;
                    }
                    return null;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("actor of an audit event is missing");
        assertThat(site.database().<Boolean>transact(connection -> {
                    try (Statement statement = connection.createStatement();
                            var rows = statement.executeQuery("select * from deed")) {
                        return rows.next();
                    }
                }))
                .isFalse();
    }

    @Test
    void manyThreadsMakeOneChain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<AuditEntry>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String subject = "change " + i;
                tasks.add(() -> trail.append(event(subject)));
            }
            for (Future<AuditEntry> future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }
        assertIntact(40);
    }

    @Test
    void refusesWhatCannotBeKeptAsItIs() {
        assertThatThrownBy(() -> trail.append(new AuditEvent("a", "b", "c", "", null, "")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("after");
        assertThatThrownBy(() -> trail.append(new AuditEvent("a", "b", "c", "x\0y", "", "")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("U+0000");
        assertThatThrownBy(() -> trail.append(new AuditEvent("a", "b", "c", "", "", "\ud83e")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("half a character");
        assertThatThrownBy(() -> trail.append(new AuditEvent("a", "b", "c", "x".repeat(1_000_001), "", "")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("1000001");
        trail.append(new AuditEvent("a", "b", "c", "x".repeat(1_000_000), "", ""));
        assertIntact(1);
    }

    @Tag("SR-1303")
    @Test
    void toleratesACorrectionOfTheClockButNotThatItIsSetBack() {
        AuditEntry first = trail.append(event("change 1"));
        clock.add(Duration.ofSeconds(-2));
        AuditEntry second = trail.append(event("change 2"));
        assertThat(second.time()).isEqualTo(first.time());
        clock.add(Duration.ofMillis(-1));
        assertThatThrownBy(() -> trail.append(event("change 3")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("2026-03-01T07:59:58.122Z")
                .hasMessageContaining("2026-03-01T08:00:00.123Z");
        reopen();
        assertThatThrownBy(() -> trail.append(event("change 3"))).isInstanceOf(AuditException.class);
        clock.add(Duration.ofSeconds(3));
        trail.append(event("change 3"));
        assertIntact(3);
    }

    @Tag("SR-1302")
    @ParameterizedTest
    @CsvSource({
        "actor, 'schmidt'",
        "action, 'change.refuse'",
        "subject, 'change 99'",
        "value_before, ''",
        "value_after, '{\"version\":\"9.9\"}'",
        "reason, 'because'",
        "previous_hash, '0000000000000000000000000000000000000000000000000000000000000000'",
        "entry_hash, '1111111111111111111111111111111111111111111111111111111111111111'"
    })
    void findsAValueThatWasChanged(String column, String value) {
        append(5);
        tamper("update audit_entry set " + column + " = '" + value + "' where entry_number = 3");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 3 was changed"));
    }

    @Test
    void findsATimeThatWasChanged() {
        append(5);
        tamper("update audit_entry set entry_time = entry_time + 1 where entry_number = 5");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 5 was changed"));
    }

    /** As if a value moved from one field into the next: the bytes that are hashed say where each ends. */
    @Test
    void findsTextThatMovedBetweenFields() {
        append(1);
        tamper("update audit_entry set actor = 'muelle', action = 'rchange.promote'");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 1 was changed"));
    }

    @Tag("SR-1302")
    @Test
    void findsAnEntryThatWasChangedTogetherWithItsHash() {
        append(5);
        AuditEntry third = trail.entries(3, 1).get(0);
        AuditEvent forged =
                new AuditEvent("schmidt", third.event().action(), third.event().subject(), "", "", "");
        String hash = EntryHash.of(3, third.time(), forged, third.previous());
        tamper(
                "update audit_entry set actor = 'schmidt', value_before = '', value_after = '', reason = '', entry_hash = '"
                        + hash + "' where entry_number = 3");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 3 is not the one that " + HeadFile.NAME))
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 4 is not bound to entry 3"));
    }

    /** The whole trail made anew from an entry on, with right hashes: only the heads outside tell. */
    @Test
    void findsATrailThatWasMadeAnew() {
        append(5);
        List<AuditEntry> entries = trail.entries(3, 10);
        List<String> statements = new ArrayList<>();
        String previous = entries.get(0).previous();
        for (AuditEntry entry : entries) {
            AuditEvent forged = new AuditEvent(
                    "schmidt", entry.event().action(), entry.event().subject(), "", "", "");
            String hash = EntryHash.of(entry.number(), entry.time(), forged, previous);
            statements.add(
                    "update audit_entry set actor = 'schmidt', value_before = '', value_after = '', reason = '', previous_hash = '"
                            + previous + "', entry_hash = '" + hash + "' where entry_number = " + entry.number());
            previous = hash;
        }
        tamper(statements.toArray(String[]::new));
        assertThat(trail.verify().faults()).hasSize(3).allSatisfy(fault -> assertThat(fault)
                .contains("is not the one that " + HeadFile.NAME));
        assertThatThrownBy(() -> trail.append(event("change")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("do not agree");
        reopen();
        assertThatThrownBy(() -> trail.append(event("change"))).isInstanceOf(AuditException.class);
    }

    @Tag("SR-1302")
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void findsAnEntryThatWasRemoved(int number) {
        append(5);
        tamper("delete from audit_entry where entry_number = " + number);
        assertThat(trail.verify().faults()).contains("entry " + number + " is missing");
    }

    @Test
    void findsAnEntryThatWasRemovedAndTheOthersNumberedAnew() {
        append(5);
        tamper(
                "delete from audit_entry where entry_number = 3",
                "update audit_entry set entry_number = 3 where entry_number = 4",
                "update audit_entry set entry_number = 4 where entry_number = 5");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 3 was changed"))
                .anySatisfy(fault -> assertThat(fault).contains("its tail was cut off"));
    }

    @Tag("SR-1302")
    @Test
    void findsEntriesThatChangedPlaces() {
        append(5);
        tamper(
                "update audit_entry set entry_number = 100 where entry_number = 2",
                "update audit_entry set entry_number = 2 where entry_number = 3",
                "update audit_entry set entry_number = 3 where entry_number = 100");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 2 was changed"))
                .anySatisfy(fault -> assertThat(fault).startsWith("entry 3 was changed"));
    }

    @Tag("SR-1302")
    @ParameterizedTest
    @ValueSource(longs = {-7, 0, 6, 9_000_000_000L})
    void findsAnEntryThatWasPutIn(long number) {
        append(5);
        tamper(
                "insert into audit_entry select " + number
                        + ", entry_time, actor, action, subject, value_before, value_after, reason, previous_hash, entry_hash from audit_entry where entry_number = 5");
        assertThat(trail.verify().faults()).isNotEmpty().anySatisfy(fault -> assertThat(fault)
                .contains("entry " + number));
    }

    @Tag("SR-1302")
    @Test
    void findsAnEntryThatIsThereTwice() {
        append(3);
        tamper(
                "create table copy as select * from audit_entry",
                "drop table audit_entry",
                "create table audit_entry as select * from copy",
                "insert into audit_entry select * from copy where entry_number = 2");
        assertThat(trail.verify().faults())
                .anySatisfy(fault -> assertThat(fault).contains("one too many"));
    }

    @Test
    void findsAValueThatIsMissing() {
        append(3);
        tamper(
                "alter table audit_entry alter column reason drop not null",
                "update audit_entry set reason = null where entry_number = 2");
        assertThat(trail.verify().faults()).contains("entry 2 lacks a value");
    }

    @Tag("SR-1302")
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5})
    void findsATailThatWasCutOffAndAddsNothingMore(int from) {
        append(5);
        tamper("delete from audit_entry where entry_number >= " + from);
        String expected = "the trail ends with entry " + (from - 1)
                + ", but audit-heads.log has the head of entry 5: its tail was cut off";
        assertThat(trail.verify().faults()).contains(expected);
        assertThatThrownBy(() -> trail.append(event("over it")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("head of entry 5");
        reopen();
        assertThat(trail.verify().faults()).contains(expected);
        assertThatThrownBy(() -> trail.append(event("over it")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("tail was cut off");
        assertThat(trail.entries(1, 10)).hasSize(from - 1);
    }

    /** Entries and heads both cut at the same place look like an earlier day; a head that was kept elsewhere tells. */
    @Tag("SR-1302")
    @Test
    void aTailCutOffEverywhereIsFoundByAHeadKeptElsewhere() throws IOException {
        append(5);
        Head printed = Head.of(trail.entries(5, 1).get(0));
        tamper("delete from audit_entry where entry_number >= 4");
        Files.write(headFile(), headLines().subList(0, 4));
        reopen();
        assertThat(trail.verify().faults()).isEmpty();
        assertThat(trail.verify(List.of(printed)).faults())
                .containsExactly(
                        "the trail ends with entry 3, but a head kept elsewhere is of entry 5: its tail was cut off");
        clock.add(Duration.ofSeconds(1));
        append(2);
        assertThat(trail.verify(List.of(printed)).faults())
                .singleElement()
                .asString()
                .startsWith("entry 5 is not the one that a head kept elsewhere has the head of");
    }

    @Test
    void agreesWithAHeadKeptElsewhere() {
        append(5);
        AuditCheck check = trail.verify(List.of(
                Head.of(trail.entries(2, 1).get(0)), Head.of(trail.entries(5, 1).get(0))));
        assertThat(check.faults()).isEmpty();
        assertThat(check.anchors()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsALineOfHeadsThatWasRemovedOrMoved(boolean verifiedBefore) throws IOException {
        append(5);
        if (verifiedBefore) {
            assertIntact(5);
        }
        List<String> lines = headLines();
        List<String> removed = new ArrayList<>(lines);
        removed.remove(2);
        Files.write(headFile(), removed);
        assertThat(trail.verify().faults()).contains("audit-heads.log, line 2: it is not bound to the line before");
        List<String> moved = new ArrayList<>(lines);
        moved.set(2, lines.get(3));
        moved.set(3, lines.get(2));
        Files.write(headFile(), moved);
        assertThat(trail.verify().faults()).contains("audit-heads.log, line 2: it says that it is line 3");
        Files.write(headFile(), lines);
        assertIntact(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsALineOfHeadsThatWasChanged(boolean verifiedBefore) throws IOException {
        append(5);
        if (verifiedBefore) {
            assertIntact(5);
            append(1);
        }
        List<String> lines = headLines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            for (int at = 0; at < line.length(); at += 7) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(i, line.substring(0, at) + (line.charAt(at) == '1' ? '2' : '1') + line.substring(at + 1));
                Files.write(headFile(), changed);
                assertThat(trail.verify().faults())
                        .as("line %d, character %d", i, at)
                        .isNotEmpty();
            }
        }
    }

    /** With right hashes and numbers, but without the key of the site. */
    @Tag("SR-1302")
    @Test
    void findsHeadsThatWereForged() throws IOException {
        append(2);
        SiteKey other = SiteKey.make(Files.createDirectory(folder.resolve("other")));
        HeadLine first = HeadLine.parse(headLines().get(0));
        HeadLine forged = HeadLine.signed(1, Head.of(trail.entries(2, 1).get(0)), first.hash(), other);
        Files.write(headFile(), List.of(first.text(), forged.text()));
        assertThat(trail.verify().faults()).containsExactly("audit-heads.log, line 1: it is not signed by this site");
        reopen();
        assertThatThrownBy(() -> trail.append(event("change")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("not signed by this site");
    }

    @Test
    void findsThatTheHeadsOrTheKeyAreGone() throws IOException {
        append(2);
        byte[] heads = Files.readAllBytes(headFile());
        Files.delete(headFile());
        assertThat(trail.verify().faults()).contains("audit-heads.log is missing or empty");
        reopen();
        assertThat(trail.verify().faults()).contains("audit-heads.log is missing or empty");
        assertThatThrownBy(() -> trail.append(event("change")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("audit-heads.log is missing");
        Files.write(headFile(), heads);
        for (String part : List.of("audit-key", "audit-key.pub")) {
            Path file = folder.resolve("site").resolve(part);
            byte[] key = Files.readAllBytes(file);
            Files.delete(file);
            reopen();
            assertThat(trail.verify().faults()).isNotEmpty();
            assertThatThrownBy(() -> trail.append(event("change")))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("key");
            Files.write(file, key);
        }
        reopen();
        append(1);
        assertIntact(3);
    }

    /** A crash after the commit and before the head, and one in the middle of writing the head. */
    @Test
    void entriesWithoutAHeadGetOneWhenTheSiteIsOpenedAgain() throws IOException {
        append(5);
        List<String> lines = headLines();
        Files.writeString(
                headFile(),
                String.join("\n", lines.subList(0, 4)) + "\n" + lines.get(4).substring(0, 50));
        assertThat(trail.verify().faults()).isEmpty();
        reopen();
        assertIntact(5);
        assertThat(headLines()).hasSize(5).last().asString().startsWith("4 5 ");
        append(1);
        assertIntact(6);
    }

    @Test
    void entriesWithoutAHeadThatAreNotRightStopTheTrail() throws IOException {
        append(5);
        Files.write(headFile(), headLines().subList(0, 4));
        tamper("update audit_entry set actor = 'schmidt' where entry_number = 4");
        reopen();
        assertThatThrownBy(() -> trail.append(event("change")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("entry 4 was changed");
        assertThat(headLines()).hasSize(4);
    }

    @Test
    void anInterruptDoesNotKeepTheHeadFromBeingWritten() throws IOException {
        site.database().<Void>transact(connection -> {
            trail.append(event("change 1"));
            Thread.currentThread().interrupt();
            return null;
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(headLines()).hasSize(2);
        assertIntact(1);
    }
}
