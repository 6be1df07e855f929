package org.oncotwin.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.oncotwin.api.export.ExportTarget;
import org.oncotwin.casefile.RunFolder;

/** Files of exporters in a folder in the making, each with its SHA-256. */
final class HashedFiles {
    private final RunFolder folder;
    private final SortedMap<String, String> hashes = new TreeMap<>();

    HashedFiles(RunFolder folder) {
        this.folder = folder;
    }

    /** Files in a folder of that folder. */
    ExportTarget under(String place) {
        return path -> {
            String full = place + "/" + path;
            MessageDigest digest = sha256();
            return new FilterOutputStream(new DigestOutputStream(folder.create(full), digest)) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    super.close();
                    // Closing twice does not hash twice.
                    hashes.computeIfAbsent(full, none -> HexFormat.of().formatHex(digest.digest()));
                }
            };
        };
    }

    /** SHA-256 by path, sorted. */
    SortedMap<String, String> hashes() {
        return Collections.unmodifiableSortedMap(hashes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
