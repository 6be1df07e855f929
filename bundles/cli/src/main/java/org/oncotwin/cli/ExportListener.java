package org.oncotwin.cli;

import java.io.IOException;
import org.oncotwin.api.export.Export;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.simulation.Output;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.RunFolder;

/** Gives the states of a run to an exporter as they come. */
final class ExportListener implements RunListener {
    private final Export export;

    private ExportListener(Export export) {
        this.export = export;
    }

    static ExportListener begin(InstalledExporter exporter, Case source, RunFolder folder) throws IOException {
        String place = "exports/" + exporter.id() + "/";
        String name = source.caseName().replaceAll("[^A-Za-z0-9._-]", "-");
        try {
            return new ExportListener(
                    exporter.exporter().begin(name, source.request().setting(), path -> folder.create(place + path)));
        } catch (InvalidInputException refused) {
            throw refused.within("--export " + exporter.id());
        }
    }

    @Override
    public void output(Output output) throws IOException {
        export.add(output.state());
    }

    void finish() throws IOException {
        export.finish();
    }
}
