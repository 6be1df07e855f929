package org.oncotwin.casefile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;

/**
 * A case whose file and inputs are kept as contents by their hashes, so that it stays what it was when it was read.
 *
 * @param document SHA-256 of the case file
 * @param inputs SHA-256 of each input file by its name in the case
 */
public record KeptCase(String document, Map<String, String> inputs) {

    /** Contents are named by their hashes, so that the reader would not find the other half of such an image. */
    private static final Pattern HALF = Pattern.compile("(?i).*\\.(hdr|img)(\\.gz)?");

    /** Makes the map immutable. */
    public KeptCase {
        inputs = Map.copyOf(inputs);
    }

    /** Where contents are kept. */
    @FunctionalInterface
    public interface Keeper {
        /** Keeps one, and returns its SHA-256 in hexadecimal. */
        String keep(InputStream content) throws IOException;
    }

    /** Where contents are found. */
    @FunctionalInterface
    public interface Finder {
        /** The file of a content by its SHA-256. */
        Path find(String sha256) throws IOException;
    }

    /**
     * Keeps a case that was read.
     *
     * @throws InvalidInputException if an input is no longer what was read, or an image in two files
     */
    public static KeptCase keep(Case source, Keeper contents) throws IOException {
        Map<String, String> inputs = new TreeMap<>();
        for (InputFile input : source.inputs()) {
            if (HALF.matcher(input.name()).matches()) {
                throw new InvalidInputException(
                        Words.shown(input.name()),
                        "an image in two files cannot be kept; write it as one file, .nii or .nii.gz");
            }
        }
        for (InputFile input : source.inputs()) {
            try (InputStream in = Files.newInputStream(input.path())) {
                inputs.put(input.name(), contents.keep(in));
            }
            if (!inputs.get(input.name()).equals(input.sha256())) {
                throw new InvalidInputException(Words.shown(input.name()), "was changed after it was read");
            }
        }
        byte[] document = source.document().getBytes(StandardCharsets.UTF_8);
        return new KeptCase(contents.keep(new ByteArrayInputStream(document)), inputs);
    }

    /**
     * Reads it again for a part of the plugins that are there.
     *
     * @throws InvalidCaseException with every problem that was found
     */
    public Case read(CaseReader cases, Finder contents, Predicate<PluginIdentity> visible) throws IOException {
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            files.put(input.getKey(), contents.find(input.getValue()));
        }
        return cases.read(contents.find(document), files, visible);
    }
}
