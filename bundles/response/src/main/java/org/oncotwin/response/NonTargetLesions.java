package org.oncotwin.response;

/** The lesions at a visit that are followed without being measured. */
public enum NonTargetLesions {
    /** There were none at baseline, or all are gone and lymph nodes below 10 mm. */
    ABSENT,
    /** Some are there, without unequivocal progression. */
    PRESENT,
    /** Unequivocal progression, with no increase since the visit before. */
    PROGRESSED,
    /** Unequivocal progression that began at this visit, or a further increase of any size since the visit before. */
    INCREASED,
    /** Not assessed. */
    NOT_EVALUATED;

    boolean progressive() {
        return this == PROGRESSED || this == INCREASED;
    }
}
