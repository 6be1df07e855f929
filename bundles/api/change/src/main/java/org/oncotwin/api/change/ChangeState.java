package org.oncotwin.api.change;

/** How a change stands. */
public enum ChangeState {
    /** Its bundle is genuine and it lies within the plan. */
    PROPOSED,
    /** It passed the protocol; signatures are wanted. */
    VERIFIED,
    /** It did not pass the protocol. */
    FAILED,
    /** It is being put in place; after a crash this is carried on. */
    PROMOTING,
    /** It is in place and watched. */
    WATCHING,
    /** It is in place for good. */
    ACCEPTED,
    /** It is being taken back; after a crash this is carried on. */
    ROLLING_BACK,
    /** It was taken back. */
    ROLLED_BACK
}
