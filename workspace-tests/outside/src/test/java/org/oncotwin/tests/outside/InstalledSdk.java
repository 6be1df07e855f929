package org.oncotwin.tests.outside;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A local Maven repository in which the SDK is installed and nothing else of OncoTwin, laid over that of this build: libraries are shared. Installed is what is reachable from the SDK's
 * parent POM and from the archetypes by dependencies and parents; if anything that outside projects need were not, they could not be built.
 */
final class InstalledSdk {

    private static final String GROUP = "org.oncotwin";
    private static final List<String> ENTRANCES = List.of(
            "org.oncotwin.sdk.parent",
            "org.oncotwin.sdk.archetype.growth.model",
            "org.oncotwin.sdk.archetype.treatment",
            "org.oncotwin.sdk.archetype.exporter",
            "org.oncotwin.sdk.archetype.pharmacokinetics",
            "org.oncotwin.sdk.archetype.toxicity");

    private final Path repository;
    private final String version;

    private InstalledSdk(Path repository, String version) {
        this.repository = repository;
        this.version = version;
    }

    /** Installs into a folder, anew. */
    static InstalledSdk into(Path repository, Path localRepository, Path checkout, String version) throws Exception {
        delete(repository);
        link(localRepository, repository, "org");
        link(localRepository.resolve("org"), repository.resolve("org"), "oncotwin");
        InstalledSdk sdk = new InstalledSdk(repository, version);
        sdk.install(modules(checkout));
        return sdk;
    }

    Path repository() {
        return repository;
    }

    private void install(Map<String, Path> modules) throws Exception {
        Deque<String> next = new ArrayDeque<>(ENTRANCES);
        Set<String> done = new HashSet<>();
        while (!next.isEmpty()) {
            String artifact = next.remove();
            if (!done.add(artifact)) {
                continue;
            }
            Path pom = modules.get(artifact);
            if (pom == null) {
                throw new IllegalStateException("the SDK needs " + artifact + ", which is no module");
            }
            Path folder = Files.createDirectories(repository
                    .resolve(GROUP.replace('.', '/'))
                    .resolve(artifact)
                    .resolve(version));
            Files.copy(pom, folder.resolve(artifact + "-" + version + ".pom"));
            Path jar = pom.resolveSibling("target").resolve(artifact + "-" + version + ".jar");
            if (Files.exists(jar)) {
                Files.copy(jar, folder.resolve(artifact + "-" + version + ".jar"));
            }
            next.addAll(needs(pom));
        }
    }

    /** Artifacts of this build that a POM names as parent, as dependency that its users inherit, or, if it is the parent of plugins, as dependency at all. */
    private static Set<String> needs(Path pom) throws Exception {
        Set<String> names = new HashSet<>();
        Element project = parse(pom).getDocumentElement();
        child(project, "parent").ifPresent(parent -> names.add(text(parent, "artifactId")));
        boolean forPlugins = text(project, "artifactId").equals("org.oncotwin.sdk.parent");
        child(project, "dependencies").ifPresent(dependencies -> children(dependencies)
                .filter(dependency -> text(dependency, "groupId").equals(GROUP))
                .filter(dependency -> forPlugins || !Set.of("test", "provided").contains(text(dependency, "scope")))
                .forEach(dependency -> names.add(text(dependency, "artifactId"))));
        if (forPlugins) {
            names.add("org.oncotwin.sdk.bom");
        }
        if (text(project, "artifactId").equals("org.oncotwin.sdk.bom")) {
            Element managed = child(child(project, "dependencyManagement").orElseThrow(), "dependencies")
                    .orElseThrow();
            children(managed)
                    .filter(dependency -> text(dependency, "groupId").equals(GROUP))
                    .forEach(dependency -> names.add(text(dependency, "artifactId")));
        }
        return names;
    }

    private static Map<String, Path> modules(Path checkout) throws Exception {
        Map<String, Path> modules = new HashMap<>();
        Path root = checkout.resolve("pom.xml");
        Element project = parse(root).getDocumentElement();
        modules.put(text(project, "artifactId"), root);
        for (Element module : children(child(project, "modules").orElseThrow()).toList()) {
            Path pom = checkout.resolve(module.getTextContent().trim()).resolve("pom.xml");
            modules.put(text(parse(pom).getDocumentElement(), "artifactId"), pom);
        }
        return modules;
    }

    static Document parse(Path pom) throws ParserConfigurationException, IOException, SAXException {
        File file = pom.toFile();
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
    }

    static Stream<Element> children(Element element) {
        Stream.Builder<Element> found = Stream.builder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                found.add(child);
            }
        }
        return found.build();
    }

    static Optional<Element> child(Element element, String name) {
        return children(element).filter(c -> c.getTagName().equals(name)).findFirst();
    }

    static String text(Element element, String name) {
        return child(element, name).map(c -> c.getTextContent().trim()).orElse("");
    }

    private static void link(Path base, Path layer, String except) throws IOException {
        Files.createDirectories(layer);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(base)) {
            for (Path child : children) {
                if (!child.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(layer.resolve(child.getFileName()), child);
                }
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        // Links are deleted, not followed.
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
