package ${package};

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.twin.AgentsComponent;
import org.oncotwin.api.twin.FieldComponent;
import org.oncotwin.api.twin.ScalarComponent;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** A table that grows by a few rows with each state. For one thread. */
final class TableExport implements Export {

    private final String file;
    private final ExportTarget target;
    private final StringBuilder rows = new StringBuilder("day [d],owner,quantity,unit,statistic,value\n");

    TableExport(String file, ExportTarget target) {
        this.file = file;
        this.target = target;
    }

    @Override
    public void add(State state) {
        for (StateComponent component : state.components().values()) {
            if (component instanceof ScalarComponent scalar) {
                row(state, component, "value", scalar.value());
            } else if (component instanceof FieldComponent field) {
                addField(state, field);
            } else if (component instanceof AgentsComponent agents) {
                row(state, component, "count", agents.count());
            }
        }
    }

    private void addField(State state, FieldComponent component) {
        double[] values = component.field().toArray();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        row(state, component, "minimum", least);
        row(state, component, "mean", component.field().sum() / values.length);
        row(state, component, "maximum", most);
    }

    private void row(State state, StateComponent component, String statistic, double value) {
        rows.append(state.time().days())
                .append(',')
                .append(text(component.owner()))
                .append(',')
                .append(text(component.quantity().name()))
                .append(',')
                .append(text(component.quantity().unit()))
                .append(',')
                .append(statistic)
                .append(',')
                .append(value)
                .append('\n');
    }

    /** Quoted where the rules ask for it. */
    private static String text(String plain) {
        return plain.matches("[^,\"\r\n]*") ? plain : '"' + plain.replace("\"", "\"\"") + '"';
    }

    @Override
    public void finish() throws IOException {
        try (OutputStream out = target.create(file)) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
