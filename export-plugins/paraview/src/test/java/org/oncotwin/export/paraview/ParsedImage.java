package org.oncotwin.export.paraview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An image read back without VTK, by what the format says. */
final class ParsedImage {

    private final Document document;

    private ParsedImage(Document document) {
        this.document = document;
    }

    static ParsedImage read(Path file) throws IOException {
        return new ParsedImage(document(file));
    }

    static Document document(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    Element root() {
        return document.getDocumentElement();
    }

    Element image() {
        return (Element) document.getElementsByTagName("ImageData").item(0);
    }

    double[] numbers(String attribute) {
        return Arrays.stream(image().getAttribute(attribute).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    Element array(String name) {
        NodeList arrays = document.getElementsByTagName("DataArray");
        for (int n = 0; n < arrays.getLength(); n++) {
            Element array = (Element) arrays.item(n);
            if (array.getAttribute("Name").equals(name)) {
                return array;
            }
        }
        throw new IllegalArgumentException("no array " + name);
    }

    /** The bytes of an array after base64 and zlib, little endian. */
    ByteBuffer bytes(String name) throws DataFormatException {
        String text = array(name).getFirstChild().getNodeValue();
        long blocks = ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(0, 12)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        int headerBytes = (int) (8 * (3 + blocks));
        int headerText = (headerBytes + 2) / 3 * 4;
        ByteBuffer header = ByteBuffer.wrap(Base64.getDecoder().decode(text.substring(0, headerText)))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] packed = Base64.getDecoder().decode(text.substring(headerText));
        int from = 0;
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (int block = 0; block < blocks; block++) {
            int length = (int) header.getLong(8 * (3 + block));
            boolean last = block == blocks - 1;
            long expected = last && header.getLong(16) > 0 ? header.getLong(16) : header.getLong(8);
            byte[] raw = new byte[(int) expected + 1];
            Inflater inflater = new Inflater();
            inflater.setInput(packed, from, length);
            int inflated = inflater.inflate(raw);
            if (inflated != expected || !inflater.finished()) {
                throw new DataFormatException("block " + block + " has " + inflated + " bytes, not " + expected);
            }
            inflater.end();
            values.write(raw, 0, inflated);
            from += length;
        }
        if (from != packed.length) {
            throw new DataFormatException(packed.length - from + " bytes behind the last block");
        }
        return ByteBuffer.wrap(values.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
