package org.oncotwin.export.isaac;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;

/** Writes the stage: materials, tissues, what holds them and fastens them to each other, probes. All prims lie side by side under one, none under a rigid body. */
final class StageWriter {

    private static final String ROOT = "Scene";
    private static final double CODES_PER_SECOND = 60;

    private final Scene scene;
    private final boolean omniPhysics;
    private final boolean proposal;
    private final UsdaWriter usda;
    private final Map<Tissue, TissueNodes> nodes = new LinkedHashMap<>();

    /**
     * Prepares.
     *
     * @param omniPhysics true for the schemas of Isaac Sim
     * @param proposal true for those of the proposal
     */
    StageWriter(Scene scene, boolean omniPhysics, boolean proposal, UsdaWriter usda) {
        this.scene = scene;
        this.omniPhysics = omniPhysics;
        this.proposal = proposal;
        this.usda = usda;
        scene.tissues().forEach(tissue -> nodes.put(tissue, new TissueNodes(scene.mesh(), tissue.region())));
    }

    void write() throws IOException {
        double end = scene.probes().stream().mapToDouble(Probe::seconds).max().orElse(0) * CODES_PER_SECOND;
        usda.line("#usda 1.0");
        usda.line("(");
        usda.line("    defaultPrim = \"" + ROOT + "\"");
        usda.line("    doc = \"Units: m, kg, s; z up. Research use only.\"");
        usda.line("    endTimeCode = " + UsdaWriter.number(end));
        usda.line("    kilogramsPerUnit = 1");
        usda.line("    metersPerUnit = 1");
        usda.line("    startTimeCode = 0");
        usda.line("    timeCodesPerSecond = " + UsdaWriter.number(CODES_PER_SECOND));
        usda.line("    upAxis = \"Z\"");
        usda.line(")");
        usda.open("Xform", ROOT, List.of());
        physics();
        materials();
        for (Tissue tissue : scene.tissues()) {
            tissue(tissue);
        }
        if (omniPhysics) {
            fastenings();
            holds();
        }
        for (Probe probe : scene.probes()) {
            probe(probe);
        }
        usda.close();
    }

    private void physics() throws IOException {
        usda.open("PhysicsScene", "PhysicsScene", omniPhysics ? List.of("PhysxSceneAPI") : List.of());
        usda.line("vector3f physics:gravityDirection = (0, 0, -1)");
        usda.line("float physics:gravityMagnitude = " + UsdaWriter.number(scene.gravity()));
        if (omniPhysics) {
            // Deformables of PhysX are computed on the graphics processor alone.
            usda.line("uniform token physxScene:broadphaseType = \"GPU\"");
            usda.line("bool physxScene:enableGPUDynamics = 1");
        }
        usda.close();
    }

    private void materials() throws IOException {
        usda.open("Scope", "Materials", List.of());
        for (Tissue tissue : scene.tissues()) {
            List<String> schemas = new ArrayList<>();
            if (omniPhysics) {
                schemas.add("OmniPhysicsDeformableMaterialAPI");
            }
            if (proposal) {
                schemas.add("PhysicsMaterialAPI");
                schemas.add("PhysicsVolumeDeformableMaterialAPI");
            }
            usda.open("Material", tissue.name(), schemas);
            for (String namespace : namespaces()) {
                usda.line("float " + namespace + ":density = "
                        + UsdaWriter.number(tissue.material().density()));
                usda.line("float " + namespace + ":dynamicFriction = " + UsdaWriter.number(tissue.friction()));
                usda.line("float " + namespace + ":poissonsRatio = "
                        + UsdaWriter.number(tissue.material().poissonsRatio()));
                usda.line("float " + namespace + ":staticFriction = " + UsdaWriter.number(tissue.friction()));
                usda.line("float " + namespace + ":youngsModulus = "
                        + UsdaWriter.number(tissue.material().youngsModulus()));
            }
            usda.close();
        }
        for (Probe probe : scene.probes()) {
            usda.open("Material", probe.name(), List.of("PhysicsMaterialAPI"));
            usda.line("float physics:dynamicFriction = " + UsdaWriter.number(probe.friction()));
            usda.line("float physics:restitution = 0");
            usda.line("float physics:staticFriction = " + UsdaWriter.number(probe.friction()));
            usda.close();
        }
        usda.close();
    }

    private List<String> namespaces() {
        List<String> namespaces = new ArrayList<>();
        if (omniPhysics) {
            namespaces.add("omniphysics");
        }
        if (proposal) {
            namespaces.add("physics");
        }
        return namespaces;
    }

    private static String path(String name) {
        return "</" + ROOT + "/" + UsdaWriter.name(name) + ">";
    }

    private static String material(String name) {
        return "</" + ROOT + "/Materials/" + UsdaWriter.name(name) + ">";
    }

    private void tissue(Tissue tissue) throws IOException {
        List<String> schemas = new ArrayList<>();
        if (omniPhysics) {
            schemas.addAll(
                    List.of("OmniPhysicsBodyAPI", "OmniPhysicsDeformableBodyAPI", "OmniPhysicsVolumeDeformableSimAPI"));
        }
        if (proposal) {
            schemas.addAll(List.of("PhysicsBodyAPI", "PhysicsDeformableBodyAPI", "PhysicsVolumeDeformableSimAPI"));
        }
        schemas.addAll(List.of("PhysicsCollisionAPI", "PhysicsFilteredPairsAPI", "MaterialBindingAPI"));
        usda.open("TetMesh", tissue.name(), schemas);
        TetrahedralMesh mesh = nodes.get(tissue).alone();
        extent(mesh);
        usda.line("uniform token orientation = \"rightHanded\"");
        points("point3f[] points", mesh);
        tetrahedra("int4[] tetVertexIndices", mesh);
        int[] faces = mesh.outerFaces();
        usda.array(
                "int3[] surfaceFaceVertexIndices",
                faces.length / 3,
                f -> "(" + faces[3 * f] + ", " + faces[3 * f + 1] + ", " + faces[3 * f + 2] + ")");
        for (String namespace : namespaces()) {
            points("point3f[] " + namespace + ":restShapePoints", mesh);
            tetrahedra("int4[] " + namespace + ":restTetVtxIndices", mesh);
        }
        usda.line("color3f[] primvars:displayColor = ["
                + UsdaWriter.tuple(
                        tissue.colour().red(),
                        tissue.colour().green(),
                        tissue.colour().blue()) + "]");
        usda.line("rel material:binding:physics = " + material(tissue.name()) + " (");
        usda.line("    bindMaterialAs = \"weakerThanDescendants\"");
        usda.line(")");
        String others = scene.tissues().stream()
                .filter(other -> other != tissue)
                .map(other -> path(other.name()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            // Tissues touch at rest: they are fastened, and do not collide.
            usda.line("rel physics:filteredPairs = [" + others + "]");
        }
        usda.close();
    }

    private void extent(TetrahedralMesh mesh) throws IOException {
        double[] box = new double[6];
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            box[axis] = IntStream.range(0, mesh.nodes())
                    .mapToDouble(n -> mesh.coordinate(n, along))
                    .min()
                    .orElseThrow();
            box[3 + axis] = IntStream.range(0, mesh.nodes())
                    .mapToDouble(n -> mesh.coordinate(n, along))
                    .max()
                    .orElseThrow();
        }
        usda.line("float3[] extent = [" + UsdaWriter.tuple(box[0], box[1], box[2]) + ", "
                + UsdaWriter.tuple(box[3], box[4], box[5]) + "]");
    }

    private void points(String declaration, TetrahedralMesh mesh) throws IOException {
        usda.array(
                declaration,
                mesh.nodes(),
                n -> UsdaWriter.tuple(mesh.coordinate(n, 0), mesh.coordinate(n, 1), mesh.coordinate(n, 2)));
    }

    private void tetrahedra(String declaration, TetrahedralMesh mesh) throws IOException {
        usda.array(
                declaration,
                mesh.tetrahedra(),
                t -> "(" + mesh.corner(t, 0) + ", " + mesh.corner(t, 1) + ", " + mesh.corner(t, 2) + ", "
                        + mesh.corner(t, 3) + ")");
    }

    /** Nodes that two tissues share are fastened to each other. */
    private void fastenings() throws IOException {
        List<Tissue> tissues = scene.tissues();
        for (int one = 0; one < tissues.size(); one++) {
            for (int other = one + 1; other < tissues.size(); other++) {
                TissueNodes first = nodes.get(tissues.get(one));
                TissueNodes second = nodes.get(tissues.get(other));
                int[] shared = IntStream.range(0, first.nodes())
                        .filter(n -> second.place(first.node(n)) >= 0)
                        .toArray();
                if (shared.length > 0) {
                    usda.open(
                            "OmniPhysicsVtxVtxAttachment",
                            "fastened_" + tissues.get(one).name() + "_"
                                    + tissues.get(other).name(),
                            List.of());
                    usda.line("rel omniphysics:src0 = " + path(tissues.get(one).name()));
                    usda.line(
                            "rel omniphysics:src1 = " + path(tissues.get(other).name()));
                    usda.array("int[] omniphysics:vtxIndicesSrc0", shared.length, n -> Integer.toString(shared[n]));
                    usda.array(
                            "int[] omniphysics:vtxIndicesSrc1",
                            shared.length,
                            n -> Integer.toString(second.place(first.node(shared[n]))));
                    usda.close();
                }
            }
        }
    }

    /** Nodes that are held are fastened to the frame of the scene. */
    private void holds() throws IOException {
        for (Anchor anchor : scene.anchors()) {
            for (Tissue tissue : scene.tissues()) {
                TissueNodes of = nodes.get(tissue);
                int[] held = anchor.nodes().stream()
                        .mapToInt(of::place)
                        .filter(place -> place >= 0)
                        .toArray();
                if (held.length > 0) {
                    usda.open(
                            "OmniPhysicsVtxXformAttachment", "held_" + anchor.name() + "_" + tissue.name(), List.of());
                    usda.line("rel omniphysics:src0 = " + path(tissue.name()));
                    usda.line("rel omniphysics:src1 = </" + ROOT + ">");
                    usda.array("int[] omniphysics:vtxIndicesSrc0", held.length, n -> Integer.toString(held[n]));
                    usda.array("point3f[] omniphysics:localPositionsSrc1", held.length, n -> {
                        int node = of.node(held[n]);
                        return UsdaWriter.tuple(
                                scene.mesh().coordinate(node, 0),
                                scene.mesh().coordinate(node, 1),
                                scene.mesh().coordinate(node, 2));
                    });
                    usda.close();
                }
            }
        }
    }

    /** A kinematic body: it goes where the time samples say, whatever it meets. */
    private void probe(Probe probe) throws IOException {
        usda.open(
                "Sphere",
                probe.name(),
                List.of("PhysicsRigidBodyAPI", "PhysicsCollisionAPI", "PhysicsMassAPI", "MaterialBindingAPI"));
        double r = probe.radius();
        usda.line("float3[] extent = [" + UsdaWriter.tuple(-r, -r, -r) + ", " + UsdaWriter.tuple(r, r, r) + "]");
        usda.line("double radius = " + UsdaWriter.number(r));
        usda.line("bool physics:kinematicEnabled = 1");
        usda.line("float physics:mass = " + UsdaWriter.number(probe.mass()));
        usda.line("rel material:binding:physics = " + material(probe.name()) + " (");
        usda.line("    bindMaterialAs = \"weakerThanDescendants\"");
        usda.line(")");
        usda.line("double3 xformOp:translate.timeSamples = {");
        sample(0, probe.start());
        double time = 0;
        for (Probe.Phase phase : probe.phases()) {
            time += phase.seconds();
            sample(time, phase.target());
        }
        usda.line("}");
        usda.line("uniform token[] xformOpOrder = [\"xformOp:translate\"]");
        usda.close();
    }

    private void sample(double seconds, Probe.Point at) throws IOException {
        usda.line("    " + UsdaWriter.number(seconds * CODES_PER_SECOND) + ": "
                + UsdaWriter.tuple(at.x(), at.y(), at.z()) + ",");
    }
}
