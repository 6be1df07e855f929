package org.oncotwin.api.export;

import java.io.IOException;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.twin.Setting;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes a run for another program. Implemented by export plugins as a service declared with {@link ExporterPlugin}. */
@ConsumerType
public interface Exporter {

    /** What it is. */
    PluginDescription description();

    /**
     * Starts an export. States come one by one as the run makes them, so that an export needs memory for one.
     *
     * @param name base name of the files
     * @param setting anatomy and the rest that does not change
     * @param target where files go
     * @throws InvalidInputException if the setting cannot be exported, saying why
     */
    Export begin(String name, Setting setting, ExportTarget target) throws IOException;
}
