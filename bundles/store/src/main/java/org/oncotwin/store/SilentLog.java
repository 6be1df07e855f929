package org.oncotwin.store;

import org.flywaydb.core.api.logging.Log;

/** Flyway says on the console what it does; what goes wrong it throws, which is all that is wanted here. */
final class SilentLog implements Log {

    @Override
    public void debug(String message) {
        // Not wanted.
    }

    @Override
    public void info(String message) {
        // Not wanted.
    }

    @Override
    public void warn(String message) {
        // Not wanted.
    }

    @Override
    public void error(String message) {
        // Thrown as well.
    }

    @Override
    public void error(String message, Exception exception) {
        // Thrown as well.
    }

    @Override
    public void notice(String message) {
        // Not wanted.
    }
}
