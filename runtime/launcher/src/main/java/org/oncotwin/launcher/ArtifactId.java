package org.oncotwin.launcher;

/**
 * Coordinates of a bundle as an OSGi Feature writes them: {@code group:artifact[:type[:classifier]]:version}.
 *
 * @param group Maven group
 * @param artifact Maven artifact
 * @param type file type, {@code jar} unless said otherwise
 * @param classifier classifier, empty if there is none
 * @param version Maven version
 */
record ArtifactId(String group, String artifact, String type, String classifier, String version) {
    /**
     * Reads coordinates.
     *
     * @throws IllegalArgumentException if the text does not have three to five parts, or a part is empty
     */
    static ArtifactId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 3 || parts.length > 5) {
            throw new IllegalArgumentException(wrong(text));
        }
        for (String part : parts) {
            // A part becomes a piece of a file name: it must not lead out of the folder.
            if (part.isBlank() || part.contains("/") || part.contains("\\")) {
                throw new IllegalArgumentException(wrong(text));
            }
        }
        String type = parts.length > 3 ? parts[2] : "jar";
        String classifier = parts.length > 4 ? parts[3] : "";
        return new ArtifactId(parts[0], parts[1], type, classifier, parts[parts.length - 1]);
    }

    private static String wrong(String text) {
        return "'" + text + "' is not group:artifact[:type[:classifier]]:version";
    }

    /** Name of the file in a folder of bundles. */
    String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
    }
}
