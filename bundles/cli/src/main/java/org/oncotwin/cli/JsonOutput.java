package org.oncotwin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import org.oncotwin.api.simulation.Series;
import org.oncotwin.api.simulation.Trajectory;

/** The one JSON object that a command prints when asked for {@code --json}. */
public final class JsonOutput {
    static final String OPTION = "--json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonOutput() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A number; as text if JSON has none such. */
    static JsonNode number(double value) {
        return Double.isFinite(value)
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.textNode(Double.toString(value));
    }

    /** The last value of each quantity with its unit. */
    static ObjectNode lastValues(Trajectory trajectory) {
        ObjectNode last = object();
        for (Series series : trajectory.series()) {
            ObjectNode one = last.putObject(series.quantity().name());
            one.set("value", number(series.values().get(series.values().size() - 1)));
            one.put("unit", series.quantity().unit());
        }
        return last;
    }

    /** Writes a document as UTF-8. The stream stays open. */
    static void write(ObjectNode document, OutputStream out) throws IOException {
        out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
        out.write('\n');
    }

    /** Prints an object on standard output. */
    public static void print(Console console, ObjectNode object) {
        try {
            console.out().println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        console.out().flush();
    }
}
