package org.oncotwin.cli.site;

/** What a frame is for. Its number goes over the wire and never changes. */
enum FrameType {
    /** From the process that holds the site, first: its version of the protocol and its number. */
    HELLO(1),
    /** From the client: the command. */
    REQUEST(2),
    /** Standard output of the command. */
    OUT(3),
    /** Standard error of the command. */
    ERR(4),
    /** Something that the person must be asked. */
    QUESTION(5),
    /** What the person answered. */
    ANSWER(6),
    /** The client is to keep the token of a session; an empty one is to be forgotten. */
    SESSION(7),
    /** From the client: the command is to stop. */
    CANCEL(8),
    /** The exit code; the last frame. */
    EXIT(9);

    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
