package org.oncotwin.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditTrail;

/**
 * Copies of the whole audit trail for an inspector (21 CFR 11.10(b)), to be read by people or by machines. Each says what the verification found just before, and holds exactly the
 * entries that it went through. A trail with faults is copied too.
 */
final class InspectorCopy {

    private static final int PAGE = 1000;

    private final AuditTrail trail;

    InspectorCopy(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Writes JSON lines: one object that describes the copy, then one per entry. From the fields of an entry its hash can be computed again, as the package describes.
     *
     * @param made when the copy is made
     */
    AuditCheck writeJsonLines(Writer writer, Instant made) throws IOException {
        long last = trail.last().orElse(0);
        AuditCheck check = trail.verify();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(writer)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"))) {
            json.writeStartObject();
            json.writeStringField("format", "org.oncotwin.audit.copy/1");
            json.writeStringField("made", made.toString());
            json.writeNumberField("entries", check.entries());
            json.writeNumberField("heads", check.anchors());
            json.writeStringField("head", check.head());
            json.writeBooleanField("intact", check.intact());
            json.writeArrayFieldStart("faults");
            for (String fault : check.faults()) {
                json.writeString(fault);
            }
            json.writeEndArray();
            json.writeEndObject();
            for (AuditEntry entry : upTo(last)) {
                write(json, entry);
            }
            json.writeRaw('\n');
        }
        return check;
    }

    private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", entry.number());
        json.writeStringField("time", entry.time().toString());
        json.writeNumberField("milliseconds", entry.time().toEpochMilli());
        json.writeStringField("actor", entry.event().actor());
        json.writeStringField("action", entry.event().action());
        json.writeStringField("subject", entry.event().subject());
        json.writeStringField("before", entry.event().before());
        json.writeStringField("after", entry.event().after());
        json.writeStringField("reason", entry.event().reason());
        json.writeStringField("previous", entry.previous());
        json.writeStringField("hash", entry.hash());
        json.writeEndObject();
    }

    /**
     * Writes one HTML page that needs nothing else. Characters that do not show, or change the direction of what follows, are shown by their number, so that no text can hide
     * or look like another.
     *
     * @param made when the copy is made
     */
    AuditCheck writeHtml(Writer writer, Instant made) throws IOException {
        long last = trail.last().orElse(0);
        AuditCheck check = trail.verify();
        Map<String, Object> page = Map.of(
                "made", made.toString(),
                "entries", check.entries(),
                "heads", check.anchors(),
                "head", check.head(),
                "intact", check.intact(),
                "faults", check.faults().stream().map(InspectorCopy::visible).toList(),
                "rows", rows(last));
        template().execute(page, writer);
        writer.flush();
        return check;
    }

    private Iterable<Map<String, Object>> rows(long last) {
        return () -> {
            Iterator<AuditEntry> entries = upTo(last).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Map<String, Object> next() {
                    return row(entries.next());
                }
            };
        };
    }

    private static Map<String, Object> row(AuditEntry entry) {
        return Map.of(
                "number", entry.number(),
                "time", entry.time().toString(),
                "actor", visible(entry.event().actor()),
                "action", visible(entry.event().action()),
                "subject", visible(entry.event().subject()),
                "before", visible(entry.event().before()),
                "after", visible(entry.event().after()),
                "reason", visible(entry.event().reason()),
                "hash", visible(entry.hash()));
    }

    private static String visible(String text) {
        if (text == null) {
            return "[missing]";
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean hidden = type == Character.FORMAT
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.CONTROL && character != '\n' && character != '\t';
            if (hidden) {
                shown.append(String.format(Locale.ROOT, "[U+%04X]", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static Template template() throws IOException {
        try (InputStream stream = InspectorCopy.class.getResourceAsStream("inspector-copy.html")) {
            return Mustache.compiler().compile(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
    }

    /** Entries by and by: a trail can be longer than fits into memory. */
    private Iterable<AuditEntry> upTo(long last) {
        return () -> new Pages(trail, last);
    }

    private static final class Pages implements Iterator<AuditEntry> {

        private final AuditTrail trail;
        private final long last;
        private Iterator<AuditEntry> page = List.<AuditEntry>of().iterator();
        private long next = Long.MIN_VALUE;
        private boolean more = true;

        Pages(AuditTrail trail, long last) {
            this.trail = trail;
            this.last = last;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && more) {
                List<AuditEntry> entries = trail.entries(next, PAGE);
                page = entries.stream().filter(entry -> entry.number() <= last).iterator();
                more = entries.size() == PAGE && entries.get(PAGE - 1).number() < last;
                next = entries.isEmpty()
                        ? next
                        : entries.get(entries.size() - 1).number() + 1;
            }
            return page.hasNext();
        }

        @Override
        public AuditEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
