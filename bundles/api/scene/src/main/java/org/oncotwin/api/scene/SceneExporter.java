package org.oncotwin.api.scene;

import java.io.IOException;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.plugin.Inputs;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes a scene for another simulator. Implemented by export plugins as a service declared with {@link SceneExporterPlugin}. */
@ConsumerType
public interface SceneExporter {

    /** What it is, and its options. */
    SceneExporterDescription description();

    /**
     * Writes a scene. Equal scenes and options give equal bytes.
     *
     * @param scene what to write
     * @param options values of the options, converted and checked as described, defaults filled in
     * @param target where files go
     * @throws org.oncotwin.api.plugin.InvalidInputException if the scene cannot be written so, naming what is in the way
     */
    void export(Scene scene, Inputs options, ExportTarget target) throws IOException;
}
