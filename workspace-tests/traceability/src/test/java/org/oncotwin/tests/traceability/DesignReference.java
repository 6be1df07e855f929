package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the documentation: a file of the checkout and one of its headings. */
final class DesignReference {

    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");

    private DesignReference() {}

    /** Why a reference leads nowhere, if it does. */
    static Optional<String> problem(Path checkout, String reference) throws IOException {
        int hash = reference.indexOf('#');
        Path file = checkout.resolve(reference.substring(0, hash));
        if (!Files.isRegularFile(file)) {
            return Optional.of("the design " + reference + " names no file");
        }
        Set<String> anchors = anchors(Files.readString(file));
        return anchors.contains(reference.substring(hash + 1))
                ? Optional.empty()
                : Optional.of("the design " + reference + " names no heading; there are " + String.join(", ", anchors));
    }

    /** The anchors of all headings of a page, as code hosts make them. */
    static Set<String> anchors(String markdown) {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        boolean code = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                code = !code;
            }
            Matcher heading = HEADING.matcher(line);
            if (!code && heading.matches()) {
                String anchor = heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-');
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }
}
