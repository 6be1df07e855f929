package org.oncotwin.casefile;

/**
 * Copy of an input file in a run folder.
 *
 * @param name its name in the case
 * @param file where it lies in the run folder: relative, with forward slashes
 * @param sha256 hash of its content, in hexadecimal
 */
public record StoredInput(String name, String file, String sha256) {}
