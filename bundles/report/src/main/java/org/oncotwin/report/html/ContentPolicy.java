package org.oncotwin.report.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Tells the browser to load nothing and to run only the scripts that the page came with (Content Security Policy Level 3). */
final class ContentPolicy {

    private ContentPolicy() {}

    /** A policy that allows inline scripts with exactly these texts. */
    static String allowing(List<String> scripts) {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
                + scripts.stream().map(ContentPolicy::source).collect(Collectors.joining(" "));
    }

    private static String source(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
