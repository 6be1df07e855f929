package org.oncotwin.export.fenics;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.oncotwin.api.mesh.TetrahedralMesh;
import org.oncotwin.api.scene.Anchor;
import org.oncotwin.api.scene.Scene;
import org.oncotwin.api.scene.Tissue;

/** Writes the mesh, its tissues and its held faces as three grids of one file, with the names by which dolfinx asks for them. Numbers are text that reads back to the same bits. */
final class XdmfWriter {

    private final Scene scene;
    private final TetrahedralMesh mesh;
    private XMLStreamWriter xml;

    XdmfWriter(Scene scene) {
        this.scene = scene;
        this.mesh = scene.mesh();
    }

    void write(OutputStream out) throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        open("Xdmf", "Version", "3.0");
        open("Domain");
        mesh();
        tissues();
        held();
        close();
        close();
        xml.writeEndDocument();
        xml.flush();
    }

    private void mesh() throws XMLStreamException {
        open("Grid", "Name", "mesh", "GridType", "Uniform");
        tetrahedra();
        open("Geometry", "GeometryType", "XYZ");
        data(
                mesh.nodes(),
                3,
                "Float",
                node -> mesh.coordinate(node, 0) + " " + mesh.coordinate(node, 1) + " " + mesh.coordinate(node, 2));
        close();
        Tissue[] byRegion = new Tissue[TetrahedralMesh.LARGEST_REGION + 1];
        scene.tissues().forEach(tissue -> byRegion[tissue.region()] = tissue);
        cells("youngs_modulus", t -> byRegion[mesh.region(t)].material().youngsModulus());
        cells("poissons_ratio", t -> byRegion[mesh.region(t)].material().poissonsRatio());
        cells("density", t -> byRegion[mesh.region(t)].material().density());
        close();
    }

    private void tetrahedra() throws XMLStreamException {
        open(
                "Topology",
                "TopologyType",
                "Tetrahedron",
                "NumberOfElements",
                Integer.toString(mesh.tetrahedra()),
                "NodesPerElement",
                "4");
        data(
                mesh.tetrahedra(),
                4,
                "Int",
                t -> mesh.corner(t, 0) + " " + mesh.corner(t, 1) + " " + mesh.corner(t, 2) + " " + mesh.corner(t, 3));
        close();
    }

    private void cells(String name, IntToDoubleFunction value) throws XMLStreamException {
        open("Attribute", "Name", name, "AttributeType", "Scalar", "Center", "Cell");
        data(mesh.tetrahedra(), 1, "Float", t -> Double.toString(value.applyAsDouble(t)));
        close();
    }

    private void tissues() throws XMLStreamException {
        open("Grid", "Name", "tissues", "GridType", "Uniform");
        tetrahedra();
        open("Attribute", "Name", "tissues", "AttributeType", "Scalar", "Center", "Cell");
        data(mesh.tetrahedra(), 1, "Int", t -> Integer.toString(mesh.region(t)));
        close();
        close();
    }

    /** Outer faces of which all corners are held by one anchor, with its place in the list from 1. */
    private void held() throws XMLStreamException {
        int[] anchorOf = new int[mesh.nodes()];
        for (int n = 0; n < scene.anchors().size(); n++) {
            Anchor anchor = scene.anchors().get(n);
            int number = n + 1;
            anchor.nodes().forEach(node -> anchorOf[node] = number);
        }
        int[] outer = mesh.outerFaces();
        int[] faces = new int[outer.length];
        int count = 0;
        for (int f = 0; f < outer.length; f += 3) {
            int anchor = anchorOf[outer[f]];
            if (anchor > 0 && anchorOf[outer[f + 1]] == anchor && anchorOf[outer[f + 2]] == anchor) {
                System.arraycopy(outer, f, faces, 3 * count, 3);
                count++;
            }
        }
        if (count == 0) {
            return;
        }
        int[] kept = Arrays.copyOf(faces, 3 * count);
        open("Grid", "Name", "held", "GridType", "Uniform");
        open(
                "Topology",
                "TopologyType",
                "Triangle",
                "NumberOfElements",
                Integer.toString(count),
                "NodesPerElement",
                "3");
        data(count, 3, "Int", f -> kept[3 * f] + " " + kept[3 * f + 1] + " " + kept[3 * f + 2]);
        close();
        open("Attribute", "Name", "held", "AttributeType", "Scalar", "Center", "Cell");
        data(count, 1, "Int", f -> Integer.toString(anchorOf[kept[3 * f]]));
        close();
        close();
    }

    private void data(int rows, int columns, String type, IntFunction<String> row) throws XMLStreamException {
        xml.writeStartElement("DataItem");
        xml.writeAttribute("Dimensions", rows + " " + columns);
        xml.writeAttribute("NumberType", type);
        xml.writeAttribute("Precision", "8");
        xml.writeAttribute("Format", "XML");
        line();
        for (int n = 0; n < rows; n++) {
            xml.writeCharacters(row.apply(n));
            line();
        }
        close();
    }

    private void open(String element, String... attributes) throws XMLStreamException {
        xml.writeStartElement(element);
        for (int n = 0; n < attributes.length; n += 2) {
            xml.writeAttribute(attributes[n], attributes[n + 1]);
        }
        line();
    }

    private void close() throws XMLStreamException {
        xml.writeEndElement();
        line();
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
