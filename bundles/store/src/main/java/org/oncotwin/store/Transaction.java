package org.oncotwin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.oncotwin.api.store.Database.Work;
import org.oncotwin.api.store.StoreException;

/** A transaction that is going on: whether a part of it failed, and what is to be done when it is kept. */
final class Transaction {

    private final List<Runnable> actions = new ArrayList<>();
    private Throwable failure;

    <T> T part(Work<T> work, Connection connection) {
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } catch (SQLException unusable) {
            failure = unusable;
            throw SqlDatabase.failed("refused a statement", unusable);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
            throw thrown;
        } finally {
            // Also for what can be thrown without being declared.
            if (!done && failure == null) {
                failure = new IllegalStateException("a part of the transaction did not end");
            }
        }
    }

    void requireWhole() {
        if (failure != null) {
            throw new StoreException(
                    "a part of the transaction failed, so nothing of it is kept: " + failure.getMessage(), failure);
        }
    }

    void afterCommit(Runnable action) {
        actions.add(action);
    }

    void afterwards() {
        RuntimeException first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException thrown) {
                if (first == null) {
                    first = thrown;
                } else {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first != null) {
            throw new StoreException(
                    "the transaction is kept, but what was to follow it failed: " + first.getMessage(), first);
        }
    }
}
