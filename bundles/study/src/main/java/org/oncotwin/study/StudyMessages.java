package org.oncotwin.study;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a study keeps in words of that which went wrong. */
final class StudyMessages {

    /** Characters of a message that are kept: the column has 2000, also where a character beyond U+FFFF counts for two and words come before it. */
    private static final int LONGEST = 900;

    private final Path site;

    StudyMessages(Path site) {
        this.site = site;
    }

    /** Messages of the file system are paths, which nobody needs to know. */
    String of(Throwable failed) {
        if (failed instanceof UncheckedIOException wrapped) {
            return of(wrapped.getCause());
        }
        if (failed instanceof FileSystemException files) {
            return "a file of the study cannot be read or written"
                    + (files.getReason() == null ? "" : ": " + files.getReason());
        }
        String message = failed.getMessage();
        return message == null
                ? failed.getClass().getSimpleName()
                : keepable(message.replace(site.toString(), "the site"));
    }

    /** Messages of plugins may be anything: without what neither the database nor the audit trail takes, and not longer than a study can keep. */
    static String keepable(String message) {
        StringBuilder kept = new StringBuilder();
        message.codePoints()
                .limit(LONGEST)
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\ufffd' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
