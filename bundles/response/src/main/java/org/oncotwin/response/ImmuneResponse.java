package org.oncotwin.response;

/** Response at a visit by iRECIST (Seymour et al 2017). */
public enum ImmuneResponse {
    /** Complete response. */
    ICR("iCR"),
    /** Partial response. */
    IPR("iPR"),
    /** Stable disease. */
    ISD("iSD"),
    /** Progression that a later visit has to confirm. */
    IUPD("iUPD"),
    /** Confirmed progression. */
    ICPD("iCPD"),
    /** Not evaluable. */
    NE("NE");

    private final String label;

    ImmuneResponse(String label) {
        this.label = label;
    }

    /** As the guideline writes it, such as {@code iUPD}. */
    public String label() {
        return label;
    }
}
