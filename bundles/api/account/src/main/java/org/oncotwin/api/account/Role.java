package org.oncotwin.api.account;

/** What an account may do. */
public enum Role {
    /** Manages accounts. */
    ADMINISTRATOR("manages accounts"),
    /** Configures combinations, runs studies and proposes changes. */
    SITE("configures combinations, runs studies and proposes changes"),
    /** Approves plans and changes and promotes them. */
    REGULATORY("approves and promotes changes"),
    /** Signs as one who has judged a change clinically. */
    CLINICAL("judges changes clinically"),
    /** Reads everything and changes nothing. */
    INSPECTOR("reads everything");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }
}
