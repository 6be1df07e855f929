package org.oncotwin.export.fenics;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;

/**
 * XDMF with all numbers inline as text. DOLFINx takes the first attribute of a grid for its tags: {@code mesh} has the tissue of every tetrahedron in front of its material, {@code anchors} the
 * anchor of every held node, {@code anchored-faces} the anchor of every outer face that is held as a whole. Grids without a node or a face are left out.
 */
final class XdmfFile {

    /** What XML 1.0 cannot hold, not even escaped. */
    private static final String NOT_IN_XML = "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

    /** Writes numbers of a row, each with a blank behind it. */
    @FunctionalInterface
    private interface Row {
        void write(int index) throws XMLStreamException;
    }

    private final XMLStreamWriter xml;
    private final Scene scene;

    private XdmfFile(XMLStreamWriter xml, Scene scene) {
        this.xml = xml;
        this.scene = scene;
    }

    /** Writes a scene; {@code out} is not closed. */
    static void write(OutputStream out, Scene scene) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(buffered, "UTF-8");
            new XdmfFile(xml, scene).writeDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the mesh of " + scene.name() + " could not be written", e);
        }
        buffered.flush();
    }

    private void writeDocument() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("Xdmf");
        xml.writeAttribute("Version", "3.0");
        start("Domain");
        writeInformation("gravity", Double.toString(scene.gravity()));
        for (Tissue tissue : scene.tissues()) {
            writeInformation("tissue " + tissue.region(), tissue.name());
            writeInformation(
                    "source of " + tissue.name(), tissue.material().source().replaceAll(NOT_IN_XML, "\uFFFD"));
        }
        for (int n = 0; n < scene.anchors().size(); n++) {
            writeInformation("anchor " + (n + 1), scene.anchors().get(n).name());
        }
        writeMesh();
        writeAnchors();
        writeAnchoredFaces();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void writeMesh() throws XMLStreamException {
        TetrahedralMesh mesh = scene.mesh();
        startGrid("mesh");
        startTopology("Tetrahedron", mesh.tetrahedra(), 4);
        writeNumbers("Int", 8, mesh.tetrahedra(), 4, tetrahedron -> {
            for (int corner = 0; corner < 4; corner++) {
                write(mesh.corner(tetrahedron, corner));
            }
        });
        xml.writeEndElement();
        start("Geometry");
        xml.writeAttribute("GeometryType", "XYZ");
        writeNumbers("Float", 8, mesh.nodes(), 3, node -> {
            for (int axis = 0; axis < 3; axis++) {
                write(mesh.coordinate(node, axis));
            }
        });
        xml.writeEndElement();
        startAttribute("tissue");
        writeNumbers("Int", 4, mesh.tetrahedra(), 1, tetrahedron -> write(mesh.region(tetrahedron)));
        xml.writeEndElement();
        writeMaterial("youngs_modulus", tissue -> tissue.material().youngsModulus());
        writeMaterial("poissons_ratio", tissue -> tissue.material().poissonsRatio());
        writeMaterial("density", tissue -> tissue.material().density());
        xml.writeEndElement();
    }

    private void writeMaterial(String name, ToDoubleFunction<Tissue> value) throws XMLStreamException {
        TetrahedralMesh mesh = scene.mesh();
        String[] textOfRegion = new String[TetrahedralMesh.LARGEST_REGION + 1];
        for (Tissue tissue : scene.tissues()) {
            textOfRegion[tissue.region()] = value.applyAsDouble(tissue) + " ";
        }
        startAttribute(name);
        writeNumbers(
                "Float",
                8,
                mesh.tetrahedra(),
                1,
                tetrahedron -> xml.writeCharacters(textOfRegion[mesh.region(tetrahedron)]));
        xml.writeEndElement();
    }

    private void writeAnchors() throws XMLStreamException {
        List<Integer> nodes = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int number = 0;
        for (Anchor anchor : scene.anchors()) {
            number++;
            for (int node : anchor.nodes()) {
                nodes.add(node);
                numbers.add(number);
            }
        }
        if (nodes.isEmpty()) {
            return;
        }
        startGrid("anchors");
        startTopology("Polyvertex", nodes.size(), 1);
        writeNumbers("Int", 8, nodes.size(), 1, n -> write(nodes.get(n)));
        xml.writeEndElement();
        writeGeometryOfMesh();
        startAttribute("anchor");
        writeNumbers("Int", 4, nodes.size(), 1, n -> write(numbers.get(n)));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void writeAnchoredFaces() throws XMLStreamException {
        AnchoredFaces faces = AnchoredFaces.of(scene);
        int count = faces.anchors().length;
        if (count == 0) {
            return;
        }
        startGrid("anchored-faces");
        startTopology("Triangle", count, 3);
        writeNumbers("Int", 8, count, 3, face -> {
            for (int corner = 0; corner < 3; corner++) {
                write(faces.corners()[3 * face + corner]);
            }
        });
        xml.writeEndElement();
        writeGeometryOfMesh();
        startAttribute("anchor");
        writeNumbers("Int", 4, count, 1, face -> write(faces.anchors()[face]));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void writeInformation(String name, String value) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement("Information");
        xml.writeAttribute("Name", name);
        xml.writeAttribute("Value", value);
    }

    /** The nodes are those of the mesh; XDMF refers to them by a path. */
    private void writeGeometryOfMesh() throws XMLStreamException {
        start("Geometry");
        xml.writeAttribute("Reference", "XML");
        xml.writeCharacters("/Xdmf/Domain/Grid[@Name=\"mesh\"]/Geometry");
        xml.writeEndElement();
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void startGrid(String name) throws XMLStreamException {
        start("Grid");
        xml.writeAttribute("Name", name);
        xml.writeAttribute("GridType", "Uniform");
    }

    private void startTopology(String type, int elements, int nodesPerElement) throws XMLStreamException {
        start("Topology");
        xml.writeAttribute("TopologyType", type);
        xml.writeAttribute("NumberOfElements", Integer.toString(elements));
        xml.writeAttribute("NodesPerElement", Integer.toString(nodesPerElement));
    }

    private void startAttribute(String name) throws XMLStreamException {
        start("Attribute");
        xml.writeAttribute("Name", name);
        xml.writeAttribute("AttributeType", "Scalar");
        xml.writeAttribute("Center", "Cell");
    }

    private void writeNumbers(String type, int bytes, int rows, int columns, Row row) throws XMLStreamException {
        xml.writeStartElement("DataItem");
        xml.writeAttribute("Dimensions", rows + " " + columns);
        xml.writeAttribute("NumberType", type);
        xml.writeAttribute("Precision", Integer.toString(bytes));
        xml.writeAttribute("Format", "XML");
        for (int index = 0; index < rows; index++) {
            xml.writeCharacters("\n");
            row.write(index);
        }
        xml.writeEndElement();
    }

    private void write(int number) throws XMLStreamException {
        xml.writeCharacters(Integer.toString(number));
        xml.writeCharacters(" ");
    }

    private void write(double number) throws XMLStreamException {
        xml.writeCharacters(Double.toString(number));
        xml.writeCharacters(" ");
    }
}
