package org.oncotwin.sdk.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the build of a plugin tells the kit, by system properties that the SDK's parent POM sets.
 *
 * <ul>
 *   <li>{@value #BUNDLE}: the built bundle;
 *   <li>{@value #CASES}: the folder with its cases;
 *   <li>{@value #REPORT}: the folder that the report goes into; without it none is written.
 * </ul>
 */
public final class ConformanceBuild {

    /** Property with the built bundle. */
    public static final String BUNDLE = "oncotwin.conformance.bundle";

    /** Property with the folder of cases. */
    public static final String CASES = "oncotwin.conformance.cases";

    /** Property with the folder of the report. */
    public static final String REPORT = "oncotwin.conformance.report";

    private ConformanceBuild() {}

    /**
     * The built bundle.
     *
     * @throws IllegalStateException if the build names none or it is not there
     */
    public static Path bundle() {
        Path jar = required(BUNDLE);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(BUNDLE + ": " + jar.getFileName() + " is not there; build it first");
        }
        return jar;
    }

    /**
     * The folder with the cases; it need not be there.
     *
     * @throws IllegalStateException if the build names none
     */
    public static Path cases() {
        return required(CASES);
    }

    /** The folder that the report goes into, if the build wants one. */
    public static Optional<Path> report() {
        return optional(REPORT);
    }

    private static Optional<Path> optional(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Path required(String property) {
        return optional(property)
                .orElseThrow(() -> new IllegalStateException(
                        property + " is missing; the parent POM org.oncotwin.sdk.parent sets it"));
    }
}
