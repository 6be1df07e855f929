package org.oncotwin.cli.site;

/**
 * Something that a command must be told by the person and that must not stand in the command line.
 *
 * @param words what is asked, such as {@code Password of anna}
 * @param variable environment variable that answers it for scripts; begins with {@value #PREFIX}
 * @param secret true if the answer must not be seen while it is typed
 */
record Question(String words, String variable, boolean secret) {
    /** What every variable begins with: nobody can ask for others. */
    static final String PREFIX = "ONCOTWIN_";

    Question {
        if (!variable.startsWith(PREFIX)) {
            throw new IllegalArgumentException("variable '" + variable + "' does not begin with " + PREFIX);
        }
    }
}
