package org.oncotwin.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Flyway says on the console what it does; what goes wrong it throws, which is all that is wanted here. */
public final class SilentLog implements Log, LogCreator {

    /** Called by Flyway, which is told the name of this class. */
    public SilentLog() {
        // Nothing to keep.
    }

    @Override
    public Log createLogger(Class<?> type) {
        return this;
    }

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
