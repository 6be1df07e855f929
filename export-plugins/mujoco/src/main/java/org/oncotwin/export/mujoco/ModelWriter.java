package org.oncotwin.export.mujoco;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Probe.Phase;
import org.oncotwin.api.scene.Probe.Point;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;

/** Writes the model. Numbers are written so that they read back to the same bits. */
final class ModelWriter {

    private static final String WORLD = "world";
    private static final String[] AXES = {"1 0 0", "0 1 0", "0 0 1"};
    private static final String AXIS_NAMES = "xyz";

    /** Tissue collides with probes, and neither with its own kind. */
    private static final String TISSUE_GROUP = "1";

    private static final String PROBE_GROUP = "2";

    /** Inertia that a node does not feel, for it has no hinge; MuJoCo wants one. As flexcomp makes it, of a box with half sides of 5 mm. */
    private static final double INERTIA_PER_MASS = 2.0 / 3 * 0.005 * 0.005;

    /** Thickness of the skin in which contact begins, in m. */
    private static final double SKIN = 5e-4;

    /** Of the drive of a probe: stiffness in N/m, inertia in kg, and the damping that makes it critical. */
    private static final double DRIVE_STIFFNESS = 2000;

    private static final double DRIVE_INERTIA = 0.1;

    private static final int BYTES_PER_NODE = 100_000;
    private static final int LEAST_MEGABYTES = 64;

    private final Scene scene;
    private final TetrahedralMesh mesh;
    private final String integrator;
    private final String cone;
    private final double timeStep;
    private final boolean[] held;
    private final double[] masses;
    private XMLStreamWriter xml;
    private int depth;

    ModelWriter(Scene scene, String integrator, String cone, double timeStep) {
        this.scene = scene;
        this.mesh = scene.mesh();
        this.integrator = integrator;
        this.cone = cone;
        this.timeStep = timeStep;
        held = new boolean[mesh.nodes()];
        for (Anchor anchor : scene.anchors()) {
            anchor.nodes().forEach(node -> held[node] = true);
        }
        masses = masses(scene);
    }

    /** A quarter of the mass of each tetrahedron to each of its nodes. */
    private static double[] masses(Scene scene) {
        TetrahedralMesh mesh = scene.mesh();
        double[] density = new double[TetrahedralMesh.LARGEST_REGION + 1];
        scene.tissues()
                .forEach(tissue -> density[tissue.region()] = tissue.material().density());
        double[] masses = new double[mesh.nodes()];
        for (int t = 0; t < mesh.tetrahedra(); t++) {
            double quarter = density[mesh.region(t)] * mesh.volume(t) / 4;
            for (int corner = 0; corner < 4; corner++) {
                masses[mesh.corner(t, corner)] += quarter;
            }
        }
        return masses;
    }

    void write(OutputStream out) throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        comment(
                "Units: m, kg, s, N; z up. Tissue: "
                        + scene.tissues().stream().map(Tissue::name).toList()
                        + ". To lead a probe, set ctrl to the way from its start; keyframes hold ctrl at the end of each phase, their times when that is.");
        open("mujoco", "model", scene.name());
        empty("compiler", "angle", "radian", "autolimits", "true");
        empty(
                "option",
                "timestep",
                number(timeStep),
                "gravity",
                numbers(0, 0, -scene.gravity()),
                "integrator",
                integrator,
                "solver",
                "CG",
                "tolerance",
                "1e-6",
                "cone",
                cone);
        empty(
                "size",
                "memory",
                Math.max(LEAST_MEGABYTES, (long) Math.ceil(mesh.nodes() * (double) BYTES_PER_NODE / (1 << 20))) + "M");
        open("worldbody");
        empty("light", "pos", "0 0 1", "dir", "0 0 -1");
        for (int node = 0; node < mesh.nodes(); node++) {
            if (!held[node]) {
                node(node);
            }
        }
        for (Probe probe : scene.probes()) {
            probe(probe);
        }
        close();
        open("deformable");
        for (Tissue tissue : scene.tissues()) {
            tissue(tissue);
        }
        close();
        if (!scene.probes().isEmpty()) {
            drives();
            keyframes();
        }
        close();
        xml.writeEndDocument();
        xml.flush();
    }

    private void node(int node) throws XMLStreamException {
        open("body", "name", name(node), "pos", place(node));
        double inertia = masses[node] * INERTIA_PER_MASS;
        empty(
                "inertial",
                "pos",
                "0 0 0",
                "mass",
                number(masses[node]),
                "diaginertia",
                numbers(inertia, inertia, inertia));
        // In this order: the engine adds the force along an axis to the joint of the same number.
        for (String axis : AXES) {
            empty("joint", "type", "slide", "axis", axis);
        }
        close();
    }

    private String name(int node) {
        return held[node] ? WORLD : "node-" + node;
    }

    private String place(int node) {
        return numbers(mesh.coordinate(node, 0), mesh.coordinate(node, 1), mesh.coordinate(node, 2));
    }

    private void probe(Probe probe) throws XMLStreamException {
        // A drive carries its weight.
        open("body", "name", probe.name(), "pos", numbers(probe.start()), "gravcomp", "1");
        for (int axis = 0; axis < AXES.length; axis++) {
            empty(
                    "joint",
                    "name",
                    joint(probe, axis),
                    "type",
                    "slide",
                    "axis",
                    AXES[axis],
                    "armature",
                    number(DRIVE_INERTIA));
        }
        empty(
                "geom",
                "name",
                probe.name() + "-sphere",
                "type",
                "sphere",
                "size",
                number(probe.radius()),
                "mass",
                number(probe.mass()),
                "contype",
                PROBE_GROUP,
                "conaffinity",
                TISSUE_GROUP,
                "condim",
                "3",
                "friction",
                friction(probe.friction()),
                "rgba",
                "0.7 0.7 0.75 1");
        close();
    }

    private static String joint(Probe probe, int axis) {
        return probe.name() + "-" + AXIS_NAMES.charAt(axis);
    }

    private void tissue(Tissue tissue) throws XMLStreamException {
        int[] elements = IntStream.range(0, mesh.tetrahedra())
                .filter(t -> mesh.region(t) == tissue.region())
                .toArray();
        int[] nodes = Arrays.stream(elements)
                .flatMap(t -> IntStream.range(0, 4).map(corner -> mesh.corner(t, corner)))
                .sorted()
                .distinct()
                .toArray();
        open(
                "flex",
                "name",
                tissue.name(),
                "dim",
                "3",
                "radius",
                number(SKIN),
                "rgba",
                numbers(
                                tissue.colour().red(),
                                tissue.colour().green(),
                                tissue.colour().blue()) + " 1",
                "body",
                Arrays.stream(nodes).mapToObj(this::name).collect(Collectors.joining(" ")),
                "vertex",
                Arrays.stream(nodes)
                        .mapToObj(node -> held[node] ? place(node) : "0 0 0")
                        .collect(Collectors.joining(" ")),
                "element",
                Arrays.stream(elements)
                        .mapToObj(t -> IntStream.range(0, 4)
                                .mapToObj(
                                        corner -> Integer.toString(Arrays.binarySearch(nodes, mesh.corner(t, corner))))
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(" ")));
        empty(
                "contact",
                "contype",
                TISSUE_GROUP,
                "conaffinity",
                PROBE_GROUP,
                "condim",
                "3",
                "friction",
                friction(tissue.friction()),
                "selfcollide",
                "none",
                "internal",
                "false");
        empty(
                "elasticity",
                "young",
                number(tissue.material().youngsModulus()),
                "poisson",
                number(tissue.material().poissonsRatio()),
                "damping",
                number(tissue.material().damping()));
        close();
    }

    private void drives() throws XMLStreamException {
        open("actuator");
        for (Probe probe : scene.probes()) {
            double damping = 2 * Math.sqrt(DRIVE_STIFFNESS * (DRIVE_INERTIA + probe.mass()));
            for (int axis = 0; axis < AXES.length; axis++) {
                empty(
                        "position",
                        "name",
                        joint(probe, axis),
                        "joint",
                        joint(probe, axis),
                        "kp",
                        number(DRIVE_STIFFNESS),
                        "kv",
                        number(damping));
            }
        }
        close();
    }

    /** All probes begin at once; one that is done stays where it is. */
    private void keyframes() throws XMLStreamException {
        open("keyframe");
        for (Probe probe : scene.probes()) {
            double time = 0;
            for (Phase phase : probe.phases()) {
                time += phase.seconds();
                StringBuilder control = new StringBuilder();
                for (Probe other : scene.probes()) {
                    Point at = at(other, time);
                    control.append(control.isEmpty() ? "" : " ")
                            .append(numbers(
                                    at.x() - other.start().x(),
                                    at.y() - other.start().y(),
                                    at.z() - other.start().z()));
                }
                empty(
                        "key",
                        "name",
                        probe.name() + "-" + phase.name(),
                        "time",
                        number(time),
                        "ctrl",
                        control.toString());
            }
        }
        close();
    }

    /** Where a probe is led to at a time. */
    static Point at(Probe probe, double time) {
        Point from = probe.start();
        double begins = 0;
        for (Phase phase : probe.phases()) {
            if (time < begins + phase.seconds()) {
                double part = (time - begins) / phase.seconds();
                return new Point(
                        from.x() + part * (phase.target().x() - from.x()),
                        from.y() + part * (phase.target().y() - from.y()),
                        from.z() + part * (phase.target().z() - from.z()));
            }
            begins += phase.seconds();
            from = phase.target();
        }
        return from;
    }

    // ---- XML ----

    private static String friction(double sliding) {
        // Torsion and rolling as MuJoCo has them by default; with condim 3 they do not act.
        return numbers(sliding, 0.005, 0.0001);
    }

    private static String numbers(Point point) {
        return numbers(point.x(), point.y(), point.z());
    }

    private static String numbers(double x, double y, double z) {
        return number(x) + " " + number(y) + " " + number(z);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }

    private void comment(String text) throws XMLStreamException {
        xml.writeComment(" " + text + " ");
        line();
    }

    private void open(String element, String... attributes) throws XMLStreamException {
        indent();
        xml.writeStartElement(element);
        write(attributes);
        line();
        depth++;
    }

    private void empty(String element, String... attributes) throws XMLStreamException {
        indent();
        xml.writeEmptyElement(element);
        write(attributes);
        line();
    }

    private void write(String... attributes) throws XMLStreamException {
        for (int n = 0; n < attributes.length; n += 2) {
            xml.writeAttribute(attributes[n], attributes[n + 1]);
        }
    }

    private void close() throws XMLStreamException {
        depth--;
        indent();
        xml.writeEndElement();
        line();
    }

    private void indent() throws XMLStreamException {
        xml.writeCharacters("  ".repeat(depth));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
