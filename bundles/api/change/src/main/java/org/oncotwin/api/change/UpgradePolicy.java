package org.oncotwin.api.change;

/** What becomes of a study when a plugin that it uses is changed. */
public enum UpgradePolicy {
    /** It ends on the version that it began with. */
    PIN,
    /** It moves to the new version at its next safe point. */
    MIGRATE
}
