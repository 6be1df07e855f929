package org.oncotwin.export.isaac;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.scene.SceneExporterDescription;
import org.oncotwin.api.scene.SceneExporterPlugin;
import org.osgi.service.component.annotations.Component;

/** Writes a scene as an OpenUSD stage with soft tissue for Isaac Sim: one volume deformable of tetrahedra for each tissue. */
@Component(service = SceneExporter.class)
@SceneExporterPlugin(IsaacExporter.ID)
public final class IsaacExporter implements SceneExporter {

    /** Id of the exporter. */
    public static final String ID = "isaac";

    static final String DIALECT = "dialect";

    private static final SceneExporterDescription DESCRIPTION = new SceneExporterDescription(
            new PluginDescription(
                    ID,
                    "Isaac Sim stage (OpenUSD)",
                    "Research use: soft tissue under a probe in Isaac Sim 5 and 6, which need a graphics processor for it, or in Newton.",
                    List.of(
                            "Isaac Sim itself has not opened these stages in a test: an independent reader of USD has, and what Isaac Sim asks of a stage is checked attribute by attribute.",
                            "In Isaac Sim 5 deformables are a beta that must be switched on (Preferences, Physics, Deformable Schema Beta).",
                            "Each tissue is a body of its own, fastened to its neighbours node by node; elsewhere a tissue may share nodes.",
                            "PhysX deforms co-rotationally, other simulators by other laws: equal at small strain.",
                            "Numbers are of single precision, as the schema has them: 1e-8 m in a scene of 0.1 m.",
                            "Attachments are written in the OmniPhysics dialect alone, so that in Newton tissues are neither held nor fastened to each other."),
                    List.of(),
                    List.of(
                            "OpenUSD, UsdGeomTetMesh and UsdPhysics schemas, https://openusd.org/release/api/index.html",
                            "OmniPhysics deformable schema in https://github.com/NVIDIA-Omniverse/PhysX (omni/schema/source)",
                            "AOUSD proposal physics_deformables, https://github.com/PixarAnimationStudios/OpenUSD-proposals")),
            List.of(
                    InputDescription.choice(
                            DIALECT,
                            List.of("both", "omniphysics", "aousd"),
                            "Names of the deformable schemas: those of Isaac Sim, those of the proposal that Newton reads, or both side by side.")));

    @Override
    public SceneExporterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void export(Scene scene, Inputs options, ExportTarget target) throws IOException {
        String dialect = options.choice(DIALECT);
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(target.create(scene.name() + ".usda"), StandardCharsets.UTF_8))) {
            new StageWriter(scene, !dialect.equals("aousd"), !dialect.equals("omniphysics"), new UsdaWriter(out))
                    .write();
        }
    }
}
