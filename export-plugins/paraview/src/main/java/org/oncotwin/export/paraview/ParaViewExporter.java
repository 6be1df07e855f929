package org.oncotwin.export.paraview;

import java.io.IOException;
import java.util.List;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.export.ExporterPlugin;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Setting;
import org.osgi.service.component.annotations.Component;

/** Writes the fields of a run for ParaView, one image per output time, and its scalars as a table. */
@Component(service = Exporter.class)
@ExporterPlugin(ParaViewExporter.ID)
public final class ParaViewExporter implements Exporter {

    /** Id of the exporter. */
    public static final String ID = "paraview";

    private static final PluginDescription DESCRIPTION = new PluginDescription(
            ID,
            "ParaView files",
            "Looking at a run in ParaView or reading it with VTK: every field at every output time in patient coordinates, and all scalars over time.",
            List.of(
                    "Of agents only the number is written, as a column of the table of scalars.",
                    "The bytes of an image depend on the zlib of the Java runtime; the values do not."),
            List.of(),
            List.of(
                    "VTK file formats, XML image data and ParaView collection (The VTK User's Guide, 11th edition, Kitware 2010)"));

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Export begin(String name, Setting setting, ExportTarget target) throws IOException {
        String base = fileName(name);
        if (setting.anatomy().isPresent()) {
            AnatomyFiles.write(base, setting.anatomy().orElseThrow(), target);
        }
        return new ParaViewExport(base, target);
    }

    /** File names keep letters, digits, hyphens, underscores and dots that do not lead; the rest become hyphens, on every file system. */
    static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^\\.+", "-");
        return plain.isEmpty() ? "run" : plain;
    }
}
