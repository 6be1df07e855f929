package org.oncotwin.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/** How the framework is set up. */
final class FrameworkProperties {
    /**
     * Packages that bundles take from the class path of the launcher. The launcher talks to Configuration Admin and to the
     * component runtime; both sides must then mean the same classes. The versions are those of the jars on the class path.
     */
    static final Map<String, String> SHARED_PACKAGES = Map.of(
            "org.osgi.service.cm", "1.6.1",
            "org.osgi.service.component", "1.5.1",
            "org.osgi.service.component.propertytypes", "1.5",
            "org.osgi.service.component.runtime", "1.5",
            "org.osgi.service.component.runtime.dto", "1.5",
            "org.osgi.util.function", "1.2",
            "org.osgi.util.promise", "1.3.0");

    private FrameworkProperties() {}

    static Map<String, String> of(Path cache, Path shell, boolean check, boolean debug) {
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, sharedPackages());
        properties.put("gosh.home", shell.toString());
        if (check) {
            // Whoever is asked whether all is well does not talk to the shell, which would stop the framework when it
            // finds nobody.
            properties.put("gosh.args", "--nointeractive");
        }
        // A class comes from the JDK only if its package is imported or starts with java: nothing works by accident.
        properties.put("felix.bootdelegation.implicit", "false");
        // The launcher itself reports what is wrong, in one line. The logs of others are for those who ask for them.
        properties.put("felix.log.level", debug ? "2" : "0");
        properties.put("ds.loglevel", debug ? "2" : "1");
        properties.put("ds.log.enabled", Boolean.toString(debug));
        return properties;
    }

    private static String sharedPackages() {
        StringBuilder header = new StringBuilder();
        SHARED_PACKAGES.forEach((name, version) -> header.append(header.isEmpty() ? "" : ",")
                .append(name)
                .append(";version=\"")
                .append(version)
                .append('"'));
        return header.toString();
    }
}
