package org.oncotwin.api.plugin;

/**
 * Which plugin it was, to the bit.
 *
 * @param kind what it is for
 * @param id its id
 * @param version version of its bundle
 * @param bundle symbolic name of its bundle
 * @param sha256 hash of the content of its bundle, in hexadecimal
 */
public record PluginIdentity(PluginKind kind, String id, String version, String bundle, String sha256) {

    @Override
    public String toString() {
        return id + " " + version;
    }
}
