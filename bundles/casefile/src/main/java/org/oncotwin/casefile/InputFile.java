package org.oncotwin.casefile;

import java.nio.file.Path;

/**
 * A file that a case names.
 *
 * @param name path as written in the case; the file name alone if that path is absolute
 * @param path where it lies
 * @param sha256 hash of its content, in hexadecimal
 * @param storedAs where its copy goes in a run folder: relative, with forward slashes
 */
public record InputFile(String name, Path path, String sha256, String storedAs) {
    /** The names alone, without the folders of this machine. */
    @Override
    public String toString() {
        return name;
    }
}
