package org.oncotwin.export.fenics;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.scene.SceneExporterDescription;
import org.oncotwin.api.scene.SceneExporterPlugin;
import org.osgi.service.component.annotations.Component;

/** Writes the mesh of a scene as XDMF for FEniCSx, with its tissues and what is held as tags, and a script that computes on it. */
@Component(service = SceneExporter.class)
@SceneExporterPlugin(FenicsExporter.ID)
public final class FenicsExporter implements SceneExporter {

    /** Id of the exporter. */
    public static final String ID = "fenics";

    private static final String SCRIPT = "solve.py";

    private static final SceneExporterDescription DESCRIPTION = new SceneExporterDescription(
            new PluginDescription(
                    ID,
                    "Mesh for FEniCSx (XDMF)",
                    "Research use: own finite element computations on the mesh of a scene in dolfinx, or a look at it in ParaView.",
                    List.of(
                            "Probes are not written: the contact of a sphere is not part of dolfinx.",
                            "Numbers are written as text, so that no library for HDF5 is needed; dolfinx reads such files in one process.",
                            "Only outer faces of which all corners are held are tagged as held."),
                    List.of(),
                    List.of(
                            "XDMF model and format, https://www.xdmf.org/index.php/XDMF_Model_and_Format",
                            "Baratta IA et al 2023. DOLFINx: the next generation FEniCS problem solving environment. https://doi.org/10.5281/zenodo.10447666")),
            List.of());

    @Override
    public SceneExporterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void export(Scene scene, Inputs options, ExportTarget target) throws IOException {
        try (OutputStream out = new BufferedOutputStream(target.create(scene.name() + ".xdmf"))) {
            new XdmfWriter(scene).write(out);
        } catch (XMLStreamException unwritten) {
            throw new IOException(unwritten);
        }
        try (OutputStream out = target.create(scene.name() + ".py")) {
            out.write(script(scene).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String script(Scene scene) throws IOException {
        String template;
        try (InputStream in = Objects.requireNonNull(FenicsExporter.class.getResourceAsStream(SCRIPT))) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String tissues = scene.tissues().stream()
                .map(tissue -> "    " + tissue.region() + ": (\"" + tissue.name() + "\", "
                        + tissue.material().youngsModulus() + ", "
                        + tissue.material().poissonsRatio() + ", "
                        + tissue.material().density() + "),\n")
                .collect(Collectors.joining());
        String anchors = IntStream.range(0, scene.anchors().size())
                .mapToObj(
                        n -> "    " + (n + 1) + ": \"" + scene.anchors().get(n).name() + "\",\n")
                .collect(Collectors.joining());
        return template.replace("@NAME@", scene.name())
                .replace("@GRAVITY@", Double.toString(scene.gravity()))
                .replace("@TISSUES@\n", tissues)
                .replace("@ANCHORS@\n", anchors);
    }
}
