package org.oncotwin.cli;

import org.oncotwin.api.export.Exporter;
import org.oncotwin.api.plugin.PluginDescription;

/**
 * An export plugin that is there.
 *
 * @param version version of its bundle
 * @param bundle symbolic name of its bundle
 * @param exporter the plugin
 */
record InstalledExporter(String version, String bundle, Exporter exporter) {
    PluginDescription description() {
        return exporter.description();
    }

    String id() {
        return description().id();
    }
}
