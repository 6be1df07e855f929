package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module of the build.
 *
 * @param name its folder within the checkout, with slashes
 * @param folder the same as a path
 * @param artifact symbolic name of its bundle
 */
record Module(String name, Path folder, String artifact) {

    /** All modules that the root of the build lists, in its order. */
    static List<Module> of(Path checkout) throws IOException {
        List<Module> modules = new ArrayList<>();
        NodeList names = pom(checkout).getElementsByTagName("module");
        for (int i = 0; i < names.getLength(); i++) {
            String name = names.item(i).getTextContent().strip();
            Path folder = checkout.resolve(name);
            modules.add(new Module(name, folder, child(pom(folder).getDocumentElement(), "artifactId")));
        }
        return modules;
    }

    private static Document pom(Path folder) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(folder.resolve("pom.xml").toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(folder.getFileName() + "/pom.xml cannot be read", e);
        }
    }

    private static String child(Element element, String name) throws IOException {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        throw new IOException("A pom.xml has no " + name);
    }
}
