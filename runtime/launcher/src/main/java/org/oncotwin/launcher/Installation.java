package org.oncotwin.launcher;

import java.nio.file.Path;

/**
 * Where things lie on this machine.
 *
 * @param bundles folder of the bundles that features name
 * @param features folder of the features
 * @param shell folder of what the interactive shell reads when it starts
 * @param temporary folder in which each process makes its own cache
 * @param debug whether the framework and the component runtime may write their own log
 */
record Installation(Path bundles, Path features, Path shell, Path temporary, boolean debug) {
    /** The layout of the distribution. */
    static Installation in(Path home, boolean debug) {
        return new Installation(
                home.resolve("bundles"),
                home.resolve("features"),
                home.resolve("shell"),
                Path.of(System.getProperty("java.io.tmpdir")),
                debug);
    }

    /** Reads the feature of that name. */
    Feature feature(String name) throws LaunchException {
        return Feature.read(features.resolve(name + ".json"));
    }
}
