package org.oncotwin.api.scene;

/** Names of what is in a scene: they become names of prims, bodies and files. */
final class Names {

    private Names() {}

    static void check(String what, String name) {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > 64) {
            throw new IllegalArgumentException("the name of " + what + " is '" + name
                    + "'; allowed are lower-case words joined by hyphens, a letter first, at most 64 characters");
        }
    }
}
