package org.oncotwin.export.paraview;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** ParaView collection: which file holds what time. */
final class CollectionFile {

    private CollectionFile() {}

    /**
     * A file of the collection.
     *
     * @param days time in days
     * @param part 0, or counted on where one time has images on several grids
     * @param file name of the image
     */
    record Entry(double days, int part, String file) {}

    /** Writes a collection; {@code out} is not closed. */
    static void write(OutputStream out, List<Entry> entries) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("VTKFile");
            xml.writeAttribute("type", "Collection");
            xml.writeAttribute("version", "1.0");
            xml.writeAttribute("byte_order", "LittleEndian");
            xml.writeStartElement("Collection");
            for (Entry entry : entries) {
                xml.writeCharacters("\n");
                xml.writeEmptyElement("DataSet");
                xml.writeAttribute("timestep", Double.toString(entry.days()));
                xml.writeAttribute("part", Integer.toString(entry.part()));
                xml.writeAttribute("file", entry.file());
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the collection could not be written", e);
        }
    }
}
