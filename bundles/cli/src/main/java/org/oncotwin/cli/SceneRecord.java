package org.oncotwin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Probe;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;
import org.oncotwin.casefile.Case;
import org.oncotwin.casefile.InputFile;
import org.oncotwin.scene.BuiltScene;

/** {@code scene.json}: what is in a scene, what it was made from, and the hashes of its files. Equal scenes give equal bytes. */
final class SceneRecord {
    private SceneRecord() {}

    static ObjectNode of(
            Case source,
            BuiltScene built,
            List<InstalledSceneExporter> exporters,
            Map<String, Inputs> options,
            SortedMap<String, String> hashes) {
        Scene scene = built.scene();
        ObjectNode root = JsonOutput.object();
        root.put("format", "oncotwin-scene/1");
        root.put("scene", scene.name());
        root.put("units", "m, kg, s, Pa; z up");
        root.put("gravity", scene.gravity());
        ObjectNode placement = root.putObject("placement");
        placement.put("meaning", "scene = rotation * (patient - origin) / 1000; patient in mm, RAS+");
        numbers(placement.putArray("rotation"), scene.placement().rotation());
        numbers(placement.putArray("origin"), scene.placement().origin());
        ObjectNode mesh = root.putObject("mesh");
        mesh.put("nodes", scene.mesh().nodes());
        mesh.put("tetrahedra", scene.mesh().tetrahedra());
        built.quality().forEach((name, value) -> mesh.set(name, JsonOutput.number(value)));
        ArrayNode tissues = root.putArray("tissues");
        scene.tissues().forEach(tissue -> tissues.add(tissue(scene, tissue)));
        ArrayNode anchors = root.putArray("anchors");
        for (Anchor anchor : scene.anchors()) {
            anchors.addObject()
                    .put("name", anchor.name())
                    .put("nodes", anchor.nodes().size());
        }
        ArrayNode probes = root.putArray("probes");
        scene.probes().forEach(probe -> probes.add(probe(probe)));
        ArrayNode inputs = root.putArray("inputs");
        for (InputFile input : source.inputs()) {
            inputs.addObject().put("name", input.name()).put("sha256", input.sha256());
        }
        ArrayNode list = root.putArray("exporters");
        for (InstalledSceneExporter exporter : exporters) {
            ObjectNode one = list.addObject();
            one.put("id", exporter.id()).put("version", exporter.version()).put("bundle", exporter.bundle());
            ObjectNode given = one.putObject("options");
            options.get(exporter.id()).numbers().forEach(given::put);
            options.get(exporter.id()).choices().forEach(given::put);
        }
        ObjectNode files = root.putObject("files");
        hashes.forEach(files::put);
        return root;
    }

    private static ObjectNode tissue(Scene scene, Tissue tissue) {
        ObjectNode node = JsonOutput.object();
        node.put("name", tissue.name());
        node.put("region", tissue.region());
        node.put("volume", scene.mesh().volumeOfRegion(tissue.region()));
        node.put("youngs_modulus", tissue.material().youngsModulus());
        node.put("poissons_ratio", tissue.material().poissonsRatio());
        node.put("density", tissue.material().density());
        node.put("damping", tissue.material().damping());
        node.put("friction", tissue.friction());
        node.put("source", tissue.material().source());
        return node;
    }

    private static ObjectNode probe(Probe probe) {
        ObjectNode node = JsonOutput.object();
        node.put("name", probe.name()).put("radius", probe.radius()).put("mass", probe.mass());
        point(node.putArray("start"), probe.start());
        ArrayNode phases = node.putArray("phases");
        for (Probe.Phase phase : probe.phases()) {
            ObjectNode one = phases.addObject();
            one.put("name", phase.name()).put("seconds", phase.seconds());
            point(one.putArray("target"), phase.target());
        }
        return node;
    }

    private static void point(ArrayNode array, Probe.Point point) {
        numbers(array, new double[] {point.x(), point.y(), point.z()});
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }
}
