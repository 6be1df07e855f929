package org.oncotwin.api.imaging;

import java.io.IOException;

/** An image file that cannot be used. The message names the file (without its folder), the header field, the value and what is allowed. */
public class ImageException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ImageException(String message) {
        super(message);
    }

    /** With a message for people and the cause. */
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
