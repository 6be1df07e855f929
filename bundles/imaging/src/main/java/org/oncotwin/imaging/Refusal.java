package org.oncotwin.imaging;

import org.oncotwin.api.imaging.ImageException;

/** The one form of every refusal: file, header field, value, what is allowed. */
final class Refusal {

    private Refusal() {}

    /** A refusal because of a header field. */
    static ImageException of(String file, String field, Object value, String allowed) {
        return new ImageException(file + ": " + field + " is " + value + ", allowed: " + allowed);
    }

    /** A refusal of the file as a whole. */
    static ImageException of(String file, String reason) {
        return new ImageException(file + ": " + reason);
    }
}
