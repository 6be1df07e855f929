package org.oncotwin.report.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.oncotwin.report.html.CurvesSection.Chart;
import org.oncotwin.report.html.CurvesSection.Line;
import org.oncotwin.report.html.CurvesSection.Mark;

/** What the page's script draws, as JSON that can stand inside a script element. */
final class ChartData {

    private ChartData() {}

    static String json(List<Chart> charts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(text)) {
            json.setCharacterEscapes(new MarkupEscapes());
            json.writeStartArray();
            for (Chart chart : charts) {
                json.writeStartObject();
                json.writeStringField("id", chart.id());
                json.writeStringField("title", chart.title());
                json.writeStringField("unit", chart.unit());
                json.writeArrayFieldStart("days");
                numbers(json, chart.days());
                json.writeEndArray();
                json.writeArrayFieldStart("lines");
                for (Line line : chart.lines()) {
                    json.writeStartObject();
                    arm(json, line.arm(), line.style());
                    json.writeArrayFieldStart("values");
                    numbers(json, line.values());
                    json.writeEndArray();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeArrayFieldStart("marks");
                for (Mark mark : chart.marks()) {
                    json.writeStartObject();
                    arm(json, mark.arm(), mark.style());
                    json.writeArrayFieldStart("days");
                    numbers(json, mark.days());
                    json.writeEndArray();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void arm(JsonGenerator json, String name, ArmStyle style) throws IOException {
        json.writeStringField("arm", name);
        json.writeNumberField("colour", style.colour());
        json.writeStringField("dash", style.dash());
    }

    /** JSON has no infinity or NaN: such a value is left out as if there were no output. */
    private static void numbers(JsonGenerator json, List<Double> values) throws IOException {
        for (Double value : values) {
            if (value == null || !Double.isFinite(value)) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
    }

    /** Escapes what could end the script element or start a comment in it. */
    private static final class MarkupEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
            codes['<'] = CharacterEscapes.ESCAPE_STANDARD;
            codes['>'] = CharacterEscapes.ESCAPE_STANDARD;
            codes['&'] = CharacterEscapes.ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
        }
    }
}
