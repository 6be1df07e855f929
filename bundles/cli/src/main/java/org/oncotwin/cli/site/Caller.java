package org.oncotwin.cli.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The person, or script, that gave a command, and what is kept on their side. */
interface Caller {
    /**
     * Asks: the environment variable first, then whoever sits at the terminal.
     *
     * @return empty if the variable is not set and there is no terminal, or nothing was typed
     */
    Optional<String> ask(Question question) throws IOException;

    /** Token of the caller's session at a site. */
    Optional<String> token(Path site) throws IOException;

    /** Keeps a token for later commands. */
    void keep(Path site, String token) throws IOException;

    /** Forgets the token. */
    void forget(Path site) throws IOException;
}
