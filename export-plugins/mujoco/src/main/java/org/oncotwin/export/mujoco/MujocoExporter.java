package org.oncotwin.export.mujoco;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.api.plugin.InputDescription;
import org.oncotwin.api.plugin.InputDescription.Kind;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.SceneExporter;
import org.oncotwin.api.scene.SceneExporterDescription;
import org.oncotwin.api.scene.SceneExporterPlugin;
import org.osgi.service.component.annotations.Component;

/** Writes a scene as MJCF, the model format of MuJoCo: soft tissue as flexes of tetrahedra on bodies of their own, one for each node. */
@Component(service = SceneExporter.class)
@SceneExporterPlugin(MujocoExporter.ID)
public final class MujocoExporter implements SceneExporter {

    /** Id of the exporter. */
    public static final String ID = "mujoco";

    static final String VERSION = "version";
    static final String TIME_STEP = "time-step";

    /** Versions whose elements this exporter writes, newest first; they differ in the integrator that soft tissue needs. */
    static final List<String> VERSIONS = List.of("3.14", "3.13", "3.12");

    private static final SceneExporterDescription DESCRIPTION = new SceneExporterDescription(
            new PluginDescription(
                    ID,
                    "MuJoCo model (MJCF)",
                    "Research use: interactive or offline simulation of soft tissue under a probe in MuJoCo 3.12 to 3.14, and comparison with other simulators.",
                    List.of(
                            "Tissue follows the law of Saint Venant and Kirchhoff on linear tetrahedra: exact in small strain, too soft in strong compression, too stiff in bending on coarse meshes.",
                            "Contact is MuJoCo's soft contact: a probe sinks in a little, by its solref and solimp.",
                            "In real time on one core only up to about 150 nodes; use a coarse edge length.",
                            "Smooth surfaces for the eye are not written: MuJoCo shows the faces of the tetrahedra."),
                    List.of(),
                    List.of(
                            "MuJoCo XML reference, https://mujoco.readthedocs.io/en/stable/XMLreference.html",
                            "Todorov E, Erez T, Tassa Y 2012. MuJoCo: a physics engine for model-based control. IROS 2012:5026-5033. https://doi.org/10.1109/IROS.2012.6386109")),
            List.of(
                    InputDescription.choice(VERSION, VERSIONS, "Version of MuJoCo that shall read the model."),
                    new InputDescription(
                            TIME_STEP,
                            Kind.QUANTITY,
                            "s",
                            false,
                            Optional.of("2 ms"),
                            1e-5,
                            0.02,
                            List.of(),
                            "Time step of the simulation.")));

    @Override
    public SceneExporterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void export(Scene scene, Inputs options, ExportTarget target) throws IOException {
        Support.requireHeld(scene);
        try (OutputStream out = new BufferedOutputStream(target.create(scene.name() + ".xml"))) {
            String version = options.choice(VERSION);
            new ModelWriter(scene, integrator(version), cone(version), options.number(TIME_STEP)).write(out);
        } catch (XMLStreamException unwritten) {
            throw new IOException(unwritten);
        }
    }

    /** From 3.13 on the elasticity of flexes is integrated by {@code discrete} alone, before by {@code implicitfast}; each version refuses the word of the other. */
    private static String integrator(String version) {
        return version.equals("3.12") ? "implicitfast" : "discrete";
    }

    /** Elliptic cones of friction do not creep; in 3.12 flexes are unstable with them, also where nothing touches. */
    private static String cone(String version) {
        return version.equals("3.12") ? "pyramidal" : "elliptic";
    }
}
