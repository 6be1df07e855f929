package org.oncotwin.change.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.VersionRange;

/** Checks of the parts of a plan. */
final class Checks {

    private Checks() {}

    static void notBlank(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }

    static void notEmpty(String what, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty; allowed is one or more");
        }
    }

    static void distinct(String what, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(what + " has '" + name + "' twice");
        });
    }

    static void sha256(String what, String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "'; allowed is a SHA-256 in 64 lower-case hexadecimal digits");
        }
    }

    static void versionRange(String what, String text) {
        boolean empty;
        try {
            empty = new VersionRange(text).isEmpty();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "', which is not a version range; write for example [1.0,2)", e);
        }
        if (empty) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "', in which no version is; write for example [1.0,2)");
        }
    }
}
