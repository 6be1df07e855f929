package ${package};

import java.util.List;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.export.ExporterPlugin;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Writes a run as one table of comma-separated values (RFC 4180), a number a row, which every program reads. */
@Component(service = Exporter.class)
@ExporterPlugin("${pluginId}")
public final class TableExporter implements Exporter {

    private static final PluginDescription DESCRIPTION = new PluginDescription(
            "${pluginId}",
            "${pluginTitle}",
            "Reading a run in a spreadsheet or a statistics program.",
            List.of("Of a field only minimum, mean and maximum are written, of agents only the number."),
            List.of(),
            List.of("Shafranovich Y 2005. Common format and MIME type for comma-separated values files. RFC 4180"));

    /** Keeps nothing. */
    public TableExporter() {}

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Export begin(String name, Setting setting, ExportTarget target) {
        return new TableExport(fileName(name), target);
    }

    /** Letters, digits, hyphens, underscores and dots that do not lead; the rest become hyphens, on every file system. */
    private static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[.]+", "-");
        return (plain.isEmpty() ? "run" : plain) + ".csv";
    }
}
