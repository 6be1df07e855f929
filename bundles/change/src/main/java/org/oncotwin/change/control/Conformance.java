package org.oncotwin.change.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.store.ContentStore;

/**
 * The conformance report that lay beside a bundle when it was proposed, as the site keeps it.
 *
 * @param report SHA-256 of the report
 * @param signature SHA-256 of its signature
 */
record Conformance(String report, String signature) {

    private static final String REPORT = "conformance/report.json";

    /**
     * Keeps the report of a bundle, {@value #REPORT} beside it, with its signature.
     *
     * @throws ChangeRefusedException if one of them is missing
     */
    static Conformance keep(Path bundle, ContentStore contents) throws IOException {
        Path report = bundle.toAbsolutePath().resolveSibling(REPORT);
        Path signature = report.resolveSibling(report.getFileName() + ".sig");
        if (!Files.exists(report) || !Files.exists(signature)) {
            throw new ChangeRefusedException("the plan asks for a signed conformance report, and " + REPORT
                    + " and its .sig do not lie beside " + bundle.getFileName()
                    + "; the build of a plugin with the SDK writes them");
        }
        try (InputStream text = Files.newInputStream(report);
                InputStream signed = Files.newInputStream(signature)) {
            return new Conformance(contents.put(text), contents.put(signed));
        }
    }
}
