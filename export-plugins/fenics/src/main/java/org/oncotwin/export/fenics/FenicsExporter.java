package org.oncotwin.export.fenics;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.scene.SceneExporterDescription;
import org.oncotwin.api.scene.SceneExporterPlugin;
import org.osgi.service.component.annotations.Component;

/** Writes the tetrahedra of a scene with their tissues, materials and anchors as one XDMF file, and a script that computes on it with DOLFINx. */
@Component(service = SceneExporter.class)
@SceneExporterPlugin(FenicsExporter.ID)
public final class FenicsExporter implements SceneExporter {

    /** Id of the exporter. */
    public static final String ID = "fenics";

    private static final SceneExporterDescription DESCRIPTION = new SceneExporterDescription(
            new PluginDescription(
                    ID,
                    "FEniCSx mesh",
                    "Finite elements on the tetrahedra of a scene with DOLFINx: mesh, tissues, anchors and elastic materials, and a script that computes how the tissue sags.",
                    List.of(
                            "Probes, friction, damping, colours and smooth surfaces are not written.",
                            "Numbers are text, and every process of a parallel run reads the materials of the whole mesh.",
                            "How many digits a number has depends on the Java runtime; the number itself does not."),
                    List.of(),
                    List.of(
                            "XDMF, eXtensible Data Model and Format, version 3 (xdmf.org)",
                            "DOLFINx 0.5.2, class XDMFFile with ASCII encoding (fenicsproject.org)")),
            List.of());

    @Override
    public SceneExporterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void export(Scene scene, Inputs options, ExportTarget target) throws IOException {
        try (OutputStream out = target.create(scene.name() + ".xdmf")) {
            XdmfFile.write(out, scene);
        }
        try (InputStream script = FenicsExporter.class.getResourceAsStream("sag.py");
                OutputStream out = target.create(scene.name() + ".py")) {
            script.transferTo(out);
        }
    }
}
