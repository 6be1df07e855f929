package org.oncotwin.export.paraview;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.oncotwin.api.twin.Affine;
import org.oncotwin.api.twin.Grid;
import org.oncotwin.api.twin.SimulationTime;

/**
 * VTK XML image data. A point of the image is the centre of a voxel, so that origin, spacing and direction are those of the affine: VTK computes
 * {@code origin + direction * diag(spacing) * (i, j, k)}. Columns of the direction are the unit vectors of the index axes; left-handed and sheared
 * affines are kept as they are.
 */
final class ImageDataFile {

    private ImageDataFile() {}

    /**
     * Writes an image.
     *
     * @param out not closed
     * @param time when; {@code null} for what does not change
     */
    static void write(OutputStream out, Grid grid, SimulationTime time, List<ImageArray> arrays) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(buffered, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("VTKFile");
            xml.writeAttribute("type", "ImageData");
            xml.writeAttribute("version", "1.0");
            xml.writeAttribute("byte_order", "LittleEndian");
            xml.writeAttribute("header_type", "UInt64");
            xml.writeAttribute("compressor", "vtkZLibDataCompressor");
            writeImage(xml, grid, time, arrays);
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("an image could not be written", e);
        }
        buffered.flush();
    }

    private static void writeImage(XMLStreamWriter xml, Grid grid, SimulationTime time, List<ImageArray> arrays)
            throws XMLStreamException, IOException {
        String extent = "0 " + (grid.nx() - 1) + " 0 " + (grid.ny() - 1) + " 0 " + (grid.nz() - 1);
        Affine affine = grid.affine();
        xml.writeStartElement("ImageData");
        xml.writeAttribute("WholeExtent", extent);
        xml.writeAttribute("Origin", affine.get(0, 3) + " " + affine.get(1, 3) + " " + affine.get(2, 3));
        xml.writeAttribute("Spacing", grid.spacing(0) + " " + grid.spacing(1) + " " + grid.spacing(2));
        xml.writeAttribute("Direction", direction(affine));
        if (time != null) {
            xml.writeStartElement("FieldData");
            xml.writeStartElement("DataArray");
            xml.writeAttribute("type", "Float64");
            xml.writeAttribute("Name", "TimeValue");
            xml.writeAttribute("NumberOfTuples", "1");
            xml.writeAttribute("format", "ascii");
            xml.writeCharacters(Double.toString(time.days()));
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeStartElement("Piece");
        xml.writeAttribute("Extent", extent);
        xml.writeStartElement("PointData");
        if (!arrays.isEmpty()) {
            xml.writeAttribute("Scalars", arrays.get(0).name());
        }
        for (ImageArray array : arrays) {
            writeArray(xml, array);
        }
        xml.writeEndElement();
        xml.writeEmptyElement("CellData");
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void writeArray(XMLStreamWriter xml, ImageArray array) throws XMLStreamException, IOException {
        CompressedData data = CompressedData.of(array);
        xml.writeStartElement("DataArray");
        xml.writeAttribute("type", array.type());
        xml.writeAttribute("Name", array.name());
        xml.writeAttribute("format", "binary");
        xml.writeCharacters(Base64.getEncoder().encodeToString(data.header()));
        try (OutputStream encoded = Base64.getEncoder().wrap(new TextStream(xml))) {
            data.writeBlocks(encoded);
        }
        if (!array.unit().isEmpty()) {
            // Behind the numbers: VTK reads inline data from the start of the element to the next tag.
            xml.writeStartElement("InformationKey");
            xml.writeAttribute("name", "UNITS_LABEL");
            xml.writeAttribute("location", "vtkDataArray");
            xml.writeCharacters(array.unit());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String direction(Affine affine) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                text.append(text.isEmpty() ? "" : " ").append(affine.get(row, column) / affine.spacing(column));
            }
        }
        return text.toString();
    }

    /** Text of an element, given as ASCII bytes. */
    private static final class TextStream extends OutputStream {

        private final XMLStreamWriter xml;

        TextStream(XMLStreamWriter xml) {
            this.xml = xml;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                xml.writeCharacters(new String(bytes, from, length, StandardCharsets.US_ASCII));
            } catch (XMLStreamException e) {
                throw new IOException("an image could not be written", e);
            }
        }
    }
}
