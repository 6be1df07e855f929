package org.oncotwin.api.pharmacokinetics;

/** How a drug is given. */
public enum Route {
    /** Into a vein. */
    INTRAVENOUS("intravenous"),
    /** By mouth. */
    ORAL("oral");

    private final String word;

    Route(String word) {
        this.word = word;
    }

    /** The word in case and drug files. */
    public String word() {
        return word;
    }
}
