package org.oncotwin.sdk.conformance.manifest;

/** What the kit asks of a built bundle. */
public enum BundleRule {
    /** A symbolic name and a version that says more than its qualifier. */
    IDENTITY(
            "the bundle has a symbolic name, and a version above 0.0.0 whose numbers, not whose qualifier, tell versions apart"),
    /** No package is exported. */
    NOTHING_EXPORTED("a plugin exports no package: others meet it through its services alone"),
    /** Imports are contracts, the JDK and numerics. */
    IMPORTS(
            "a plugin imports the contracts, the JDK, numerics and nothing else, the contracts with a range of versions that ends"),
    /** A capability for its kind. */
    CAPABILITY("a plugin declares what it is by the capability of its kind"),
    /** A component behind the capability. */
    COMPONENT("a plugin has a component of Declarative Services with the service of its kind"),
    /** No ties behind the resolver's back. */
    NO_OTHER_TIES("nothing ties the bundle to others, or starts code, but imports, capabilities and components"),
    /** Java 17 class files. */
    BYTE_CODE("all class files are of Java 17 or older, without preview features"),
    /** Archive is clean. */
    ARCHIVE("every entry of the archive is there once, lies within the archive, and is the same for every reader"),
    /** Results come from the case alone. */
    NO_CLOCK("nothing asks for the time of day or for random numbers of its own: a result comes from the case alone");

    private final String title;

    BundleRule(String title) {
        this.title = title;
    }

    /** The rule in a sentence. */
    public String title() {
        return title;
    }
}
