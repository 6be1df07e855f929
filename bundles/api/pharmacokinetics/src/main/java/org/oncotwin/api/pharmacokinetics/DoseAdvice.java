package org.oncotwin.api.pharmacokinetics;

/** What to do with the next dose; the later one is the stronger one. */
public enum DoseAdvice {
    /** Give it as planned. */
    CONTINUE("continue"),
    /** Give less. */
    REDUCE("reduce"),
    /** Wait until the finding is gone. */
    HOLD("hold"),
    /** Give the drug no more. */
    STOP("stop");

    private final String word;

    DoseAdvice(String word) {
        this.word = word;
    }

    /** The word in drug files and reports. */
    public String word() {
        return word;
    }
}
