package org.oncotwin.export.mujoco;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.oncotwin.api.plugin.Inputs;
import org.oncotwin.api.scene.Scene;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A model as it was written, and read again by the parser of the JDK. */
final class WrittenModel {

    private final String file;
    private final byte[] bytes;

    private WrittenModel(String file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static WrittenModel of(Scene scene, String version, double timeStep) throws IOException {
        Map<String, ByteArrayOutputStream> files = new TreeMap<>();
        new MujocoExporter()
                .export(
                        scene,
                        Inputs.of(Map.of(MujocoExporter.TIME_STEP, timeStep), Map.of(MujocoExporter.VERSION, version)),
                        path -> files.computeIfAbsent(path, none -> new ByteArrayOutputStream()));
        if (files.size() != 1) {
            throw new AssertionError(files.keySet() + " is not one file");
        }
        String only = files.keySet().iterator().next();
        return new WrittenModel(only, files.get(only).toByteArray());
    }

    String file() {
        return file;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** All elements of a name, in their order. */
    List<Element> all(String name) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int n = 0; n < found.getLength(); n++) {
            elements.add((Element) found.item(n));
        }
        return elements;
    }

    static double[] numbers(Element element, String attribute) {
        return java.util.Arrays.stream(element.getAttribute(attribute).trim().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
