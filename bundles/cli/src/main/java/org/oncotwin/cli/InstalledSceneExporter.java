package org.oncotwin.cli;

import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.scene.SceneExporterDescription;

/**
 * An exporter of scenes that is there.
 *
 * @param version version of its bundle
 * @param bundle symbolic name of its bundle
 * @param exporter the plugin
 */
record InstalledSceneExporter(String version, String bundle, SceneExporter exporter) {
    SceneExporterDescription description() {
        return exporter.description();
    }

    String id() {
        return description().plugin().id();
    }
}
