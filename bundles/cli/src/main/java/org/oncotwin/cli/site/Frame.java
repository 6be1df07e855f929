package org.oncotwin.cli.site;

import java.util.Arrays;

/**
 * A message between a client and the process that holds the site.
 *
 * @param type what it is for
 * @param payload its content
 */
record Frame(FrameType type, byte[] payload) {
    Frame {
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame && type == frame.type && Arrays.equals(payload, frame.payload);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(payload);
    }

    /** Without the payload, which may be a secret. */
    @Override
    public String toString() {
        return type + " of " + payload.length + " bytes";
    }
}
