package org.oncotwin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.store.OpenSite;

@Tag("SR-1304")
class InspectorCopyTest {

    private static final Instant MADE = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private OpenSite site;
    private ChainedAuditTrail trail;

    @BeforeEach
    void open() {
        site = OpenSite.in(folder.resolve("site"), "");
        trail = new ChainedAuditTrail(site.database(), site.folder());
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void tamper(String sql) {
        site.database().<Void>transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return null;
            }
        });
    }

    @Test
    void jsonLinesHoldAllThatTheHashIsTakenOf() throws IOException {
        // More than a page, with one transaction for all.
        site.database().<Void>transact(connection -> {
            for (int i = 1; i <= 2003; i++) {
                trail.append(
                        new AuditEvent("müller", "change.sign", "change " + i, "", "line\nbreak \"quoted\"", "why"));
            }
            return null;
        });
        StringWriter text = new StringWriter();
        AuditCheck check = new InspectorCopy(trail).writeJsonLines(text, MADE);
        List<String> lines = text.toString().lines().toList();
        assertThat(check.intact()).isTrue();
        assertThat(lines).hasSize(2004);
        assertThat(JSON.std.mapFrom(lines.get(0)))
                .containsEntry("format", "org.oncotwin.audit.copy/1")
                .containsEntry("made", "2026-05-01T12:00:00Z")
                .containsEntry("entries", 2003)
                .containsEntry("intact", true)
                .containsEntry("head", check.head());
        String previous = EntryHash.NONE;
        for (int i = 1; i <= 2003; i++) {
            Map<String, Object> entry = JSON.std.mapFrom(lines.get(i));
            AuditEvent event = new AuditEvent(
                    (String) entry.get("actor"),
                    (String) entry.get("action"),
                    (String) entry.get("subject"),
                    (String) entry.get("before"),
                    (String) entry.get("after"),
                    (String) entry.get("reason"));
            assertThat(entry).containsEntry("number", i).containsEntry("previous", previous);
            previous = EntryHash.of(i, Instant.parse((String) entry.get("time")), event, previous);
            assertThat(entry).containsEntry("hash", previous);
        }
        assertThat(previous).isEqualTo(check.head());
    }

    @Test
    void htmlShowsTextsAndHidesNothing() throws IOException {
        trail.append(new AuditEvent(
                "<b>Mueller</b>",
                "change.sign",
                "change 1",
                "admin\u202etxt",
                "bell\u0007",
                "zero\u200bwidth\nnext line"));
        StringWriter text = new StringWriter();
        assertThat(new InspectorCopy(trail).writeHtml(text, MADE).intact()).isTrue();
        assertThat(text.toString())
                .contains("Verified: no entry was changed")
                .contains("&lt;b&gt;Mueller&lt;/b&gt;")
                .contains("admin[U+202E]txt")
                .contains("bell[U+0007]")
                .contains("zero[U+200B]width\nnext line")
                .doesNotContain("<b>", "\u202e", "The verification found");
    }

    @Test
    void copiesSayWhatIsWrong() throws IOException {
        trail.append(new AuditEvent("a", "b", "c", "", "", ""));
        trail.append(new AuditEvent("a", "b", "d", "", "", ""));
        tamper("update audit_entry set subject = '<script>' where entry_number = 1");
        StringWriter html = new StringWriter();
        assertThat(new InspectorCopy(trail).writeHtml(html, MADE).intact()).isFalse();
        assertThat(html.toString())
                .contains("<li>entry 1 was changed")
                .contains("&lt;script&gt;")
                .doesNotContain("<script>", "Verified");
        StringWriter json = new StringWriter();
        new InspectorCopy(trail).writeJsonLines(json, MADE);
        assertThat(json.toString().lines().findFirst().orElseThrow())
                .contains("\"intact\":false")
                .contains("entry 1 was changed");
    }

    @Test
    void anEmptyTrailHasACopyToo() throws IOException {
        StringWriter json = new StringWriter();
        new InspectorCopy(trail).writeJsonLines(json, MADE);
        assertThat(json.toString().lines()).hasSize(1);
    }
}
