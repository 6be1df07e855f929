package org.oncotwin.api.account;

/** What a signature means (21 CFR 11.50(a)(3)). */
public enum Meaning {
    /** The signer made the record. */
    AUTHORSHIP("authorship"),
    /** The signer examined the record. */
    REVIEW("review"),
    /** The signer agrees to what the record says. */
    APPROVAL("approval"),
    /** The signer answers for what the record says. */
    RESPONSIBILITY("responsibility");

    private final String words;

    Meaning(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }
}
