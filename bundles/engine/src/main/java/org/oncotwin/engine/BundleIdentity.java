package org.oncotwin.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/** What a bundle is, to the bit, wherever it was installed from. */
final class BundleIdentity {

    private BundleIdentity() {}

    /** SHA-256 over the sorted names of all files of a bundle and the SHA-256 of each, in hexadecimal. */
    static String sha256(Bundle bundle) {
        Enumeration<URL> entries = bundle.findEntries("/", "*", true);
        Map<String, URL> files = new TreeMap<>();
        if (entries != null) {
            for (URL url : Collections.list(entries)) {
                if (!url.getPath().endsWith("/")) {
                    files.put(url.getPath(), url);
                }
            }
        }
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[1 << 16];
        files.forEach(
                (name, url) -> { // The hash of each file, which has one length, so that nothing can be moved between a
                    // file and the next.
                    MessageDigest content = Hashes.sha256();
                    try (InputStream in = url.openStream()) {
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            content.update(buffer, 0, n);
                        }
                        digest.update(
                                (name + "\n" + Hashes.hexadecimal(content) + "\n").getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException("bundle " + bundle.getSymbolicName() + " cannot be read", e);
                    }
                });
        return Hashes.hexadecimal(digest);
    }
}
