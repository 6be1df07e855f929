package org.oncotwin.drug.library;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;

/** Files of a folder of this bundle, laid out in its data area, so that they are read like those of a site. */
final class LaidOutFiles {

    private static final String ENDING = ".json";

    private LaidOutFiles() {}

    /**
     * Copies the files of a folder out of the bundle.
     *
     * @return where each lies, by its name without ending
     * @throws UncheckedIOException if they cannot be written
     */
    static SortedMap<String, Path> of(BundleContext context, String folder) {
        File area = context.getDataFile(folder);
        Enumeration<URL> entries = context.getBundle().findEntries(folder, "*" + ENDING, false);
        if (area == null || entries == null) {
            throw new IllegalStateException(
                    area == null ? "the framework has no place for files of bundles" : "this bundle has no " + folder);
        }
        SortedMap<String, Path> copied = new TreeMap<>();
        for (URL entry : Collections.list(entries)) {
            String path = entry.getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            copied.put(name.substring(0, name.length() - ENDING.length()), copy(entry, area.toPath(), name));
        }
        return Collections.unmodifiableSortedMap(copied);
    }

    /** Writes beside the place and moves there, so that whoever reads meanwhile sees a whole file. */
    private static Path copy(URL entry, Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, name, ".part");
            try (InputStream content = entry.openStream()) {
                Files.copy(content, beside, StandardCopyOption.REPLACE_EXISTING);
                return Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " cannot be laid out", e);
        }
    }
}
