package org.oncotwin.sdk.conformance.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A bundle's archive, read in two ways: entry by entry from its beginning and through its directory at the end. Programs differ in which of the two they trust, so an archive in which
 * they disagree shows different content to different programs.
 */
final class Archive {

    private final List<String> names;
    private final List<String> directory;
    private final SortedMap<String, byte[]> entries;
    private final Attributes manifest;

    private Archive(
            List<String> names, List<String> directory, SortedMap<String, byte[]> entries, Attributes manifest) {
        this.names = names;
        this.directory = directory;
        this.entries = entries;
        this.manifest = manifest;
    }

    static Archive read(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                entries.putIfAbsent(entry.getName(), in.readAllBytes());
            }
        }
        List<String> directory = new ArrayList<>();
        Attributes manifest = new Attributes();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().forEach(entry -> directory.add(entry.getName()));
            ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    manifest = new Manifest(in).getMainAttributes();
                }
            }
        }
        return new Archive(List.copyOf(names), List.copyOf(directory), entries, manifest);
    }

    /** Names in the order of the file, as often as they are there. */
    List<String> names() {
        return names;
    }

    /** Names in the directory at the end of the file. */
    List<String> directory() {
        return directory;
    }

    /** Content by name; of an entry that is there twice, the first. */
    SortedMap<String, byte[]> entries() {
        return entries;
    }

    /** A header of the manifest. */
    Optional<String> header(String name) {
        return Optional.ofNullable(manifest.getValue(name));
    }
}
