package org.oncotwin.tests.change.control;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;

/** A database that is as good as gone after some transaction: whatever comes then fails, in all threads, so that the site stays as it was at that instant. */
final class CrashingDatabase implements Database {

    /** Stands for the end of the process. */
    static final class CrashError extends Error {

        private static final long serialVersionUID = 1L;

        CrashError() {
            super("the process is gone");
        }
    }

    private final Database database;

    /** Whether the transaction of this thread has written; none outside a transaction. */
    private final ThreadLocal<AtomicBoolean> writes = new ThreadLocal<>();

    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicInteger kept = new AtomicInteger();
    private volatile Thread watched;
    private volatile int after = Integer.MAX_VALUE;

    CrashingDatabase(Database database) {
        this.database = database;
    }

    /** As {@link #crashAfter(int)}, but counts the transactions of the threads of studies. */
    void crashAfterOfStudies(int transactions) {
        watched = null;
        kept.set(0);
        after = transactions;
    }

    /** From now on counts the transactions of this thread that change something, and is gone after so many; after 0 is before the first. */
    void crashAfter(int transactions) {
        watched = Thread.currentThread();
        kept.set(0);
        after = transactions;
    }

    /** Number of transactions that changed something since. */
    int kept() {
        return kept.get();
    }

    boolean isGone() {
        return gone.get();
    }

    @Override
    public <T> T transact(Work<T> work) {
        if (gone.get()) {
            throw new CrashError();
        }
        if (writes.get() != null) {
            return database.transact(connection -> work.on(watching(connection, writes.get())));
        }
        AtomicBoolean wrote = new AtomicBoolean();
        writes.set(wrote);
        try {
            T result = database.transact(connection -> {
                T done = work.on(watching(connection, wrote));
                if (counts(wrote) && kept.get() >= after) {
                    // Nothing of this one is kept.
                    gone.set(true);
                    throw new CrashError();
                }
                return done;
            });
            if (counts(wrote) && kept.incrementAndGet() >= after && after > 0) {
                gone.set(true);
                throw new CrashError();
            }
            return result;
        } finally {
            writes.remove();
        }
    }

    private boolean counts(AtomicBoolean wrote) {
        Thread thread = Thread.currentThread();
        return wrote.get() && (watched == null ? thread.getName().startsWith("oncotwin-study-") : thread == watched);
    }

    private static Connection watching(Connection connection, AtomicBoolean wrote) {
        return (Connection) Proxy.newProxyInstance(
                CrashingDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && !((String) arguments[0])
                                    .strip()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith("select")) {
                        wrote.set(true);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public void afterCommit(Runnable action) {
        database.afterCommit(action);
    }

    @Override
    public void migrate(String module, List<Migration> migrations) {
        database.migrate(module, migrations);
    }
}
