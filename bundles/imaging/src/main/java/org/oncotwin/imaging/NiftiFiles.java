package org.oncotwin.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.oncotwin.api.imaging.ImageException;

/**
 * Where header and voxels lie: in one file, or in a pair {@code .hdr} and {@code .img} (each of them perhaps with {@code .gz}) of
 * which either may be given.
 *
 * @param header file of the header
 * @param data file of the voxels; the same in a single file
 */
record NiftiFiles(Path header, Path data) {

    /** Finds the other file of a pair. */
    static NiftiFiles of(Path file) throws ImageException {
        String name = name(file);
        String plain = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String extension = plain.substring(Math.max(0, plain.length() - 4)).toLowerCase(Locale.ROOT);
        String base = plain.substring(0, Math.max(0, plain.length() - 4));
        if (extension.equals(".hdr")) {
            return new NiftiFiles(file, other(file, name, base, "img", "voxels"));
        } else if (extension.equals(".img")) {
            return new NiftiFiles(other(file, name, base, "hdr", "header"), file);
        }
        return new NiftiFiles(file, file);
    }

    /** True if header and voxels lie in two files. */
    boolean isPair() {
        return !header.equals(data);
    }

    /** Name of a file without its folder. */
    static String name(Path file) throws ImageException {
        Path last = file.getFileName();
        if (last == null || last.toString().isEmpty()) {
            throw new ImageException("an image file needs a name");
        }
        return last.toString();
    }

    private static Path other(Path file, String name, String base, String extension, String content)
            throws ImageException {
        String upper = extension.toUpperCase(Locale.ROOT);
        boolean compressed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
        String[] suffixes = compressed
                ? new String[] {extension + ".gz", extension, upper + ".GZ", upper}
                : new String[] {extension, extension + ".gz", upper, upper + ".GZ"};
        for (String suffix : suffixes) {
            Path candidate = file.resolveSibling(base + "." + suffix);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        if (!Files.exists(file)) {
            throw Refusal.of(name, "does not exist");
        }
        throw Refusal.of(
                name,
                "the file with its " + content + " (magic 'ni1') is missing, allowed: " + base + "." + extension
                        + " or " + base + "." + extension + ".gz beside it");
    }
}
